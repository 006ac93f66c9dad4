# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many requests one "no" takes out: itself, all who would have followed, and theirs.

Requests are nodes, and an arrow runs from each to those who follow into a place it leaves. Requests on a circle
fall together, so circles are first drawn into one node (Tarjan 1972); of what is left, ends come first. A node
with one arrow takes out itself and all that the next takes out. So does one with several, as long as nothing
below them is reached along two ways; only where ways meet again is everything walked through once more.

M moving members, R requests of theirs: O(M + R) for one-person requests, which have one arrow at most, and for
households whose ways do not meet; O(M) more for each household above a meeting of ways.
"""

from typing import NamedTuple

import numpy as np

from huisartsplek.engine.compiled import Flags, Ints, Longs, compiled


class _Arrows(NamedTuple):
    """From request r to `to[start[r]:start[r + 1]]`, some perhaps twice."""

    start: Longs
    to: Ints


class _Drawn(NamedTuple):
    """Circles drawn into nodes, ends first: node n is the requests `order[start[n]:start[n + 1]]`."""

    node: Ints  # of each request
    order: Ints
    start: Longs


@compiled
def _arrows(source: Longs, request: Ints) -> _Arrows:
    """The arrows among requests, numbered in the order in which their members stand together in `request`."""
    count = len(source)
    of = np.zeros(count, np.int32)
    for mover in range(1, count):
        of[mover] = of[mover - 1] + (1 if request[mover] != request[mover - 1] else 0)
    requests = of[count - 1] + 1 if count > 0 else 0
    follower = np.full(count, -1, np.int32)
    start = np.zeros(requests + 1, np.int64)
    for mover in range(count):
        if source[mover] >= 0:
            follower[source[mover]] = of[mover]
            start[of[source[mover]] + 1] += 1
    to = np.empty(count, np.int32)
    arrow = 0
    for mover in range(count):
        if follower[mover] >= 0:
            to[arrow] = follower[mover]
            arrow += 1
    return _Arrows(np.cumsum(start), to[:arrow])


@compiled
def _drawn(arrows: _Arrows) -> _Drawn:
    """Tarjan's search without recursion; a node is numbered after all that it points to."""
    requests = len(arrows.start) - 1
    met = np.full(requests, -1, np.int32)
    lowest = np.empty(requests, np.int32)
    next_arrow = arrows.start[:-1].copy()
    node = np.full(requests, -1, np.int32)
    order = np.empty(requests, np.int32)
    start = np.zeros(requests + 1, np.int64)
    open_ = np.empty(requests, np.int32)
    way = np.empty(requests, np.int32)
    number = nodes = opened = done = 0
    for first in range(requests):
        if met[first] >= 0:
            continue
        way[0], length = first, 1
        while length > 0:
            request = way[length - 1]
            if met[request] < 0:
                met[request] = lowest[request] = number
                number += 1
                open_[opened] = request
                opened += 1
            if next_arrow[request] < arrows.start[request + 1]:
                other = arrows.to[next_arrow[request]]
                next_arrow[request] += 1
                if met[other] < 0:
                    way[length] = other
                    length += 1
                elif node[other] < 0:
                    lowest[request] = min(lowest[request], met[other])
                continue
            length -= 1
            if length > 0:
                lowest[way[length - 1]] = min(lowest[way[length - 1]], lowest[request])
            if lowest[request] == met[request]:
                while node[request] < 0:
                    opened -= 1
                    node[open_[opened]] = nodes
                    order[done] = open_[opened]
                    done += 1
                nodes += 1
                start[nodes] = done
    return _Drawn(node, order, start[: nodes + 1])


@compiled
def _walked(arrows: _Arrows, drawn: _Drawn, fall: Longs, meets: Flags, seen: Ints, below: Ints, first: int) -> int:
    """What a node takes out, going down everywhere but into what is reached along one way only."""
    below[0], known, done = first, 1, 0
    seen[first] = first
    taken = 0
    while done < known:
        node = below[done]
        done += 1
        if node != first and not meets[node]:
            taken += fall[node]
            continue
        for place in range(drawn.start[node], drawn.start[node + 1]):
            request = drawn.order[place]
            taken += 1
            for arrow in range(arrows.start[request], arrows.start[request + 1]):
                other = drawn.node[arrows.to[arrow]]
                if seen[other] != first:
                    seen[other] = first
                    below[known] = other
                    known += 1
    return taken


@compiled
def falls(source: Longs, request: Ints) -> Longs:
    """Per request that moves how many one "no" of it takes out.

    `source` holds for each moving member the mover whose place it takes, or -1; `request` the request of each, with
    the members of one request beside each other.
    """
    arrows = _arrows(source, request)
    drawn = _drawn(arrows)
    nodes = len(drawn.start) - 1
    seen = np.full(nodes, -1, np.int32)
    ways = np.zeros(nodes, np.int32)  # to a node, from different ones
    for node in range(nodes):
        for place in range(drawn.start[node], drawn.start[node + 1]):
            for arrow in range(arrows.start[drawn.order[place]], arrows.start[drawn.order[place] + 1]):
                other = drawn.node[arrows.to[arrow]]
                if other != node and seen[other] != node:
                    seen[other] = node
                    ways[other] += 1
    seen[:] = -1
    walked = np.full(nodes, -1, np.int32)
    below = np.empty(nodes + 1, np.int32)
    meets = ways > 1  # at this node or somewhere below it
    fall = np.zeros(nodes, np.int64)
    for node in range(nodes):
        onward, met_below = 0, False
        total = drawn.start[node + 1] - drawn.start[node]
        for place in range(drawn.start[node], drawn.start[node + 1]):
            for arrow in range(arrows.start[drawn.order[place]], arrows.start[drawn.order[place] + 1]):
                other = drawn.node[arrows.to[arrow]]
                if other != node and seen[other] != node:
                    seen[other] = node
                    onward += 1
                    total += fall[other]
                    met_below = met_below or meets[other]
        meets[node] = meets[node] or met_below
        fall[node] = total
        if onward > 1 and met_below:
            fall[node] = _walked(arrows, drawn, fall, meets, walked, below, node)
    return fall[drawn.node]
