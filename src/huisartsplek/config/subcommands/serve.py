# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek serve`: the web application under gunicorn."""

import argparse
import os
import sys

from huisartsplek.config.supervisor import Child, supervise
from huisartsplek.config.surroundings import (
    as_application,
    database_addresses,
    read_environment,
    told_faults,
)


def web_command(bind: str, port: int, processes: int, threads: int) -> list[str]:
    """Give the command line of the web server."""
    host = f"[{bind}]" if ":" in bind else bind
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--config=python:huisartsplek.config.webserver",
        f"--bind={host}:{port}",
        f"--workers={processes}",
        f"--threads={threads}",
        "huisartsplek.config.wsgi:application",
    ]


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    command = web_command(arguments.bind, arguments.port, arguments.processes, arguments.threads)
    with told_faults():
        variables = read_environment()
        with database_addresses(variables) as addresses:
            environment = as_application(addresses)
            if variables.database_url is not None:
                # Nothing of ours is left to look after: the web server takes this process over.
                os.execve(command[0], command, environment)
            return supervise([Child("web application", command, environment)])
