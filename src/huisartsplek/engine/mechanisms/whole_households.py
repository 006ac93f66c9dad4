# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Max-moves with households, who move whole or not at all: an integer programme, solved by HiGHS.

A column per wish down to the floor: whether the request gets it. A row per request: one wish at most, exactly one
where the waiting list gives it one. A row per practice: the places that wishes take there, less the units of
members who leave, are at most its places. Placing everybody in lists that long gives weights for which the sum of
positions never outweighs a person.

HiGHS is the optional dependency `huisartsplek[optimum]`; nothing else in the engine needs it.
"""

import importlib
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from huisartsplek.engine.compiled import Ints, Longs
from huisartsplek.engine.problem import Problem

SOLVER = "highspy"
EXTRA = "huisartsplek[optimum]"
SEED = 20261123


class SolverMissingError(Exception):
    """The optional solver is needed and not installed."""


@dataclass(frozen=True)
class Effort:
    """How long to search: in steps of the solver, which are the same anywhere; seconds only where asked for."""

    nodes: int = 200
    iterations: int = 200_000
    columns: int = 60_000  # a larger programme is not begun: its first step alone would take minutes
    seconds: float | None = None


class Found(NamedTuple):
    """A wish per request, why the search ended, and whether it would end there again."""

    given: Longs
    stopped: str
    replayable: bool


class Programme(NamedTuple):
    """The columns (a wish each) and the matrix of the rows: requests first, then practices."""

    wish: Longs
    start: Longs
    row: Ints
    amount: npt.NDArray[np.float64]
    lower: npt.NDArray[np.float64]
    upper: npt.NDArray[np.float64]


def _solver(effort: Effort) -> Any:
    """A HiGHS that says nothing, uses one thread and draws the same lots each time."""
    try:
        highs = importlib.import_module(SOLVER).Highs()
    except ImportError as missing:
        raise SolverMissingError from missing
    options = {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": SEED,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.999,
        "mip_max_nodes": effort.nodes,
        "simplex_iteration_limit": effort.iterations,
    }
    if effort.seconds is not None:
        options["time_limit"] = effort.seconds
    for name, value in options.items():
        highs.setOptionValue(name, value)
    return highs


def programme(problem: Problem, floor: Longs) -> Programme:
    """The columns and rows of the integer programme. O((W + units of their requests) log)."""
    requests, practices = len(problem.requests), len(problem.practices)
    wish = np.flatnonzero(np.arange(len(problem.wish_request)) <= floor[problem.wish_request])
    owner = problem.wish_request[wish].astype(np.int64)
    column = np.arange(len(wish))
    units = np.diff(problem.unit_start)[owner]
    leaving = np.repeat(column, units)
    unit = np.arange(len(leaving)) - np.repeat(np.cumsum(units) - units, units)
    unit = problem.unit_start[:-1][owner[leaving]] + unit
    columns = np.concatenate((column, column, leaving))
    rows = np.concatenate((owner, requests + problem.wish_practice[wish], requests + problem.unit_practice[unit]))
    amount = np.concatenate((np.ones(len(wish)), problem.wish_demand[wish], -problem.unit_count[unit]))
    # A wish for a practice where the request has units itself takes only the rest of its places there.
    entry, at = np.unique(columns * (requests + practices) + rows, return_inverse=True)
    total = np.bincount(at, weights=amount, minlength=len(entry)).astype(np.float64)
    start = np.searchsorted(entry, np.arange(len(wish) + 1) * (requests + practices))
    least = (floor < problem.wish_start[1:]).astype(np.float64)
    room = problem.capacity - np.bincount(problem.unit_practice, weights=problem.unit_count, minlength=practices)
    return Programme(
        wish,
        start.astype(np.int64),
        (entry % (requests + practices)).astype(np.int32),
        total,
        np.concatenate((least, np.full(practices, -np.inf))),
        np.concatenate((np.ones(requests), room)),
    )


def weights(problem: Problem) -> Longs:
    """The weight of each wish: by person, so much that no sum of positions outweighs one."""
    size = np.diff(problem.member_start)
    lengths = np.diff(problem.wish_start)
    big = 1 + int((size * lengths).sum())
    position = np.arange(problem.wish_start[-1]) - problem.wish_start[:-1][problem.wish_request] + 1
    weight: Longs = size[problem.wish_request] * (big - position)
    return weight


def _load(highs: Any, made: Programme, worth: npt.NDArray[np.float64], *, whole: bool) -> None:
    module = importlib.import_module(SOLVER)
    lp = module.HighsLp()
    lp.num_col_, lp.num_row_ = len(made.wish), len(made.lower)
    lp.sense_ = module.ObjSense.kMaximize
    lp.col_cost_ = worth
    lp.col_lower_, lp.col_upper_ = np.zeros(len(made.wish)), np.ones(len(made.wish))
    lp.row_lower_, lp.row_upper_ = made.lower, made.upper
    lp.a_matrix_.format_ = module.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = made.start, made.row, made.amount
    if whole:
        lp.integrality_ = [module.HighsVarType.kInteger] * len(made.wish)
    highs.passModel(lp)


def improve(problem: Problem, floor: Longs, given: Longs, effort: Effort) -> Found:
    """The best result found from `given` on, above the floor; `given` itself when none better is found."""
    highs = _solver(effort)
    made = programme(problem, floor)
    if len(made.wish) > effort.columns:
        return Found(given, "too large for the solver", replayable=True)
    if not len(made.wish):
        return Found(given, "optimal", replayable=True)
    module = importlib.import_module(SOLVER)
    worth = weights(problem)
    _load(highs, made, worth[made.wish].astype(np.float64), whole=True)
    solution = module.HighsSolution()
    solution.col_value = (given[problem.wish_request[made.wish]] == made.wish).astype(np.float64)
    highs.setSolution(solution)
    highs.run()
    status = highs.getModelStatus()
    optimal = status == module.HighsModelStatus.kOptimal
    clock = status == module.HighsModelStatus.kTimeLimit
    stopped = "optimal" if optimal else "stopped by the clock" if clock else "stopped after the set effort"
    values = np.asarray(highs.getSolution().col_value)
    if len(values) == len(made.wish):
        taken = made.wish[values > 0.5]
        better = problem.wish_start[1:].copy()
        better[problem.wish_request[taken]] = taken
        if total_weight(problem, worth, better) > total_weight(problem, worth, given):
            given = better
    return Found(given, stopped, replayable=not clock)


def total_weight(problem: Problem, worth: Longs, given: Longs) -> int:
    """What a result is worth at these weights."""
    got = given[given < problem.wish_start[1:]]
    return int(worth[got].sum())


def better_prices(problem: Problem, floor: Longs, effort: Effort, per_person: int) -> Longs | None:
    """Prices from the programme in which requests may be split between wishes; None where it is not solved."""
    made = programme(problem, floor)
    if not len(made.wish) or len(made.wish) > effort.columns:
        return None
    # Prices that a clock decided would differ from run to run: here only steps count.
    highs = _solver(Effort(iterations=effort.iterations))
    size = np.diff(problem.member_start)[problem.wish_request[made.wish]]
    _load(highs, made, size.astype(np.float64), whole=False)
    highs.run()
    dual = np.asarray(highs.getSolution().row_dual)
    if len(dual) != len(made.lower):
        return None
    price: Longs = np.rint(np.maximum(dual[len(problem.requests) :], 0) * per_person).astype(np.int64)
    return price
