# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek worker`: the process that runs the jobs."""

import argparse
import os

from huisartsplek.config.supervisor import Child, supervise
from huisartsplek.config.surroundings import (
    COMMAND,
    as_application,
    database_addresses,
    read_environment,
    told_faults,
)

POLL_SECONDS = 1
GRACE_SECONDS = 20


def worker_command(concurrency: int) -> list[str]:
    """Give the command line of the worker."""
    return [
        *COMMAND,
        "manage",
        "procrastinate",
        "worker",
        f"--concurrency={concurrency}",
        f"--fetch-job-polling-interval={POLL_SECONDS}",
        f"--shutdown-graceful-timeout={GRACE_SECONDS}",
        "--delete-jobs=successful",
    ]


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop."""
    command = worker_command(arguments.concurrency)
    with told_faults():
        variables = read_environment()
        with database_addresses(variables) as addresses:
            environment = as_application(addresses)
            if variables.database_url is not None:
                os.execve(command[0], command, environment)
            return supervise([Child("worker", command, environment)])
