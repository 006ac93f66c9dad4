# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""One round from tables to result, in memory."""

from collections.abc import Callable

from huisartsplek.engine.exchanges import cut, movers_of
from huisartsplek.engine.files import input_sha256
from huisartsplek.engine.mechanisms import MECHANISMS, waiting_list
from huisartsplek.engine.outcomes import (
    check_feasible,
    cutoff_table,
    exchange_table,
    move_table,
    outcome_table,
    report_of,
)
from huisartsplek.engine.problem import build_problem
from huisartsplek.engine.results import RoundResult
from huisartsplek.engine.tables import Tables

MECHANISM_NAMES = tuple(MECHANISMS)
DEFAULT_MECHANISM = "queue-then-swaps"


def run_round(
    tables: Tables,
    *,
    seed: str,
    mechanism: str = DEFAULT_MECHANISM,
    progress: Callable[[str], None] | None = None,
) -> RoundResult:
    """Decide a round; the same tables in any order and the same seed give the same result, byte for byte.

    The tables must be sound: every id known, nothing twice, every request with a member. `progress` hears what
    is being done. Raises KeyError for a mechanism that does not exist.
    """
    say = progress or (lambda _: None)
    decide = MECHANISMS[mechanism]
    say("numbering the input")
    problem = build_problem(tables, seed)
    say("the waiting list")
    queue = waiting_list(problem)
    say(mechanism)
    given = decide(problem, queue)
    check_feasible(problem, given, queue, keeps_floor=mechanism != "trading-cycles")
    say("cutting into exchanges")
    bundles = cut(problem, given)
    say("outcomes and reasons")
    outcomes = outcome_table(problem, tables, given, queue)
    return RoundResult(
        moves=move_table(problem, tables, given, movers_of(problem, given), bundles),
        outcomes=outcomes,
        exchanges=exchange_table(bundles),
        cutoffs=cutoff_table(problem, queue),
        report=report_of(
            problem,
            given,
            outcomes,
            bundles,
            input_sha256=input_sha256(tables),
            mechanism=mechanism,
            seed=seed,
        ),
    )
