# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Trading: "you request my house, I get your turn", places counted per practice.

House allocation with existing tenants (Abdulkadiroğlu and Sönmez 1999). Requests are taken in queue order and
point at their best remaining wish. A free place ends a chain: everyone on it gets what they point at. Otherwise
the practice points at the first in the queue who holds a place there and is not settled; a closed circle is
carried out. A wish with neither is passed over.

Households are pointed at and point as one. A wish of theirs can be met by free places alone or by one holder
who gives up at least as many places there; what is given up beyond that is free. So places that a wish was
passed over for may come free later. With households, what is free is therefore offered in queue order after
each pass, and the whole is repeated, from what everybody then holds, until nothing changes: then no free place
is left that a request prefers and fits in, and no set of one-person requests could all improve by exchanging.
Every repetition but the last improves somebody.

Cost: O(W + R) a pass for one-person requests, one pass.
"""

from typing import NamedTuple

import numpy as np

from huisartsplek.engine.compiled import Flags, Ints, Longs, compiled
from huisartsplek.engine.mechanisms.filling import fill
from huisartsplek.engine.mechanisms.holdings import Market, free_places, market_of, release
from huisartsplek.engine.problem import Problem


class Chain(NamedTuple):
    """A pass over the requests: what each points at, who is settled, and the chain being made."""

    pointed: Longs
    settled: Flags
    members: Ints  # of the chain, its start first
    place: Ints  # of each request on the chain, or -1


class Holders(NamedTuple):
    """Per practice, in queue order, who holds places there that can be traded, and how many."""

    start: Longs
    request: Ints
    places: Ints


@compiled
def _holders(market: Market, given: Longs, practices: int) -> tuple[Longs, Ints, Ints]:
    start = np.zeros(practices + 1, np.int64)
    for request in range(len(given)):
        wish = given[request]
        if wish < market.wish_start[request + 1]:
            start[market.wish_practice[wish] + 1] += 1
        else:
            for unit in range(market.unit_start[request], market.unit_start[request + 1]):
                start[market.unit_practice[unit] + 1] += 1
    for practice in range(practices):
        start[practice + 1] += start[practice]
    holder = np.empty(start[practices], np.int32)
    places = np.empty(start[practices], np.int32)
    at = start[:-1].copy()
    for request in range(len(given)):
        wish = given[request]
        if wish < market.wish_start[request + 1]:
            practice = market.wish_practice[wish]
            holder[at[practice]] = request
            places[at[practice]] = market.wish_demand[wish]
            at[practice] += 1
        else:
            for unit in range(market.unit_start[request], market.unit_start[request + 1]):
                practice = market.unit_practice[unit]
                holder[at[practice]] = request
                places[at[practice]] = market.unit_count[unit]
                at[practice] += 1
    return start, holder, places


@compiled
def _carry_out(
    market: Market, given: Longs, free: Longs, chain: Chain, first: int, last: int, touched: Flags
) -> int:
    """Give everyone on this part of the chain what they point at; answers with how many they are."""
    for at in range(first, last):
        request = chain.members[at]
        wish = chain.pointed[request]
        release(market, given, request, free, touched)
        free[market.wish_practice[wish]] -= market.wish_demand[wish]
        given[request] = wish
        chain.settled[request] = True
    return last - first


@compiled
def _giver(holders: Holders, next_holder: Longs, settled: Flags, practice: int, needed: int, request: int) -> int:
    """The first in the queue who is not settled and holds as many places there as are needed, or -1."""
    end = holders.start[practice + 1]
    at = next_holder[practice]
    while at < end and settled[holders.request[at]]:
        at += 1
    next_holder[practice] = at
    while at < end:
        giver = holders.request[at]
        if holders.places[at] >= needed and giver != request and not settled[giver]:
            return int(giver)
        at += 1
    return -1


@compiled
def _trade(market: Market, given: Longs, free: Longs, holders: Holders) -> int:
    """One pass over all requests; changes `given` and `free`, answers with how many requests improved."""
    requests = len(given)
    chain = Chain(
        market.wish_start[:-1].copy(),
        np.zeros(requests, np.bool_),
        np.empty(requests + 1, np.int32),
        np.full(requests, -1, np.int32),
    )
    next_holder = holders.start[:-1].copy()
    touched = np.zeros(len(free), np.bool_)
    improved = 0
    for first in range(requests):
        length = 0
        giver = first if not chain.settled[first] else -1
        while length > 0 or giver >= 0:
            if giver >= 0:
                chain.members[length] = giver
                chain.place[giver] = length
                length += 1
                giver = -1
            request = chain.members[length - 1]
            wish = chain.pointed[request]
            if wish >= given[request]:
                chain.settled[request] = True
                length -= 1
                continue
            practice = market.wish_practice[wish]
            needed = market.wish_demand[wish]
            if needed <= free[practice]:
                improved += _carry_out(market, given, free, chain, 0, length, touched)
                length = 0
                continue
            giver = _giver(holders, next_holder, chain.settled, practice, needed, request)
            if giver < 0:
                chain.pointed[request] += 1
            elif chain.place[giver] >= 0:
                improved += _carry_out(market, given, free, chain, chain.place[giver], length, touched)
                length = chain.place[giver]
                giver = -1
    return improved


def trade(problem: Problem, given: Longs) -> Longs:
    """What each request holds after trading from `given`; nobody ends at a lower wish than there."""
    given = given.copy()
    free = free_places(problem, given)
    market = market_of(problem)
    again = True
    while again:
        holders = Holders(*_holders(market, given, len(problem.practices)))
        improved = _trade(market, given, free, holders)
        again = problem.has_households and improved + fill(problem, given, free) > 0
    return given


def trading_cycles(problem: Problem) -> Longs:
    """Trading from what everybody has now, in queue order, whoever the waiting list would have put first."""
    return trade(problem, problem.wish_start[1:])
