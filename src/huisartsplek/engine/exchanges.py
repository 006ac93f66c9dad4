# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The re-cut: which place each arrival takes, so that one "no" takes out as few others as can be.

Places within a practice are interchangeable, so who takes whose place is not part of the decision. The
procedure, the same on every machine:

1. Free places are used wherever there are arrivals for them; at each practice only the arrivals beyond those
   are *links* that take a leaver's place.
2. Members of a household who leave one practice together are matched as one with members of equally large
   households, larger ones first: circles of two, then of three, then ever longer ones.
3. Other households who arrive get free places, larger ones first, while these hold a whole household. The next
   take places of one household that leaves and is at least as large, the smallest such. So few households
   depend on more than one other request.
4. Then persons: circles of two, of three, then ever longer ones. Persons of the same way go in queue order,
   those of households last.
5. What is left has no circles and becomes chains, practice by practice from the far ends: arrivals of households
   and those with most people behind them get the free places, the others take the places of leavers, of whom
   those go first who end the chain at once.

A circle or chain of one-person requests never arrives at a practice twice. Cost: see `peeling`; the rest is
O(moves log moves), and for what one "no" takes out as many steps as requests fall, summed over all.
"""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from huisartsplek.engine.columns import TextColumn, number_column, text_column_of
from huisartsplek.engine.compiled import Flags, Ints, Longs, compiled
from huisartsplek.engine.falling import falls
from huisartsplek.engine.ordering import ranks_of
from huisartsplek.engine.peeling import Circles, peel
from huisartsplek.engine.problem import Problem
from huisartsplek.engine.results import MoveTable

CYCLE, CHAIN, MIXED = "cycle", "chain", "mixed"


@dataclass(frozen=True)
class Movers:
    """Everyone whose practice changes, by request (in queue order), present practice and person."""

    member: Longs  # index among the members of the problem
    request: Ints
    origin: Ints  # the practice where they free a place; -1: nowhere
    to: Ints
    household: Flags  # whether another member of their request moves too


@dataclass(frozen=True)
class Cut:
    """The exchanges: per mover its source and exchange number, per exchange its kind and size, per request the
    number of requests that fall with its "no"."""

    source: Longs  # mover whose place it takes; -1: a free place
    exchange: Longs  # from 1
    kinds: Sequence[str]
    persons: Sequence[int]
    requests: Sequence[int]
    falls: Longs


def movers_of(problem: Problem, given: Longs) -> Movers:
    """Who goes from where to where."""
    got = given < problem.wish_start[1:]
    target = np.full(len(given), -1, np.int32)
    target[got] = problem.wish_practice[given[got]]
    to = target[problem.member_request]
    moving = np.flatnonzero((to >= 0) & (to != problem.member_practice))
    origin = np.where(problem.member_frees[moving], problem.member_practice[moving], -1)
    request = problem.member_request[moving]
    origin = origin.astype(np.int32)
    if problem.has_households:
        order = np.lexsort((moving, origin, request))
        moving, origin, request = moving[order], origin[order], request[order]
    number = np.bincount(request, minlength=len(given))
    return Movers(moving, request, origin, to[moving], number[request] > 1)


def cut(problem: Problem, given: Longs) -> Cut:
    """Give every arrival its source and number the exchanges that come of it."""
    movers = movers_of(problem, given)
    source = _sources(movers, problem.places)
    if np.any(np.bincount(movers.to[source < 0], minlength=len(problem.places)) > problem.places):
        raise AssertionError("more arrivals take a free place than there are")
    root, piece = _joined(source, movers.request)
    exchange, count = _numbered(problem, movers, root)
    head = np.unique(movers.request, return_index=True)[1]
    closed = np.ones(count, np.bool_)
    closed[exchange[source < 0]] = False
    pieces = np.bincount(exchange[np.unique(piece)], minlength=count)
    return Cut(
        source,
        exchange + 1,
        TextColumn(np.where(pieces > 1, 2, np.where(closed, 0, 1)).astype(np.int32), (CYCLE, CHAIN, MIXED)),
        number_column(np.bincount(exchange, minlength=count)),
        number_column(np.bincount(exchange[head], minlength=count)),
        falls(source, movers.request),
    )


def _numbered(problem: Problem, movers: Movers, root: Longs) -> tuple[Longs, int]:
    """The exchange of each mover, counted from 0 by the first person of each in text order, and how many."""
    persons = text_column_of(problem.persons)
    place = ranks_of(persons.texts)[persons.codes[movers.member]]
    first = np.full(len(place), len(persons.texts), np.int64)
    np.minimum.at(first, root, place)
    roots = np.flatnonzero(np.bincount(root, minlength=len(place)))
    number = np.empty(len(place), np.int64)
    number[roots[np.argsort(first[roots])]] = np.arange(len(roots))
    return number[root], len(roots)


def _sources(movers: Movers, places: Longs) -> Longs:
    """The procedure above."""
    count = len(movers.to)
    source = np.full(count, -1, np.int64)
    arrivals = np.bincount(movers.to, minlength=len(places))
    links = arrivals - np.minimum(arrivals, places)
    gives = np.zeros(count, np.bool_)
    together = (movers.request[1:] == movers.request[:-1]) & (movers.origin[1:] == movers.origin[:-1])
    first = np.flatnonzero(np.concatenate((np.ones(min(count, 1), np.bool_), ~together)))
    size = np.diff(np.append(first, count))
    movable = movers.origin[first] >= 0
    for width in sorted(set(size[movable & (size > 1)].tolist()), reverse=True):
        block = first[movable & (size == width)]
        room = links // width
        before = room.copy()
        _circles_of(movers, block, width, room, source, gives)
        links -= (before - room) * width
    open_ = source < 0
    if movers.household.any():
        _place_households(movers, places, links, source, gives, open_)
    single = np.flatnonzero((movers.origin >= 0) & ~gives & open_)
    single = single[np.argsort(movers.household[single], kind="stable")]
    _circles_of(movers, single, 1, links, source, gives)
    open_ &= source < 0
    _chains(movers.origin, movers.to, movers.household, source, gives, open_, links)
    return source


def _runs(movers: Movers, chosen: Flags, practice: Ints) -> dict[int, list[list[int]]]:
    """Movers of one household and one practice together, by practice, larger groups first."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for mover in np.flatnonzero(chosen & movers.household & (practice >= 0)).tolist():
        groups[int(practice[mover]), int(movers.request[mover])].append(mover)
    by_practice: dict[int, list[list[int]]] = defaultdict(list)
    for (at, _), group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        by_practice[at].append(group)
    return by_practice


