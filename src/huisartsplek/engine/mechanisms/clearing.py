# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Prices that rise until every practice is asked for no more places than it has.

The assignment of most value, by successive shortest paths from all overfull practices at once (Ford and Fulkerson
1962, Dinic 1970; read as an auction: Demange, Gale and Sotomayor 1986). A request has options: a practice, where
it takes one place, or no place at all. It begins with the option of most value. While some practice is overfull,
the cheapest ways to move its surplus on, from practice to practice until a free place or no place, are found; the
prices of the practices on the way rise by what those ways cost at least; and as many requests as can go along them.

The graph has a node per practice, not per request: of all who hold a place at a, the one who loses least by going
to b makes the arc from a to b. That least loss depends on who is at a, not on prices, so it is worked out again
only for practices where somebody came or went.

Prices end as low as any that show the result to be best, so they do not depend on which best result is found.
Shapes: R requests, P practices, K options. Cost: O(K) to begin, and for each distinct cost of a way (some hundreds,
however many requests) O(arcs + P log P), plus O(options held there) for each practice where somebody came or went.
"""

from typing import NamedTuple

import numpy as np

from huisartsplek.engine.compiled import Flags, Ints, Longs, compiled
from huisartsplek.engine.mechanisms.holders import (
    FAR,
    Choices,
    State,
    enter,
    has_room,
    leave,
    opening,
    work_out_arcs,
)

__all__ = ["Choices", "Cleared", "clear"]

HOP_BITS = 20  # of a distance; above them its cost, so that of equally cheap ways the shortest goes first


class Cleared(NamedTuple):
    """The option that each request holds, and the price of each practice."""

    option: Longs
    price: Longs


class Ways(NamedTuple):
    """The search of one round: how far each practice is from an overfull one, and a heap of those to visit."""

    distance: Longs
    heap_key: Longs
    heap_node: Ints
    order: Ints  # practices in the order in which their distance became final
    cursor: Ints
    dead: Flags  # whether no way to room goes on from a practice
    path: Ints
    taken: Longs
    loss: Longs


@compiled
def _push(ways: Ways, size: int, key: int, node: int) -> None:
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if ways.heap_key[above] <= key:
            break
        ways.heap_key[at] = ways.heap_key[above]
        ways.heap_node[at] = ways.heap_node[above]
        at = above
    ways.heap_key[at] = key
    ways.heap_node[at] = node


@compiled
def _pop(ways: Ways, size: int) -> None:
    key, node = ways.heap_key[size - 1], ways.heap_node[size - 1]
    end = size - 1
    at = 0
    below = 1
    while below < end:
        if below + 1 < end and ways.heap_key[below + 1] < ways.heap_key[below]:
            below += 1
        if key <= ways.heap_key[below]:
            break
        ways.heap_key[at] = ways.heap_key[below]
        ways.heap_node[at] = ways.heap_node[below]
        at = below
        below = 2 * at + 1
    ways.heap_key[at] = key
    ways.heap_node[at] = node


@compiled
def _search(choices: Choices, state: State, ways: Ways) -> tuple[int, int]:
    """Distances from the overfull practices: what the cheapest way to room costs, and how many are final."""
    ways.distance[:] = FAR
    overfull = np.flatnonzero(state.load > choices.capacity)
    size = len(overfull)
    reached = 0
    ways.distance[overfull] = 0
    ways.heap_key[:size] = 0
    ways.heap_node[:size] = overfull
    nearest = FAR
    limit = FAR  # the cheapest way to room that is known
    while size > 0:
        distance, practice = ways.heap_key[0], ways.heap_node[0]
        _pop(ways, size)
        size -= 1
        if distance >> HOP_BITS > nearest:
            break
        if distance > ways.distance[practice]:
            continue
        ways.order[reached] = practice
        reached += 1
        if has_room(choices, state, practice):
            nearest = distance >> HOP_BITS
            continue
        if state.stale[practice]:
            work_out_arcs(choices, state, ways.loss, practice)
        begin = state.arc_start[practice]
        for arc in range(begin, begin + state.arc_count[practice]):
            other = state.arc_to[arc]
            cost = state.arc_loss[arc] - state.price[practice] + state.price[other]
            further = distance + (cost << HOP_BITS) + 1
            if further < min(ways.distance[other], limit):
                ways.distance[other] = further
                if has_room(choices, state, other):
                    limit = ((further >> HOP_BITS) + 1) << HOP_BITS
                if size == len(ways.heap_key):
                    size = _rebuild(ways, size)
                _push(ways, size, further, other)
                size += 1
    return nearest, reached


@compiled
def _mark_dead(choices: Choices, state: State, ways: Ways, reached: int) -> None:
    """Keep the search for ways to practices from which room is reached, looking back from room."""
    ways.dead[:] = True
    for at in range(reached - 1, -1, -1):
        practice = ways.order[at]
        if has_room(choices, state, practice):
            ways.dead[practice] = False
            continue
        begin = state.arc_start[practice]
        for arc in range(begin, begin + state.arc_count[practice]):
            other = state.arc_to[arc]
            if not ways.dead[other]:
                cost = state.arc_loss[arc] - state.price[practice] + state.price[other]
                if ways.distance[other] == ways.distance[practice] + (cost << HOP_BITS) + 1:
                    ways.dead[practice] = False
                    break


@compiled
def _rebuild(ways: Ways, size: int) -> int:
    """Drop what the heap holds of older, longer ways; there is then at most one entry for each practice."""
    kept = 0
    for at in range(size):
        key, node = ways.heap_key[at], ways.heap_node[at]
        if key == ways.distance[node]:
            _push(ways, kept, key, node)
            kept += 1
    return kept


@compiled
def _next_step(choices: Choices, state: State, ways: Ways, practice: int) -> int:
    """The next option by which somebody at this practice goes on along a cheapest way, or -1."""
    here = ways.distance[practice]
    request = ways.cursor[practice]
    while request >= 0:
        held = choices.value[state.option[request]] - state.price[practice]
        for option in range(choices.start[request], choices.start[request + 1]):
            other = choices.practice[option]
            if ways.dead[other]:
                continue
            cost = held - choices.value[option] + state.price[other]
            if ways.distance[other] == here + (cost << HOP_BITS) + 1:
                ways.cursor[practice] = request
                return option
        request = state.after[request]
    ways.cursor[practice] = -1
    return -1


@compiled
def _send(choices: Choices, state: State, ways: Ways, source: int) -> bool:
    """Send one request on from an overfull practice, and others before it, until one finds room."""
    ways.path[0] = source
    length = 1
    while length > 0:
        practice = ways.path[length - 1]
        option = _next_step(choices, state, ways, practice)
        if option < 0:
            ways.dead[practice] = True
            length -= 1
            continue
        other = choices.practice[option]
        ways.taken[length - 1] = option
        if has_room(choices, state, other):
            for step in range(length):
                here = ways.path[step]
                request = ways.cursor[here]
                ways.cursor[here] = state.after[request]
                leave(state, request, here)
                state.option[request] = ways.taken[step]
                to = choices.practice[ways.taken[step]]
                if to < len(choices.capacity):
                    enter(state, request, to)
            return True
        ways.path[length] = other
        length += 1
    return False


@compiled
def _clear(choices: Choices) -> tuple[Longs, Longs, int]:
    practices = len(choices.capacity)
    state = opening(choices)
    ways = Ways(
        np.empty(practices + 1, np.int64),
        np.empty(4 * practices + 8, np.int64),
        np.empty(4 * practices + 8, np.int32),
        np.empty(practices + 1, np.int32),
        np.empty(practices, np.int32),
        np.empty(practices + 1, np.bool_),
        np.empty(practices + 2, np.int32),
        np.empty(practices + 2, np.int64),
        np.full(practices + 1, FAR, np.int64),
    )
    rounds = 0
    while True:
        if not np.any(state.load > choices.capacity):
            return state.option, state.price[:practices], rounds
        nearest, reached = _search(choices, state, ways)
        if nearest == FAR:
            return state.option, state.price[:practices], -1
        rounds += 1
        _mark_dead(choices, state, ways, reached)
        ways.cursor[:] = state.first
        for practice in range(practices):
            while state.load[practice] > choices.capacity[practice]:
                if not _send(choices, state, ways, practice):
                    break
        for practice in range(practices):
            cost = ways.distance[practice] >> HOP_BITS
            if cost < nearest:
                state.price[practice] += nearest - cost


def _near_each_other(choices: Choices) -> tuple[Longs, Choices]:
    """The same choices with requests in order of their first option, so that those who meet lie close in memory."""
    order = np.argsort(choices.practice[choices.start[:-1]], kind="stable")
    count = np.diff(choices.start)[order]
    start = np.zeros(len(choices.start), np.int64)
    np.cumsum(count, out=start[1:])
    options = np.arange(start[-1]) + np.repeat(choices.start[:-1][order] - start[:-1], count)
    return order, Choices(start, choices.practice[options], choices.value[options], choices.capacity)


def clear(choices: Choices) -> Cleared:
    """The options of most value together, with prices that show it.

    Every request needs an option, and all of them together must be able to have one. Values are at least 0 and
    what can be lost along a way fits in 42 bits.
    """
    order, near = _near_each_other(choices)
    option, price, rounds = _clear(near)
    if rounds < 0:
        raise AssertionError("not everybody can have one of their options")
    held = np.empty(len(order), np.int64)
    held[order] = option - near.start[:-1] + choices.start[:-1][order]
    return Cleared(held, price)
