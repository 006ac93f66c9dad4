# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ways to decide a round. Each turns a problem, and what its waiting list gives, into a wish per request."""

from collections.abc import Callable

from huisartsplek.engine.compiled import Longs
from huisartsplek.engine.mechanisms.holdings import free_places
from huisartsplek.engine.mechanisms.max_moves import max_moves
from huisartsplek.engine.mechanisms.trading import trade, trading_cycles
from huisartsplek.engine.mechanisms.waiting_list import waiting_list
from huisartsplek.engine.problem import Problem

__all__ = ["MECHANISMS", "free_places", "waiting_list"]

MECHANISMS: dict[str, Callable[[Problem, Longs], Longs]] = {
    "waiting-list": lambda _, queue: queue,
    "trading-cycles": lambda problem, _: trading_cycles(problem),
    "queue-then-swaps": trade,
    "max-moves": lambda problem, queue: max_moves(problem, queue).given,
}
