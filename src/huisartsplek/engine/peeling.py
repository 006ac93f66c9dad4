# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short circles out of a bundle of moves: all of two first, then of three, then ever longer ones.

Moves from one practice to another are one arc with a count. A circle may pass through a practice only while that
practice has links left, which is how many arrivals there take a leaver's place rather than a free one. What is
left over has no circle through practices with links.

Circles of two and three are found by looking at every arc once, O(arcs times arcs at a practice); longer ones by
breadth-first search from each practice that can still lie on a circle, once for each length it tries.
"""

from typing import NamedTuple

import numpy as np

from huisartsplek.engine.compiled import Ints, Longs, compiled

NEVER = 1 << 30
NEAR = 8  # searches for shorter circles than this look no further than they need


class Arcs(NamedTuple):
    """Arcs sorted by (from, to), with their index by `to`, and what is left of arcs and links."""

    out_start: Longs
    into_start: Longs
    into: Longs  # arcs by (to, from)
    tail: Ints
    head: Ints
    left: Longs
    links: Longs


class Circles(NamedTuple):
    """Circles found: the arcs of each, one after another, and how often it is carried out."""

    start: Longs
    arcs: Longs
    times: Longs


@compiled
def _take(arcs: Arcs, circle: Longs, length: int) -> int:
    """Carry a circle out as often as its arcs and links allow."""
    times = arcs.left[circle[0]]
    for at in range(length):
        times = min(times, arcs.left[circle[at]], arcs.links[arcs.head[circle[at]]])
    for at in range(length):
        arcs.left[circle[at]] -= times
        arcs.links[arcs.head[circle[at]]] -= times
    return int(times)


@compiled
def _note(found: Longs, count: int, circle: Longs, length: int, times: int) -> tuple[Longs, int]:
    """Append (length, times, arcs) to what was found."""
    if count + length + 2 > len(found):
        more = np.empty(2 * len(found) + length + 2, np.int64)
        more[:count] = found[:count]
        found = more
    found[count] = length
    found[count + 1] = times
    found[count + 2 : count + 2 + length] = circle[:length]
    return found, count + 2 + length


@compiled
def _short_circles(arcs: Arcs, length: int, found: Longs, count: int) -> tuple[Longs, int]:
    """All circles of two or of three; each is met at its lowest practice."""
    practices = len(arcs.links)
    back = np.full(practices, -1, np.int64)  # arc from a practice to the one looked at
    circle = np.empty(3, np.int64)
    for low in range(practices):
        for at in range(arcs.into_start[low], arcs.into_start[low + 1]):
            back[arcs.tail[arcs.into[at]]] = arcs.into[at]
        for first in range(arcs.out_start[low], arcs.out_start[low + 1]):
            second = arcs.head[first]
            if arcs.left[first] == 0 or second <= low:
                continue
            circle[0] = first
            if length == 2:
                circle[1] = back[second]
                times = _take(arcs, circle, 2) if circle[1] >= 0 else 0
                if times > 0:
                    found, count = _note(found, count, circle, 2, times)
                continue
            for onward in range(arcs.out_start[second], arcs.out_start[second + 1]):
                third = arcs.head[onward]
                if third <= low or back[third] < 0:
                    continue
                circle[1] = onward
                circle[2] = back[third]
                times = _take(arcs, circle, 3)
                if times > 0:
                    found, count = _note(found, count, circle, 3, times)
        for at in range(arcs.into_start[low], arcs.into_start[low + 1]):
            back[arcs.tail[arcs.into[at]]] = -1
    return found, count


class Search(NamedTuple):
    """Scratch room: practices reached from the start and those that lead to it, and by which arcs (-1: not)."""

    ahead: Ints
    behind: Ints
    onto: Longs
    back: Longs


@compiled
def _step(
    arcs: Arcs, forward: bool, begin: int, end: int, search: Search, shortest: Longs, start: int
) -> tuple[int, int]:
    """Go one arc further from the practices last reached; the new end, and where both directions meet or -1."""
    reached, by, other = search.behind, search.back, search.onto
    first = arcs.into_start
    if forward:
        reached, by, other, first = search.ahead, search.onto, search.back, arcs.out_start
    new_end = end
    for at in range(begin, end):
        for place in range(first[reached[at]], first[reached[at] + 1]):
            arc = place if forward else arcs.into[place]
            practice = arcs.head[arc] if forward else arcs.tail[arc]
            if arcs.left[arc] == 0 or practice == start or by[practice] >= 0:
                continue
            if arcs.links[practice] == 0 or shortest[practice] == NEVER:
                continue
            by[practice] = arc
            reached[new_end] = practice
            new_end += 1
            if other[practice] >= 0:
                return new_end, int(practice)
    return new_end, -1


@compiled
def _shortest_from(arcs: Arcs, start: int, limit: int, shortest: Longs, search: Search, circle: Longs) -> int:
    """Length of a shortest circle through a practice, its arcs put in `circle`; NEVER if there is none.

    Searches from both sides in turn, and no further than `limit`: where circles can only be longer, the answer
    is one more than that.
    """
    search.ahead[0] = start
    search.behind[0] = start
    ahead_begin, ahead_end, behind_begin, behind_end = 0, 1, 0, 1
    length, meeting = 0, -1
    while meeting < 0 and length < limit and ahead_begin < ahead_end and behind_begin < behind_end:
        if length % 2 == 0:
            end, meeting = _step(arcs, True, ahead_begin, ahead_end, search, shortest, start)
            ahead_begin, ahead_end = ahead_end, end
        else:
            end, meeting = _step(arcs, False, behind_begin, behind_end, search, shortest, start)
            behind_begin, behind_end = behind_end, end
        length += 1
    if meeting >= 0:
        practice = meeting
        at = 0
        while practice != start:
            circle[at] = search.onto[practice]
            practice = arcs.tail[circle[at]]
            at += 1
        circle[:at] = circle[:at][::-1].copy()
        practice = meeting
        while practice != start:
            circle[at] = search.back[practice]
            practice = arcs.head[circle[at]]
            at += 1
    elif ahead_begin == ahead_end or behind_begin == behind_end:
        length = NEVER
    else:
        length = limit + 1
    for at in range(ahead_end):
        search.onto[search.ahead[at]] = -1
    for at in range(behind_end):
        search.back[search.behind[at]] = -1
    return length


@compiled
def _trim(arcs: Arcs, shortest: Longs) -> None:
    """Mark practices that lie on no circle because nothing leads in or nothing leads out, again and again."""
    changed = True
    while changed:
        changed = False
        for practice in range(len(shortest)):
            if shortest[practice] == NEVER:
                continue
            alive = False
            for arc in range(arcs.out_start[practice], arcs.out_start[practice + 1]):
                alive = alive or (arcs.left[arc] > 0 and shortest[arcs.head[arc]] < NEVER)
            if alive:
                alive = False
                for at in range(arcs.into_start[practice], arcs.into_start[practice + 1]):
                    arc = arcs.into[at]
                    alive = alive or (arcs.left[arc] > 0 and shortest[arcs.tail[arc]] < NEVER)
            if not alive or arcs.links[practice] == 0:
                shortest[practice] = NEVER
                changed = True


@compiled
def _live(arcs: Arcs, names: Longs, shortest: Longs) -> tuple[Arcs, Longs]:
    """The arcs and their names, in the same order, without those that no circle can pass any more."""
    practices, old = len(shortest), len(names)
    number = np.full(old, -1, np.int64)
    count = 0
    for arc in range(old):
        if arcs.left[arc] > 0 and shortest[arcs.tail[arc]] < NEVER and shortest[arcs.head[arc]] < NEVER:
            number[arc] = count
            count += 1
    if 4 * count > 3 * old:
        return arcs, names
    live = Arcs(
        np.zeros(practices + 1, np.int64),
        np.zeros(practices + 1, np.int64),
        np.empty(count, np.int64),
        np.empty(count, np.int32),
        np.empty(count, np.int32),
        np.empty(count, np.int64),
        arcs.links,
    )
    kept = np.empty(count, np.int64)
    at = 0
    for place in range(old):
        arc = number[place]
        if arc >= 0:
            live.tail[arc], live.head[arc], live.left[arc] = arcs.tail[place], arcs.head[place], arcs.left[place]
            kept[arc] = names[place]
            live.out_start[arcs.tail[place] + 1] += 1
            live.into_start[arcs.head[place] + 1] += 1
        if number[arcs.into[place]] >= 0:
            live.into[at] = number[arcs.into[place]]
            at += 1
    for practice in range(practices):
        live.out_start[practice + 1] += live.out_start[practice]
        live.into_start[practice + 1] += live.into_start[practice]
    return live, kept


@compiled
def _long_circles(arcs: Arcs, found: Longs, count: int) -> tuple[Longs, int]:
    """Circles of four and more, the shortest first; `shortest` bounds from below how short one can be."""
    practices = len(arcs.links)
    left, names = arcs.left, np.arange(len(arcs.tail))
    arcs = Arcs(arcs.out_start, arcs.into_start, arcs.into, arcs.tail, arcs.head, left.copy(), arcs.links)
    named = np.empty(practices + 1, np.int64)
    shortest = np.full(practices, 4, np.int64)
    search = Search(
        np.empty(practices + 1, np.int32),
        np.empty(practices + 1, np.int32),
        np.full(practices, -1, np.int64),
        np.full(practices, -1, np.int64),
    )
    circle = np.empty(practices + 1, np.int64)
    while True:
        _trim(arcs, shortest)
        target = shortest.min() if practices > 0 else NEVER
        if target == NEVER:
            return found, count
        arcs, names = _live(arcs, names, shortest)
        for practice in range(practices):
            while shortest[practice] == target:
                if arcs.links[practice] == 0:
                    shortest[practice] = NEVER
                    break
                limit = target if target < NEAR else NEVER
                shortest[practice] = _shortest_from(arcs, practice, limit, shortest, search, circle)
                if shortest[practice] == target:
                    times = _take(arcs, circle, target)
                    for at in range(target):
                        named[at] = names[circle[at]]
                        left[named[at]] -= times
                    found, count = _note(found, count, named, target, times)


def peel(tail: Ints, head: Ints, left: Longs, links: Longs, longest: int = NEVER) -> Circles:
    """Take circles out of arcs sorted by (tail, head); lowers `left` and `links` by what it takes."""
    practices = len(links)
    arcs = Arcs(
        np.searchsorted(tail, np.arange(practices + 1)),
        np.searchsorted(np.sort(head), np.arange(practices + 1)),
        np.argsort(head, kind="stable"),
        tail,
        head,
        left,
        links,
    )
    found, count = np.empty(1024, np.int64), 0
    for length in (2, 3):
        found, count = _short_circles(arcs, length, found, count)
    if longest > 3:
        found, count = _long_circles(arcs, found, count)
    starts, at = [], 0
    while at < count:
        starts.append(at)
        at += 2 + int(found[at])
    first = np.array(starts, np.int64)
    lengths = found[first] if starts else np.zeros(0, np.int64)
    body = np.ones(count, np.bool_)
    body[first] = False
    body[first + 1] = False
    ends = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    return Circles(ends, found[:count][body], found[first + 1])
