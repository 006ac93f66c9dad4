# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""One round from tables to result, in memory."""

from collections.abc import Callable
from dataclasses import replace

from huisartsplek.engine.exchanges import cut, movers_of
from huisartsplek.engine.files import input_sha256
from huisartsplek.engine.mechanisms import MECHANISMS, waiting_list
from huisartsplek.engine.mechanisms.max_moves import bounds_of, max_moves
from huisartsplek.engine.mechanisms.reserved import reserved_table, reserved_waiting_list
from huisartsplek.engine.mechanisms.whole_households import Effort
from huisartsplek.engine.outcomes import (
    check_feasible,
    cutoff_table,
    exchange_table,
    move_table,
    outcome_table,
    report_of,
)
from huisartsplek.engine.problem import build_problem
from huisartsplek.engine.reserves import reserves_sha256
from huisartsplek.engine.results import PriceTable, RoundResult
from huisartsplek.engine.tables import ReserveTable, Tables

MECHANISM_NAMES = tuple(MECHANISMS)
DEFAULT_MECHANISM = "queue-then-swaps"
MAX_MOVES = "max-moves"


def run_round(
    tables: Tables,
    *,
    seed: str,
    mechanism: str = DEFAULT_MECHANISM,
    bound: bool = False,
    effort: Effort | None = None,
    reserves: ReserveTable | None = None,
    progress: Callable[[str], None] | None = None,
) -> RoundResult:
    """Decide a round; the same tables in any order and the same seed give the same result, byte for byte.

    The tables must be sound: every id known, nothing twice, every request with a member. `progress` hears what
    is being done. `bound` asks how many persons could be placed at most; `effort` limits the solver, which only
    `max-moves` with households needs. Raises KeyError for a mechanism that does not exist, and
    SolverMissingError where the solver is needed and not installed. `reserves` apply to the waiting list, and so to
    whatever is decided from it: not to `trading-cycles`.
    """
    say = progress or (lambda _: None)
    decide = MECHANISMS[mechanism]
    say("numbering the input")
    problem = build_problem(tables, seed)
    say("the waiting list")
    queue = reserved_waiting_list(problem, tables, reserves) if reserves else waiting_list(problem)
    say(mechanism)
    best = max_moves(problem, queue, effort=effort, say=say) if mechanism == MAX_MOVES else None
    given = best.given if best else decide(problem, queue)
    check_feasible(problem, given, queue, keeps_floor=mechanism != "trading-cycles")
    say("cutting into exchanges")
    bundles = cut(problem, given)
    say("outcomes and reasons")
    outcomes = outcome_table(problem, tables, given, queue)
    report = report_of(
        problem,
        given,
        outcomes,
        bundles,
        input_sha256=input_sha256(tables),
        mechanism=mechanism,
        seed=seed,
    )
    if reserves:
        report = replace(report, reserves_sha256=reserves_sha256(reserves))
    if bound:
        say("how many could be placed at most")
        with_floor, without_floor = bounds_of(problem, queue, best)
        report = replace(report, bound=with_floor, bound_without_floor=without_floor)
    return RoundResult(
        moves=move_table(problem, tables, given, movers_of(problem, given), bundles),
        outcomes=outcomes,
        exchanges=exchange_table(bundles),
        cutoffs=cutoff_table(problem, queue),
        report=replace(report, replayable=best is None or best.replayable),
        prices=PriceTable(problem.practices, best.price.tolist()) if best else None,
        reserved=reserved_table(problem, tables, reserves, queue) if reserves else None,
    )
