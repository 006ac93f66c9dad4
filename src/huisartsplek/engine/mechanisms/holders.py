# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who holds a place where while prices rise, and what it costs the one who loses least to go elsewhere.

The state on which `clearing.py` searches: per practice a linked list of those who hold a place there, and the arcs
to other practices that they make. Somebody comes or goes in O(1); the arcs of a practice are worked out again in
O(options held there), and only where somebody came or went.
"""

from typing import NamedTuple

import numpy as np

from huisartsplek.engine.compiled import Flags, Ints, Longs, compiled

FAR = 1 << 62


class Choices(NamedTuple):
    """What each request may have. Row r's options are [start[r], start[r + 1]); practice P is no place at all."""

    start: Longs
    practice: Ints
    value: Ints
    capacity: Longs


class State(NamedTuple):
    """Who holds what, per practice as a linked list, and the arcs to other practices that this gives."""

    option: Longs
    load: Longs
    price: Longs
    first: Ints  # of each practice, one who holds a place there, or -1
    after: Ints
    before: Ints
    stale: Flags  # whether a practice's arcs must be worked out again
    arc_start: Longs
    arc_count: Longs
    arc_to: Ints
    arc_loss: Longs


@compiled
def most_arcs(choices: Choices) -> Longs:
    """Per practice, a bound on the number of other practices that somebody who can be there can go to."""
    practices = len(choices.capacity)
    start = np.zeros(practices + 2, np.int64)
    for option in range(len(choices.practice)):
        start[choices.practice[option] + 1] += 1
    for practice in range(practices + 1):
        start[practice + 1] += start[practice]
    wisher = np.empty(start[practices + 1], np.int32)
    at = start[:-1].copy()
    for request in range(len(choices.start) - 1):
        for option in range(choices.start[request], choices.start[request + 1]):
            practice = choices.practice[option]
            wisher[at[practice]] = request
            at[practice] += 1
    arcs = np.zeros(practices + 1, np.int64)
    seen = np.full(practices + 1, -1, np.int32)
    for practice in range(practices):
        count = 0
        for place in range(start[practice], start[practice + 1]):
            request = wisher[place]
            for option in range(choices.start[request], choices.start[request + 1]):
                other = choices.practice[option]
                if seen[other] != practice:
                    seen[other] = practice
                    count += 1
        arcs[practice + 1] = arcs[practice] + count
    return arcs


@compiled
def enter(state: State, request: int, practice: int) -> None:
    head = state.first[practice]
    state.after[request] = head
    state.before[request] = -1
    if head >= 0:
        state.before[head] = request
    state.first[practice] = request
    state.load[practice] += 1
    state.stale[practice] = True


@compiled
def leave(state: State, request: int, practice: int) -> None:
    after, before = state.after[request], state.before[request]
    if before >= 0:
        state.after[before] = after
    else:
        state.first[practice] = after
    if after >= 0:
        state.before[after] = before
    state.load[practice] -= 1
    state.stale[practice] = True


@compiled
def work_out_arcs(choices: Choices, state: State, loss: Longs, practice: int) -> None:
    """The least that somebody at this practice loses by going to each other one; `loss` is far everywhere."""
    begin = state.arc_start[practice]
    count = 0
    request = state.first[practice]
    while request >= 0:
        value = choices.value[state.option[request]]
        for option in range(choices.start[request], choices.start[request + 1]):
            other = choices.practice[option]
            less = value - choices.value[option]
            if less < loss[other]:
                if loss[other] == FAR:
                    state.arc_to[begin + count] = other
                    count += 1
                loss[other] = less
        request = state.after[request]
    for arc in range(begin, begin + count):
        other = state.arc_to[arc]
        state.arc_loss[arc] = loss[other]
        loss[other] = FAR
    state.arc_count[practice] = count
    state.stale[practice] = False


@compiled
def has_room(choices: Choices, state: State, practice: int) -> bool:
    room: bool = practice == len(choices.capacity) or state.load[practice] < choices.capacity[practice]
    return room


@compiled
def opening(choices: Choices) -> State:
    """Everybody at the option of most value, the first of them where there are several."""
    requests, practices = len(choices.start) - 1, len(choices.capacity)
    arc_start = most_arcs(choices)
    state = State(
        np.empty(requests, np.int64),
        np.zeros(practices, np.int64),
        np.zeros(practices + 1, np.int64),
        np.full(practices, -1, np.int32),
        np.empty(requests, np.int32),
        np.empty(requests, np.int32),
        np.ones(practices, np.bool_),
        arc_start,
        np.zeros(practices, np.int64),
        np.empty(arc_start[practices], np.int32),
        np.empty(arc_start[practices], np.int64),
    )
    for request in range(requests - 1, -1, -1):
        best = choices.start[request]
        for option in range(best + 1, choices.start[request + 1]):
            if choices.value[option] > choices.value[best]:
                best = option
        state.option[request] = best
        if choices.practice[best] < practices:
            enter(state, request, choices.practice[best])
    return state
