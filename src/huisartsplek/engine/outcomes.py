# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""From who gets which wish to what the files say: outcomes, reasons, cut-offs and the report."""

from collections import Counter

import numpy as np

from huisartsplek.engine.compiled import Flags, Longs
from huisartsplek.engine.exchanges import Cut, Movers
from huisartsplek.engine.mechanisms.holdings import free_places
from huisartsplek.engine.problem import Problem
from huisartsplek.engine.results import (
    CutoffTable,
    ExchangeTable,
    MoveTable,
    OneNo,
    OutcomeTable,
    Report,
)
from huisartsplek.engine.tables import Tables

OUTCOMES = ("moved", "stays", "waits")


def check_feasible(problem: Problem, given: Longs, queue: Longs, *, keeps_floor: bool) -> None:
    """Refuse a result that breaks room or the floor: a mistake of ours, never of the input."""
    if np.any(free_places(problem, given) < 0) or np.any(free_places(problem, queue) < 0):
        raise AssertionError("a practice takes more people than it has places")
    if keeps_floor and np.any(given > queue):
        raise AssertionError("a request ends below what the waiting list alone gives it")


def _got(problem: Problem, given: Longs) -> Flags:
    got: Flags = given < problem.wish_start[1:]
    return got


def _ranks(problem: Problem, tables: Tables, given: Longs) -> list[int | None]:
    rank = tables.wishes.rank
    rows = np.full(len(given), -1, np.int64)
    got = _got(problem, given)
    rows[got] = problem.wish_row[given[got]]
    return [rank[row] if row >= 0 else None for row in rows.tolist()]


def _practice_after(problem: Problem, given: Longs) -> Longs:
    """The practice of all members after the round; -1 where there is none or they differ."""
    after: Longs = problem.member_practice[problem.member_start[:-1]].astype(np.int64)
    differs = problem.member_practice != after[problem.member_request]
    after[problem.member_request[differs]] = -1
    got = _got(problem, given)
    after[got] = problem.wish_practice[given[got]]
    return after


def outcome_codes(problem: Problem, given: Longs) -> Longs:
    """0 moved, 1 stays, 2 waits."""
    without = np.zeros(len(given), np.bool_)
    without[problem.member_request[problem.member_practice < 0]] = True
    return np.where(_got(problem, given), 0, np.where(without, 2, 1)).astype(np.int64)


def outcome_table(problem: Problem, tables: Tables, given: Longs, queue: Longs) -> OutcomeTable:
    """One row a request, in queue order."""
    names = [*problem.practices, ""]
    return OutcomeTable(
        problem.requests,
        [OUTCOMES[code] for code in outcome_codes(problem, given).tolist()],
        [names[practice] for practice in _practice_after(problem, given).tolist()],
        _ranks(problem, tables, given),
        _ranks(problem, tables, queue),
        _reasons(problem, given, queue),
    )


def _some_wish(problem: Problem, holds: Flags) -> Flags:
    """Per request whether this holds for one of its wishes."""
    some = np.zeros(len(problem.requests), np.bool_)
    some[problem.wish_request[holds]] = True
    return some


