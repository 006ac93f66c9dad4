# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Free places offered in queue order, until none is left that a request prefers and fits in.

Only rounds with households need it: a household that does not fit leaves places that others were refused.
Every step improves a request, so it ends; each look at a practice goes once through its wishers.
"""

import numpy as np

from huisartsplek.engine.compiled import Ints, Longs, compiled
from huisartsplek.engine.mechanisms.holdings import Market, market_of, need, release
from huisartsplek.engine.problem import Problem


@compiled
def _fill(
    market: Market, given: Longs, free: Longs, wish_request: Ints, wisher_start: Longs, wishers: Longs
) -> int:
    improved = 0
    touched = free > 0
    while np.any(touched):
        for practice in range(len(free)):
            if not touched[practice]:
                continue
            touched[practice] = False
            for at in range(wisher_start[practice], wisher_start[practice + 1]):
                wish = wishers[at]
                request = wish_request[wish]
                if wish < given[request] and need(market, given, request, wish) <= free[practice]:
                    release(market, given, request, free, touched)
                    given[request] = wish
                    free[practice] -= market.wish_demand[wish]
                    improved += 1
                    if free[practice] <= 0:
                        break
    return improved


def fill(problem: Problem, given: Longs, free: Longs) -> int:
    """Change `given` and `free` until no free place is left over; answers with how many moves that took."""
    wishers = np.argsort(problem.wish_practice, kind="stable")
    starts = np.zeros(len(problem.practices) + 1, np.int64)
    np.cumsum(np.bincount(problem.wish_practice, minlength=len(problem.practices)), out=starts[1:])
    return _fill(market_of(problem), given, free, problem.wish_request, starts, wishers)
