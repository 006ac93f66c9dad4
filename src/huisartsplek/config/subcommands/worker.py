# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek worker`: the processes that run the jobs, each with queues of its own.

What must not wait never stands behind work that concerns thousands: nothing in one process takes a slot of another.
"""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Line:
    """A process of the worker: its name for people, the queues it takes jobs from, and how many at once at most."""

    name: str
    queues: tuple[str, ...]
    most: int | None = None


LINES = (
    # The log's sealing, and taking up the jobs of the dead: work of a moment.
    Line("worker that seals", ("at_once",), most=2),
    # The steps of rounds and what has a deadline.
    Line("worker for rounds and deadlines", ("default",)),
    # Whatever goes by portions or by the thousand: serving queues, telling, delivering.
    Line("worker for bulk", ("bulk", "notices")),
)


def workers(concurrency: int, environment: Mapping[str, str]) -> list[Child]:
    """Give the processes of the worker, each with at most so many jobs at once."""
    return [
        Child(line.name, _command(line.queues, min(concurrency, line.most or concurrency)), environment)
        for line in LINES
    ]


def _command(queues: tuple[str, ...], concurrency: int) -> list[str]:
    return [
        *COMMAND,
        "manage",
        "procrastinate",
        "worker",
        f"--queues={','.join(queues)}",
        f"--concurrency={concurrency}",
        f"--fetch-job-polling-interval={POLL_SECONDS}",
        f"--shutdown-graceful-timeout={GRACE_SECONDS}",
        "--delete-jobs=successful",
    ]


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop."""
    with told_faults():
        variables = read_environment()
        with database_addresses(variables) as addresses:
            return supervise(workers(arguments.concurrency, as_application(addresses)))
