# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Max-moves with households, who move whole or not at all: an integer programme, solved by HiGHS.

A column per wish down to the floor: whether the request gets it. A row per request: one wish at most, exactly one
where the waiting list gives it one. A row per practice: the places that wishes take there, less the units of
members who leave, are at most its places. All positions together never outweigh one person.

First the programme in which requests may be split between wishes: its value is a bound, and nearly all households
come out whole. These are kept, and the few others and all one-person requests are decided again, now whole. Only
where that does not reach the bound, and the round is small, is the programme searched from scratch.

HiGHS is the optional dependency `huisartsplek[optimum]`; nothing else in the engine needs it.
"""

import importlib
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from huisartsplek.engine.compiled import Ints, Longs
from huisartsplek.engine.mechanisms.holdings import free_places
from huisartsplek.engine.problem import Problem

SOLVER = "highspy"
EXTRA = "huisartsplek[optimum]"
SEED = 20261123
WHOLE = 1e-6  # a share of a wish this near to 0 or 1 is that


class SolverMissingError(Exception):
    """The optional solver is needed and not installed."""


@dataclass(frozen=True)
class Effort:
    """How long to search: in steps of the solver, which are the same anywhere; seconds only where asked for."""

    nodes: int = 200
    iterations: int = 200_000
    columns: int = 60_000  # of a programme that is begun: the first step of a larger one alone takes minutes
    columns_from_scratch: int = 15_000
    seconds: float | None = None  # of each of the three searches


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


def _silently(highs: Any) -> None:
    """Silence a solver while it is made: setting up its callbacks it would introduce itself on standard output."""
    highs.setOptionValue("output_flag", False)
    super(type(highs), highs).enableCallbacks()


def _solver(effort: Effort) -> Any:
    """A HiGHS that says nothing, uses one thread and draws the same lots each time."""
    try:
        module = importlib.import_module(SOLVER)
    except ImportError as missing:
        raise SolverMissingError from missing
    highs = type("Silent", (module.Highs,), {"enableCallbacks": _silently})()
    options = {
        "output_flag": False,
        "log_to_console": False,
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


class Search:
    """The searches for one round: each begins from the best result so far and keeps it where it finds no better."""

    def __init__(self, problem: Problem, made: Programme, given: Longs, effort: Effort) -> None:
        self._problem, self._made, self._effort = problem, made, effort
        self._worth = weights(problem)
        self._owner = problem.wish_request[made.wish]
        self.given = given
        self.bound = np.inf
        self.clocked = False

    @property
    def is_optimal(self) -> bool:
        """Whether the result reaches the bound: both stand for whole numbers, so less than 1 apart is equal."""
        return total_weight(self._problem, self._worth, self.given) > self.bound - 0.999

    def split(self) -> npt.NDArray[np.float64] | None:
        """Solve with requests that may be split; None where that does not end within the effort."""
        highs, status = self._run(whole=False)
        if not status:
            return None
        self.bound = min(self.bound, highs.getInfo().objective_function_value)
        return np.asarray(highs.getSolution().col_value)

    def around(self, share: npt.NDArray[np.float64]) -> None:
        """Keep the households that are whole in these shares, and decide the others and one-person requests."""
        problem, owner = self._problem, self._owner
        again = np.diff(problem.member_start) == 1
        again[owner[(share > WHOLE) & (share < 1 - WHOLE)]] = True
        kept = ~again[owner]
        lower = np.where(kept & (share >= 1 - WHOLE), 1.0, 0.0)
        upper = np.where(kept & (share <= WHOLE), 0.0, 1.0)
        self._run(whole=True, limits=(lower, upper))

    def from_scratch(self) -> None:
        """Decide everybody, from the best result so far."""
        highs, optimal = self._run(whole=True)
        if optimal:
            self.bound = min(self.bound, highs.getInfo().mip_dual_bound)

    def _run(
        self, *, whole: bool, limits: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]] | None = None
    ) -> tuple[Any, bool]:
        module = importlib.import_module(SOLVER)
        made = self._made
        highs = _solver(self._effort)
        _load(highs, made, self._worth[made.wish].astype(np.float64), whole=whole)
        if limits is not None:
            highs.changeColsBounds(len(made.wish), np.arange(len(made.wish), dtype=np.int32), *limits)
        elif whole:
            start = module.HighsSolution()
            start.col_value = (self.given[self._owner] == made.wish).astype(np.float64)
            highs.setSolution(start)
        highs.run()
        status = highs.getModelStatus()
        self.clocked |= status == module.HighsModelStatus.kTimeLimit
        if whole:
            self._keep_better(np.asarray(highs.getSolution().col_value))
        return highs, status == module.HighsModelStatus.kOptimal

    def _keep_better(self, values: npt.NDArray[np.float64]) -> None:
        problem, made = self._problem, self._made
        if len(values) != len(made.wish):
            return
        taken = made.wish[values > 0.5]
        found = problem.wish_start[1:].copy()
        found[problem.wish_request[taken]] = taken
        if np.any(free_places(problem, found) < 0):
            return
        if total_weight(problem, self._worth, found) > total_weight(problem, self._worth, self.given):
            self.given = found


def improve(problem: Problem, floor: Longs, given: Longs, effort: Effort) -> Found:
    """The best result found from `given` on, above the floor; `given` itself when none better is found."""
    _solver(effort)
    made = programme(problem, floor)
    if len(made.wish) > effort.columns:
        return Found(given, "too large for the solver", replayable=True)
    search = Search(problem, made, given, effort)
    share = search.split() if len(made.wish) else np.zeros(0)
    if share is not None and len(made.wish):
        search.around(share)
    if not search.is_optimal and 0 < len(made.wish) <= effort.columns_from_scratch:
        search.from_scratch()
    optimal = search.is_optimal or not len(made.wish)
    stopped = "optimal" if optimal else "stopped by the clock" if search.clocked else "stopped after the set effort"
    return Found(search.given, stopped, replayable=not search.clocked)


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
