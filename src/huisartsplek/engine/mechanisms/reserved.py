# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The waiting list where part of the places go first to newcomers of a priority class.

Deferred acceptance with a choice function in place of one line (Hatfield and Milgrom 2005; reserves: Hafalir,
Yenmez and Yildirim 2013; slots: Kominers and Sönmez 2016). Of all who ask, a practice keeps its own present
members; then of each class the first in the queue, up to that class's reserve; then whoever is first in the queue,
whatever their class, up to its capacity. So a reserve that nobody of the class asks for is open to everyone.

Each request is of one class, so for one-person requests whoever is let go for lack of room would not be kept beside
more who ask either, and a practice never keeps fewer when more ask. Then the outcome does not depend on who asks
first, no place stays free that somebody would rather have, and nobody gains by listing other wishes than their own.

A group is the newcomers of one class with a reserve at one practice, or all others there; who is let go is the
last in the queue of all groups that hold more than their reserve.
Cost: O(W log W), and a look at the groups of the practice for each request let go.
"""

from typing import NamedTuple

import numpy as np

from huisartsplek.engine.compiled import Ints, Longs, compiled
from huisartsplek.engine.mechanisms.filling import fill
from huisartsplek.engine.mechanisms.holdings import Market, free_places, market_of
from huisartsplek.engine.mechanisms.waiting_list import pop, push
from huisartsplek.engine.problem import Problem
from huisartsplek.engine.reserves import class_of
from huisartsplek.engine.results import ReservedTable
from huisartsplek.engine.tables import ReserveTable, Tables


class Groups(NamedTuple):
    """Practice p's groups are [start[p], start[p + 1]), the first of them of everybody without a reserve there."""

    start: Longs
    reserve: Longs
    of_wish: Ints
    heap_start: Longs


def groups_of(problem: Problem, tables: Tables, reserves: ReserveTable) -> Groups:
    """Number the groups, and say of each wish in which one its request asks. O(W + reserves)."""
    practice_at = {name: number for number, name in enumerate(problem.practices)}
    rows = sorted(
        (practice_at[practice], of_class, places)
        for practice, of_class, places in zip(reserves.practice, reserves.of_class, reserves.places, strict=True)
    )
    classes = [class_of(priority) for priority in tables.requests.priority]
    asking = [classes[row] for row in problem.request_row.tolist()]
    number = {of_class: code for code, of_class in enumerate(sorted({of_class for _, of_class, _ in rows}))}
    counts = np.bincount(
        np.array([practice for practice, _, _ in rows], np.int64), minlength=len(problem.practices)
    )
    start = np.zeros(len(problem.practices) + 1, np.int64)
    np.cumsum(counts + 1, out=start[1:])
    reserve = np.zeros(start[-1], np.int64)
    group = np.repeat(start[:-1, None], len(number) + 1, axis=1)  # practice x class; the last: none with a reserve
    taken = start[:-1] + 1
    everybody = len(problem.persons) + 1
    for practice, of_class, places in rows:
        reserve[taken[practice]] = min(places, everybody)
        group[practice, number[of_class]] = taken[practice]
        taken[practice] += 1
    coded = np.array([number.get(of_class, len(number)) for of_class in asking], np.int64)
    of_wish = group[problem.wish_practice, coded[problem.wish_request]].astype(np.int32)
    heap_start = np.zeros(len(reserve) + 1, np.int64)
    np.cumsum(np.bincount(of_wish, minlength=len(reserve)), out=heap_start[1:])
    return Groups(start, reserve, of_wish, heap_start)


@compiled
def _last_beyond_reserve(groups: Groups, heap: Ints, size: Ints, held: Longs, practice: int) -> int:
    """The group whose last in the queue is the furthest back of those that hold more than their reserve."""
    last = -1
    found = -1
    for group in range(groups.start[practice], groups.start[practice + 1]):
        if size[group] > 0 and held[group] > groups.reserve[group] and heap[groups.heap_start[group]] > last:
            last = heap[groups.heap_start[group]]
            found = group
    return found


@compiled
def _defer(market: Market, capacity: Longs, groups: Groups) -> Longs:
    """Deferred acceptance; answers with the wish of each request, the end of its wishes when it gets none."""
    requests = len(market.wish_start) - 1
    given = market.wish_start[:-1].copy()
    load = np.zeros(len(capacity), np.int64)
    held = np.zeros(len(groups.reserve), np.int64)
    heap = np.empty(groups.heap_start[-1] + 1, np.int32)
    size = np.zeros(len(groups.reserve), np.int32)
    asking = np.empty(requests + 1, np.int32)
    for first in range(requests):
        asking[0] = first
        waiting = 1
        while waiting > 0:
            waiting -= 1
            request = asking[waiting]
            wish = given[request]
            begin, end = 0, 1  # of the units that the request takes back when it has no wish left
            if wish < market.wish_start[request + 1]:
                group = groups.of_wish[wish]
                push(heap, groups.heap_start[group], size[group], request)
                size[group] += 1
                held[group] += market.wish_demand[wish]
            else:
                begin, end = market.unit_start[request], market.unit_start[request + 1]
            for unit in range(begin, end):
                if wish < market.wish_start[request + 1]:
                    practice = market.wish_practice[wish]
                    load[practice] += market.wish_demand[wish]
                else:
                    practice = market.unit_practice[unit]
                    load[practice] += market.unit_count[unit]
                while load[practice] > capacity[practice]:
                    group = _last_beyond_reserve(groups, heap, size, held, practice)
                    loser = heap[groups.heap_start[group]]
                    pop(heap, groups.heap_start[group], size[group])
                    size[group] -= 1
                    held[group] -= market.wish_demand[given[loser]]
                    load[practice] -= market.wish_demand[given[loser]]
                    given[loser] += 1
                    asking[waiting] = loser
                    waiting += 1
    return given


def reserved_waiting_list(problem: Problem, tables: Tables, reserves: ReserveTable) -> Longs:
    """The wish each request gets from the waiting list with these reserves; the end of its wishes for none."""
    given = _defer(market_of(problem), problem.capacity, groups_of(problem, tables, reserves))
    if problem.has_households:
        fill(problem, given, free_places(problem, given))
    return given


def reserved_table(problem: Problem, tables: Tables, reserves: ReserveTable, queue: Longs) -> ReservedTable:
    """What the waiting list made of each reserve: how much of it was taken, and the last of the class let in."""
    came: dict[tuple[str, int], int] = {}
    last: dict[tuple[str, int], int] = {}
    got = queue < problem.wish_start[1:]
    goes = np.where(got, np.append(problem.wish_practice, -1)[np.minimum(queue, len(problem.wish_practice))], -1)
    arriving = (goes[problem.member_request] >= 0) & (goes[problem.member_request] != problem.member_practice)
    for request in problem.member_request[arriving].tolist():
        of_class = class_of(tables.requests.priority[int(problem.request_row[request])])
        key = problem.practices[int(goes[request])], of_class
        came[key] = came.get(key, 0) + 1
        last[key] = max(last.get(key, 0), request + 1)
    keys = list(zip(reserves.practice, reserves.of_class, strict=True))
    return ReservedTable(
        reserves.practice,
        reserves.of_class,
        reserves.places,
        [min(places, came.get(key, 0)) for key, places in zip(keys, reserves.places, strict=True)],
        [last.get(key) for key in keys],
    )
