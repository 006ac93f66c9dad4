# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who holds which places while a round is being decided.

`given` has for each request the wish it now gets, or the end of its wishes while it stays. Who gets a wish holds
that wish's demand there; who stays holds their units, each where it is.
"""

from typing import NamedTuple

import numpy as np

from huisartsplek.engine.compiled import Flags, Ints, Longs, compiled
from huisartsplek.engine.problem import Problem


class Market(NamedTuple):
    """The arrays of a problem that the kernels read."""

    wish_start: Longs
    wish_practice: Ints
    wish_demand: Ints
    unit_start: Longs
    unit_practice: Ints
    unit_count: Ints


def market_of(problem: Problem) -> Market:
    """What the kernels need of a problem."""
    return Market(
        problem.wish_start,
        problem.wish_practice,
        problem.wish_demand,
        problem.unit_start,
        problem.unit_practice,
        problem.unit_count,
    )


@compiled
def release(market: Market, given: Longs, request: int, free: Longs, touched: Flags) -> None:
    """Free what a request holds, and note at which practices."""
    wish = given[request]
    if wish < market.wish_start[request + 1]:
        practice = market.wish_practice[wish]
        free[practice] += market.wish_demand[wish]
        touched[practice] = True
    else:
        for unit in range(market.unit_start[request], market.unit_start[request + 1]):
            practice = market.unit_practice[unit]
            free[practice] += market.unit_count[unit]
            touched[practice] = True


@compiled
def need(market: Market, given: Longs, request: int, wish: int) -> int:
    """The places a wish takes beyond what the request already holds there."""
    demand: int = market.wish_demand[wish]
    if given[request] == market.wish_start[request + 1]:
        for unit in range(market.unit_start[request], market.unit_start[request + 1]):
            if market.unit_practice[unit] == market.wish_practice[wish]:
                demand -= market.unit_count[unit]
    return demand


def free_places(problem: Problem, given: Longs) -> Longs:
    """Capacity less what is held of it: by who got a wish there, and by members who stay."""
    stays = given == problem.wish_start[1:]
    got = given[~stays]
    held = np.zeros(len(problem.capacity), np.int64)
    np.add.at(held, problem.wish_practice[got], problem.wish_demand[got])
    staying = np.repeat(stays, np.diff(problem.unit_start))
    np.add.at(held, problem.unit_practice[staying], problem.unit_count[staying])
    free: Longs = problem.capacity - held
    return free
