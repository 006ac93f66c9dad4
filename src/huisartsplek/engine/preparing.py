# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compile all that rounds are computed with, once, by computing small rounds of every kind.

What is compiled is kept on disk (`compiled.py`), so that the first real round after this is as quick as any later
one. A kernel is compiled for the types it is called with; a test computes larger rounds after this, and sees that
nothing more is compiled.
"""

import tempfile
from contextlib import suppress
from itertools import product
from pathlib import Path

from huisartsplek.engine.files import render_input, write_output
from huisartsplek.engine.mechanisms import MECHANISMS
from huisartsplek.engine.mechanisms.whole_households import SolverMissingError
from huisartsplek.engine.public import Problem, explain_all, read, recut, solve, verify
from huisartsplek.engine.regions import run_by_region
from huisartsplek.engine.settle import read_computed, settle_round
from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, ReserveTable, Tables, WishTable
from huisartsplek.engine.verify.regions import verify_by_region

SEED = "preparing"
PRACTICES = 8
SINCE = "2026-03-02T09:00:00.000000Z"


def _small_round(mark: str, *, households: bool) -> Tables:
    """Some hundred requests in which everything happens: free places, swaps, chains and, if asked, households.

    A `mark` that needs quotes makes the files such that the careful reader and writer are needed.
    """
    names = [f"p{mark}{number}" for number in range(PRACTICES)]
    requests = [f"r{mark}{number:03}" for number in range(16 * PRACTICES)]
    people, wishes = [], []
    for number, request in enumerate(requests):
        home, size = number % PRACTICES, 1 + (number % 5 == 4) * (number % 3) if households else 1
        people += [(f"{request}-{one}", request, names[home] if number % 6 else "") for one in range(size)]
        steps = enumerate((1 + number // PRACTICES % 5, 7, 6), 1)
        wishes += [(request, rank, names[(number + step) % PRACTICES]) for rank, step in steps]
    return Tables(
        PracticeTable(names, [0, 4] * (PRACTICES // 2), [True] * PRACTICES, ["west"] * 4 + ["oost"] * 4),
        RequestTable(requests, [number % 3 for number in range(len(requests))], [SINCE] * len(requests)),
        MemberTable(
            [person for person, _, _ in people],
            [request for _, request, _ in people],
            [practice for _, _, practice in people],
            [True] * len(people),
        ),
        WishTable(
            [request for request, _, _ in wishes], [rank for _, rank, _ in wishes], [name for _, _, name in wishes]
        ),
    )


def _decide(tables: Tables, folder: Path) -> None:
    """Everything that can be done with a round, from files to files."""
    write_output(render_input(tables), folder)
    tables = read(folder)
    problem = Problem.of(tables, seed=SEED)
    for mechanism in MECHANISMS:
        with suppress(SolverMissingError):
            result = solve(problem, mechanism=mechanism, bound=True)
            verify(problem, recut(problem, result))
            explain_all(problem, result)
            computed = read_computed(result.files())
            settle_round(tables, computed, {name: len(name) % 2 == 0 for name in computed.offered})
    reserves = ReserveTable([tables.practices.practice[1]], [0], [1])
    with_reserves = Problem.of(tables, seed=SEED, reserves=reserves)
    verify(with_reserves, solve(with_reserves))
    verify_by_region(tables, run_by_region(tables, seed=SEED).files(), SEED)


def prepare() -> None:
    """Compile and keep all kernels; about a minute the first time, two seconds when all is there."""
    with tempfile.TemporaryDirectory() as folder:
        for households, mark in product((False, True), ("", ', "')):
            _decide(_small_round(mark, households=households), Path(folder) / f"{len(mark)}{households}")