def _place_households(
    movers: Movers, places: Longs, links: Longs, source: Longs, gives: Flags, open_: Flags
) -> None:
    """Free places for whole households, or else the places of one household that leaves."""
    arriving = np.bincount(movers.to[open_], minlength=len(places))
    leaving = _runs(movers, ~gives, movers.origin)
    for practice, comers in sorted(_runs(movers, open_, movers.to).items()):
        free = int(arriving[practice] - links[practice])
        for group in comers:
            if len(group) <= free:
                free -= len(group)
                open_[group] = False
                continue
            givers = [one for one in leaving[practice] if len(one) >= len(group)]
            if givers and len(group) <= links[practice]:
                leaving[practice].remove(givers[-1])
                source[group] = givers[-1][: len(group)]
                gives[source[group]] = True
                links[practice] -= len(group)
                open_[group] = False


def _circles_of(
    movers: Movers,
    block: Longs,
    width: int,
    links: Longs,
    source: Longs,
    gives: Flags,
    longest: int | None = None,
) -> None:
    """Cut circles out of blocks of `width` movers who go the same way, each block given by its first."""
    order = np.lexsort((np.arange(len(block)), movers.to[block], movers.origin[block]))
    block = block[order]
    way = movers.origin[block].astype(np.int64) * len(links) + movers.to[block]
    ways, start, left = np.unique(way, return_index=True, return_counts=True)
    tail, head = (ways // len(links)).astype(np.int32), (ways % len(links)).astype(np.int32)
    circles = peel(tail, head, left, links) if longest is None else peel(tail, head, left, links, longest)
    _link_circles(*circles, start, block, width, source, gives)


@compiled
def _link_circles(
    start: Longs,
    arcs: Longs,
    times: Longs,
    next_block: Longs,
    block: Longs,
    width: int,
    source: Longs,
    gives: Flags,
) -> None:
    """Put the next blocks of each arc on the circles."""
    for circle in range(len(times)):
        for _ in range(times[circle]):
            for at in range(start[circle], start[circle + 1]):
                onward = at + 1 if at + 1 < start[circle + 1] else start[circle]
                comer, leaver = block[next_block[arcs[at]]], block[next_block[arcs[onward]]]
                for member in range(width):
                    source[comer + member] = leaver + member
                    gives[comer + member] = True
            for at in range(start[circle], start[circle + 1]):
                next_block[arcs[at]] += 1


@compiled
def _grouped(keys: Ints, chosen: Flags, groups: int) -> tuple[Longs, Longs]:
    """Indices of the chosen rows by their key: starts and rows; keys of -1 are left out."""
    start = np.zeros(groups + 1, np.int64)
    for row in range(len(keys)):
        if chosen[row] and keys[row] >= 0:
            start[keys[row] + 1] += 1
    for group in range(groups):
        start[group + 1] += start[group]
    at = start[:-1].copy()
    rows = np.empty(start[groups], np.int64)
    for row in range(len(keys)):
        if chosen[row] and keys[row] >= 0:
            rows[at[keys[row]]] = row
            at[keys[row]] += 1
    return start, rows


@compiled
def _chains(
    origin: Ints, to: Ints, household: Flags, source: Longs, gives: Flags, open_: Flags, links: Longs
) -> None:
    """Link what is left into chains, practice by practice in the order in which people come to them."""
    practices = len(links)
    come_start, come = _grouped(to, open_, practices)
    leave_start, leave = _grouped(origin, ~gives, practices)
    behind = np.ones(len(to), np.int64)
    awaited = np.zeros(practices, np.int64)
    for mover in range(len(to)):
        if open_[mover] and not gives[mover] and origin[mover] >= 0 and links[origin[mover]] > 0:
            awaited[to[mover]] += 1
    ready = np.empty(practices, np.int64)
    count = 0
    for practice in range(practices):
        if links[practice] > 0 and awaited[practice] == 0:
            ready[count] = practice
            count += 1
    done = 0
    while done < count:
        practice = ready[done]
        done += 1
        comers = come[come_start[practice] : come_start[practice + 1]]
        leavers = leave[leave_start[practice] : leave_start[practice + 1]]
        comer_key = np.empty(len(comers), np.int64)
        for at in range(len(comers)):  # those who most need a free place come last
            comer_key[at] = behind[comers[at]] + (len(to) + 1 if household[comers[at]] else 0)
        leaver_key = np.empty(len(leavers), np.int64)
        for at in range(len(leavers)):
            leaver_key[at] = (2 if household[leavers[at]] else 0) + (1 if links[to[leavers[at]]] > 0 else 0)
        comers = comers[np.argsort(comer_key, kind="mergesort")][: links[practice]]
        leavers = leavers[np.argsort(leaver_key, kind="mergesort")]
        for at in range(len(comers)):
            comer = comers[len(comers) - 1 - at]
            leaver = leavers[at]
            source[comer] = leaver
            behind[leaver] = behind[comer] + 1
        for at in range(len(leavers)):
            onward = to[leavers[at]]
            if not open_[leavers[at]]:
                continue
            awaited[onward] -= 1
            if awaited[onward] == 0 and links[onward] > 0:
                ready[count] = onward
                count += 1


@compiled
def _joined(source: Longs, request: Ints) -> tuple[Longs, Longs]:
    """For each mover the first of its exchange, and the first of its own circle or chain within it."""
    count = len(source)
    piece = np.arange(count)
    for mover in range(count):
        if source[mover] >= 0:
            _join(piece, mover, source[mover])
    root = piece.copy()
    for mover in range(1, count):
        if request[mover] == request[mover - 1]:
            _join(root, mover, mover - 1)
    for mover in range(count):
        piece[mover] = _top(piece, mover)
        root[mover] = _top(root, mover)
    return root, piece


@compiled
def _top(parent: Longs, at: int) -> int:
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at


@compiled
def _join(parent: Longs, one: int, other: int) -> None:
    one, other = _top(parent, one), _top(parent, other)
    if one < other:
        parent[other] = one
    else:
        parent[one] = other


def carried_out(moves: MoveTable, yes: AbstractSet[str]) -> set[str]:
    """The requests that go ahead when only those in `yes` agreed.

    The largest set in which each said yes and each moving member's source is a free place or a person whose
    request is in the set. Found by letting fall who did not agree, then who would have taken their places, and
    so on; O(moves). Each place is given to one person at most, so the practices have room for whatever is left.
    """
    request_of = dict(zip(moves.person, moves.request, strict=True))
    followers: dict[str, list[str]] = defaultdict(list)
    falling = [request for request in set(moves.request) if request not in yes]
    for request, source in zip(moves.request, moves.source, strict=True):
        if source and source in request_of:
            followers[request_of[source]].append(request)
        elif source:
            falling.append(request)
    fallen: set[str] = set()
    while falling:
        request = falling.pop()
        if request not in fallen:
            fallen.add(request)
            falling.extend(followers[request])
    return set(moves.request) - fallen


__all__ = ["Circles", "Cut", "Movers", "carried_out", "cut", "movers_of"]