def _reasons(problem: Problem, given: Longs, queue: Longs) -> list[str]:
    """The first reason that holds, from the files alone."""
    requests = len(given)
    practices = len(problem.practices)
    wished = problem.wish_practice
    free = free_places(problem, given)
    got = np.flatnonzero(_got(problem, given))
    beside = got[given[got] != queue[got]]
    passed_by = np.full(practices, -1, np.int64)
    np.maximum.at(passed_by, wished[given[beside]], beside)
    freeable = np.bincount(problem.unit_practice, weights=problem.unit_count, minlength=practices)
    units = np.zeros(requests, np.int64)
    np.add.at(units, np.repeat(np.arange(requests), np.diff(problem.unit_start)), problem.unit_count)
    # The only place to take is their own only member's: nobody else could be the taker.
    alone = np.zeros(requests, np.int64) - 1
    one = np.flatnonzero(units == 1)
    alone[one] = problem.unit_practice[problem.unit_start[one]]
    swappable = (freeable[wished] >= 2) | ((freeable[wished] == 1) & (alone[problem.wish_request] != wished))
    texts = ("moved", "no-wish", "household-does-not-fit", "passed-in-swap", "full-swap-needs-taker", "full")
    conditions = [
        _got(problem, given),
        np.diff(problem.wish_start) == 0,
        _some_wish(problem, free[wished] > 0),
        _some_wish(problem, passed_by[wished] > problem.wish_request),
        (units > 0) & _some_wish(problem, swappable),
    ]
    codes = np.select(conditions, list(range(5)), 5)
    return [texts[code] for code in codes.tolist()]


def cutoff_table(problem: Problem, queue: Longs) -> CutoffTable:
    """How full the waiting list alone leaves each practice, and who was the last newcomer it let in."""
    got = np.flatnonzero(_got(problem, queue))
    last = np.full(len(problem.practices), -1, np.int64)
    np.maximum.at(last, problem.wish_practice[queue[got]], got)
    open_ = (free_places(problem, queue) > 0).tolist()
    states = ["open" if has else "own" if at < 0 else "full" for has, at in zip(open_, last.tolist(), strict=True)]
    positions = [at + 1 if state == "full" else None for state, at in zip(states, last.tolist(), strict=True)]
    return CutoffTable(problem.practices, states, positions)


def move_table(problem: Problem, tables: Tables, given: Longs, movers: Movers, cut: Cut) -> MoveTable:
    """One row for each person whose practice changes."""
    persons = [problem.persons[member] for member in movers.member.tolist()]
    names = [*problem.practices, ""]
    rank = tables.wishes.rank
    return MoveTable(
        persons,
        [problem.requests[request] for request in movers.request.tolist()],
        [names[practice] for practice in problem.member_practice[movers.member].tolist()],
        [names[practice] for practice in movers.to.tolist()],
        [rank[row] for row in problem.wish_row[given[movers.request]].tolist()],
        cut.exchange.tolist(),
        [persons[source] if source >= 0 else "" for source in cut.source.tolist()],
    )


def exchange_table(cut: Cut) -> ExchangeTable:
    """One row for each exchange."""
    return ExchangeTable(list(range(1, len(cut.kinds) + 1)), cut.kinds, cut.persons, cut.requests)


def _one_no(falls: Longs) -> OneNo:
    if not len(falls):
        return OneNo(0, 0.0, 0)
    ordered = np.sort(falls)
    nearest = -(-95 * len(falls) // 100) - 1
    return OneNo(int(ordered[-1]), round(int(falls.sum()) / len(falls), 2), int(ordered[nearest]))


def report_of(
    problem: Problem,
    given: Longs,
    outcomes: OutcomeTable,
    cut: Cut,
    *,
    input_sha256: str,
    mechanism: str,
    seed: str,
) -> Report:
    """The round in figures; the bounds are filled in where they are asked for."""
    codes = outcome_codes(problem, given)
    persons = np.bincount(codes, weights=np.diff(problem.member_start), minlength=3).astype(np.int64).tolist()
    requests = np.bincount(codes, minlength=3).tolist()
    return Report(
        bound=None,
        bound_without_floor=None,
        exchanges_by_size=dict(Counter(cut.persons)),
        input_sha256=input_sha256,
        mechanism=mechanism,
        one_no_takes_out=_one_no(cut.falls),
        persons_by_outcome=dict(zip(OUTCOMES, persons, strict=True)),
        placed=persons[0],
        replayable=True,
        requests_by_outcome=dict(zip(OUTCOMES, requests, strict=True)),
        requests_by_rank=dict(Counter(rank for rank in outcomes.rank if rank is not None)),
        seed=seed,
    )
