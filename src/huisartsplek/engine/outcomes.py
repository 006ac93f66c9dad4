# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""From who gets which wish to what the files say: outcomes, reasons, cut-offs and the report."""

import numpy as np

from huisartsplek.engine.columns import Column, TextColumn, column_of, counts_of, text_column_of
from huisartsplek.engine.compiled import Flags, Ints, Longs
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
REASONS = ("moved", "no-wish", "household-does-not-fit", "passed-in-swap", "full-swap-needs-taker", "full")


def check_feasible(problem: Problem, given: Longs, queue: Longs, *, keeps_floor: bool) -> None:
    """Refuse a result that breaks room or the floor: a mistake of ours, never of the input."""
    if np.any(free_places(problem, given) < 0) or np.any(free_places(problem, queue) < 0):
        raise AssertionError("a practice takes more people than it has places")
    if keeps_floor and np.any(given > queue):
        raise AssertionError("a request ends below what the waiting list alone gives it")


def _got(problem: Problem, given: Longs) -> Flags:
    got: Flags = given < problem.wish_start[1:]
    return got


def _ranks(problem: Problem, tables: Tables, given: Longs) -> Column[int | None]:
    """The rank of what each gets as it was given in the input; None where it gets nothing."""
    rank = column_of(tables.wishes.rank)
    codes = np.full(len(given), len(rank.values), np.int32)
    got = _got(problem, given)
    codes[got] = rank.codes[problem.wish_row[given[got]]]
    return Column(codes, [*rank.values, None])


def _practices(problem: Problem, at: Longs | Ints) -> TextColumn:
    """Practices by their ids, empty for -1."""
    names = [*problem.practices, ""]
    return TextColumn(np.where(at < 0, len(names) - 1, at).astype(np.int32), names)


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
    return OutcomeTable(
        problem.requests,
        TextColumn(outcome_codes(problem, given).astype(np.int32), OUTCOMES),
        _practices(problem, _practice_after(problem, given)),
        _ranks(problem, tables, given),
        _ranks(problem, tables, queue),
        _reasons(problem, given, queue),
    )


def _some_wish(problem: Problem, holds: Flags) -> Flags:
    """Per request whether this holds for one of its wishes."""
    some = np.zeros(len(problem.requests), np.bool_)
    some[problem.wish_request[holds]] = True
    return some


def _reasons(problem: Problem, given: Longs, queue: Longs) -> TextColumn:
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
    units = np.diff(np.append(0, np.cumsum(problem.unit_count, dtype=np.int64))[problem.unit_start])
    # The only place to take is their own only member's: nobody else could be the taker.
    alone = np.zeros(requests, np.int64) - 1
    one = np.flatnonzero(units == 1)
    alone[one] = problem.unit_practice[problem.unit_start[one]]
    swappable = (freeable[wished] >= 2) | ((freeable[wished] == 1) & (alone[problem.wish_request] != wished))
    conditions = [
        _got(problem, given),
        np.diff(problem.wish_start) == 0,
        _some_wish(problem, free[wished] > 0),
        _some_wish(problem, passed_by[wished] > problem.wish_request),
        (units > 0) & _some_wish(problem, swappable),
    ]
    return TextColumn(np.select(conditions, list(range(5)), 5).astype(np.int32), REASONS)


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
    persons, requests = text_column_of(problem.persons), text_column_of(problem.requests)
    rank = column_of(tables.wishes.rank)
    moving = persons.codes[movers.member]
    nobody = len(persons.texts)
    sources = np.full(len(moving), nobody, np.int32)
    sources[cut.source >= 0] = moving[cut.source[cut.source >= 0]]
    return MoveTable(
        persons.taken(moving),
        requests.taken(requests.codes[movers.request]),
        _practices(problem, problem.member_practice[movers.member]),
        _practices(problem, movers.to),
        rank.taken(rank.codes[problem.wish_row[given[movers.request]]]),
        Column((cut.exchange - 1).astype(np.int32), range(1, len(cut.kinds) + 1)),
        TextColumn(sources, persons.texts.and_none()),
    )


def exchange_table(cut: Cut) -> ExchangeTable:
    """One row for each exchange."""
    numbers = Column(np.arange(len(cut.kinds), dtype=np.int32), range(1, len(cut.kinds) + 1))
    return ExchangeTable(numbers, cut.kinds, cut.persons, cut.requests)


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
        exchanges_by_size=counts_of(cut.persons),
        input_sha256=input_sha256,
        mechanism=mechanism,
        one_no_takes_out=_one_no(cut.falls),
        persons_by_outcome=dict(zip(OUTCOMES, persons, strict=True)),
        placed=persons[0],
        replayable=True,
        requests_by_outcome=dict(zip(OUTCOMES, requests, strict=True)),
        requests_by_rank={rank: count for rank, count in counts_of(outcomes.rank).items() if rank is not None},
        seed=seed,
    )
