# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The waiting list: applicant-proposing deferred acceptance (Gale and Shapley 1962), own members first.

One-person requests: each asks down their wishes, a practice keeps the first in the queue, and a present member
whose place would come free can always return to it. The result does not depend on who asks first.

Households ask for as many places as they need at once and hold them all or none. Where a practice becomes
overfull it lets go, from the back of the queue, of as many requests as it takes; members who return to their
own practice are never let go. A household let go may leave some of its places unused, so afterwards every
practice with room offers it, in queue order, to requests that would rather be there and fit in, and the places
these leave are offered in turn, until no free place is left that a request prefers and fits in. Every step of
that improves one request, so it ends. With households it may happen that somebody passes an earlier request
whose household did not fit; without them the second part does nothing.

Cost: O(W log W) for the first part, and for the second one look through a practice's wishers each time places
come free there.
"""

import numpy as np

from huisartsplek.engine.compiled import Ints, Longs, compiled
from huisartsplek.engine.mechanisms.filling import fill
from huisartsplek.engine.mechanisms.holdings import Market, free_places, market_of
from huisartsplek.engine.problem import Problem


@compiled
def push(heap: Ints, start: int, size: int, request: int) -> None:
    """Add a request; the one furthest back in the queue is on top."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if heap[start + above] >= request:
            break
        heap[start + at] = heap[start + above]
        at = above
    heap[start + at] = request


@compiled
def pop(heap: Ints, start: int, size: int) -> None:
    """Take the top away."""
    last = heap[start + size - 1]
    end = size - 1
    at = 0
    below = 1
    while below < end:
        if below + 1 < end and heap[start + below + 1] > heap[start + below]:
            below += 1
        if last >= heap[start + below]:
            break
        heap[start + at] = heap[start + below]
        at = below
        below = 2 * at + 1
    heap[start + at] = last


@compiled
def _let_go(
    market: Market,
    capacity: Longs,
    given: Longs,
    load: Longs,
    heap: Ints,
    heap_start: Longs,
    size: Ints,
    practice: int,
    asking: Ints,
    waiting: int,
) -> int:
    """Let go of the last in the queue while a practice is overfull; they will ask for their next wish."""
    while load[practice] > capacity[practice]:
        loser = heap[heap_start[practice]]
        pop(heap, heap_start[practice], size[practice])
        size[practice] -= 1
        load[practice] -= market.wish_demand[given[loser]]
        given[loser] += 1
        asking[waiting] = loser
        waiting += 1
    return waiting


@compiled
def _defer(market: Market, capacity: Longs, heap_start: Longs) -> Longs:
    """Deferred acceptance; answers with the wish of each request, the end of its wishes when it gets none."""
    requests = len(market.wish_start) - 1
    given = market.wish_start[:-1].copy()
    load = np.zeros(len(capacity), np.int64)
    heap = np.empty(heap_start[-1] + 1, np.int32)
    size = np.zeros(len(capacity), np.int32)
    asking = np.empty(requests + 1, np.int32)
    for first in range(requests):
        asking[0] = first
        waiting = 1
        while waiting > 0:
            waiting -= 1
            request = asking[waiting]
            wish = given[request]
            end = market.wish_start[request + 1]
            while wish < end:
                practice = market.wish_practice[wish]
                if load[practice] + market.wish_demand[wish] <= capacity[practice]:
                    break
                if size[practice] > 0 and heap[heap_start[practice]] > request:
                    break
                wish += 1
            given[request] = wish
            if wish < end:
                practice = market.wish_practice[wish]
                push(heap, heap_start[practice], size[practice], request)
                size[practice] += 1
                load[practice] += market.wish_demand[wish]
                waiting = _let_go(market, capacity, given, load, heap, heap_start, size, practice, asking, waiting)
                continue
            for unit in range(market.unit_start[request], market.unit_start[request + 1]):
                practice = market.unit_practice[unit]
                load[practice] += market.unit_count[unit]
                waiting = _let_go(market, capacity, given, load, heap, heap_start, size, practice, asking, waiting)
    return given


def waiting_list(problem: Problem) -> Longs:
    """The wish each request gets from the waiting list alone; the end of its wishes when it gets none."""
    market = market_of(problem)
    starts = np.zeros(len(problem.practices) + 1, np.int64)
    np.cumsum(np.bincount(problem.wish_practice, minlength=len(problem.practices)), out=starts[1:])
    given = _defer(market, problem.capacity, starts)
    if problem.has_households:
        fill(problem, given, free_places(problem, given))
    return given
