# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek demo`: database, demo world, web application and worker in one, stopped by one Ctrl-C."""

import argparse
import http.client
import os
from collections.abc import Callable

from huisartsplek.config.choices import Environment
from huisartsplek.config.database.cluster import is_free
from huisartsplek.config.subcommands.serve import web_command
from huisartsplek.config.subcommands.worker import workers
from huisartsplek.config.supervisor import Child, run_to_end, supervise
from huisartsplek.config.surroundings import (
    COMMAND,
    as_application,
    as_owner,
    database_addresses,
    read_environment,
    tell,
    told_faults,
)

ADDRESS = "127.0.0.1"


def run(arguments: argparse.Namespace) -> int:
    """Run the demo until told to stop."""
    os.environ.setdefault("HP_ENV", Environment.DEMO)
    os.environ.setdefault("HP_DEMO", "yes")
    os.environ.setdefault("HP_ORIGIN", f"http://localhost:{arguments.port}")
    os.environ.setdefault("HP_LOG_LEVEL", "WARNING")
    with told_faults():
        variables = read_environment()
        if variables.environment is Environment.PRODUCTION:
            tell("HP_ENV is production; the demo lets anyone log in as anyone and does not start there.")
            return 1
        if not is_free(arguments.port):
            tell(
                f"Port {arguments.port} is taken, perhaps by a demo that runs already."
                " Choose another: make demo PORT=8001"
            )
            return 1
        tell("Starting the database")
        with database_addresses(variables) as addresses:
            prepared = run_to_end(Child("preparation", [*COMMAND, "manage", "prepare_demo"], as_owner(addresses)))
            if prepared != 0:
                return prepared
            tell("Starting the web application and the worker")
            application = as_application(addresses)
            return supervise(
                [
                    Child("web application", web_command(ADDRESS, arguments.port, 1, 6), application),
                    *workers(2, application),
                ],
                once_up=_teller(arguments.port, variables.origin),
            )


def _teller(port: int, origin: str) -> Callable[[], bool]:
    def is_ready() -> bool:
        connection = http.client.HTTPConnection(ADDRESS, port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status != 200:
                return False
        except OSError:
            return False
        finally:
            connection.close()
        tell(f"Ready: {origin}   (Ctrl-C stops everything)")
        return True

    return is_ready
