# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What judges a round: the whole of it is in this file, and it uses nothing of the program it judges.

Everything is a number. Requests are numbered in queue order, persons by their request, wishes by request and
rank; only wishes that remain after dropping are there. So a smaller number is earlier in the queue, and of two
wishes of one request the smaller one is wanted more. `given` always has for each request the wish it gets, or
NONE; `first_…` arrays have one entry more than there are rows: row i owns [first[i], first[i + 1]).
Each function takes time in proportion to what there is, sorting apart.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from huisartsplek.engine.compiled import Flags, Ints, Longs, compiled

Words = npt.NDArray[np.uint64]
NONE = -1  # no practice, no wish, no person
REASONS = ("moved", "no-wish", "household-does-not-fit", "passed-in-swap", "full-swap-needs-taker", "full")
STATES = ("open", "own", "full")
KINDS = ("cycle", "chain", "mixed")


class Input(NamedTuple):
    """The four tables, row by row; practices and requests are referred to by row."""

    places: Longs
    swaps: Flags
    priority: Ints  # 0 for the smallest number in the file, 1 for the next; so is the moment
    since: Ints
    lot: Words
    member_request: Ints
    member_practice: Ints
    member_trades: Flags
    wish_request: Ints
    wish_rank: Ints  # numbered likewise
    wish_practice: Ints


class Market(NamedTuple):
    """The round in queue order; `wish_practice` ends with NONE, so that no wish leads to no practice."""

    places: Longs
    request_row: Ints
    first_member: Ints
    first_wish: Ints
    here: Ints  # of each request the practice of its first member,
    can_give: Flags  # whether that one's place would be freed,
    home: Ints  # and the practice where all its members are
    person_row: Ints
    request_of: Ints
    present: Ints
    frees: Flags  # whether the person's place comes free when they leave
    wish_row: Ints
    asker: Ints  # of each wish its request
    wish_practice: Ints


@compiled
def grouped(group: Ints, groups: int) -> tuple[Ints, Ints]:
    """Rows put together by group, within a group in their own order: where each starts, and the rows."""
    first = np.zeros(groups + 1, np.int32)
    for row in range(len(group)):
        first[group[row] + 1] += 1
    for number in range(groups):
        first[number + 1] += first[number]
    end = first.copy()
    rows = np.empty(len(group), np.int32)
    for row in range(len(group)):
        rows[end[group[row]]] = row
        end[group[row]] += 1
    return first, rows


@compiled
def connected(count: int, one: Ints, other: Ints) -> Ints:
    """For each of so many things the one that stands for all it is connected to by these pairs."""
    above = np.arange(count).astype(np.int32)
    for pair in range(len(one)):
        ends = [one[pair], other[pair]]
        for side in range(2):
            while above[ends[side]] != ends[side]:
                above[ends[side]] = above[above[ends[side]]]
                ends[side] = above[ends[side]]
        above[max(ends)] = min(ends)
    for thing in range(count):
        above[thing] = above[above[thing]]  # smaller ones are done, and what is above is smaller
    return above


def lots_of(requests: Iterable[bytes], seed: str) -> Words:
    """The lot of each request, SHA-256 of SEED:REQUEST, as four numbers of which the first weighs most."""
    before = f"{seed}:".encode()
    lots = b"".join(sha256(before + request).digest() for request in requests)
    return np.ascontiguousarray(np.frombuffer(lots, ">u8").reshape(-1, 4).T.astype(np.uint64))


def market_of(given: Input) -> Market:
    """Number everything in queue order, and drop each wish for where all members are and those below it."""
    order = np.argsort(given.lot[0], kind="stable")
    if not np.diff(given.lot[0][order]).all():
        order = np.lexsort(given.lot[::-1])  # the first of the four numbers does not tell all lots apart
    for value in (given.since, given.priority):
        order = order[grouped(value[order], int(value.max(initial=0)) + 1)[1]]
    request_row = order.astype(np.int32)
    requests = len(request_row)
    position = np.empty(requests, np.int32)
    position[request_row] = np.arange(requests)
    first_member, person_row = grouped(position[given.member_request], requests)
    request_of = position[given.member_request[person_row]]
    present = given.member_practice[person_row]
    frees = given.member_trades[person_row] & (present != NONE) & np.append(given.swaps, False)[present]
    here = present[first_member[:-1]]
    home = here.copy()
    home[request_of[present != here[request_of]]] = NONE
    _, by_rank = grouped(given.wish_rank, int(given.wish_rank.max(initial=NONE)) + 1)
    first_wish, by_request = grouped(position[given.wish_request[by_rank]], requests)
    wish_row = by_rank[by_request]
    asker = np.repeat(np.arange(requests, dtype=np.int32), np.diff(first_wish))
    wish_practice = given.wish_practice[wish_row]
    stays, end = np.flatnonzero(wish_practice == home[asker]), first_wish[1:].copy()
    end[asker[stays]] = stays
    kept = np.arange(len(asker), dtype=np.int32) < end[asker]
    return Market(
        places=given.places,
        request_row=request_row,
        first_member=first_member,
        first_wish=np.append(0, np.cumsum(end - first_wish[:-1])).astype(np.int32),
        here=here,
        can_give=frees[first_member[:-1]],
        home=home,
        person_row=person_row,
        request_of=request_of,
        present=present,
        frees=frees,
        wish_row=wish_row[kept],
        asker=asker[kept],
        wish_practice=np.append(wish_practice[kept], np.int32(NONE)),
    )


def decidable(market: Market) -> Flags:
    """The one-person requests that have exactly one right result: no household with a wish has a hand in it.

    What happens among practices that no such household has to do with, directly or through others' wishes,
    happens as if there were no households at all.
    """
    has_wish = np.diff(market.first_wish) > 0
    household = np.diff(market.first_member) > 1
    if not (household & has_wish).any():
        return ~household
    practice = np.where(has_wish, market.wish_practice[market.first_wish[:-1]], market.home)
    binding = has_wish[market.request_of] & (market.present != NONE)
    knot = connected(
        len(market.places),
        np.concatenate((practice[market.asker], practice[market.request_of[binding]])),
        np.concatenate((market.wish_practice[:-1], market.present[binding])),
    )
    knot = np.append(knot, np.int32(len(knot)))  # one more for those who have to do with no practice
    return ~household & ~np.isin(knot[practice], knot[practice[household & has_wish]])


@compiled
def waiting_list(market: Market, alone: Flags) -> Ints:
    """Deferred acceptance among these requests: each asks down their list, a practice keeps the first.

    Room for newcomers is what the members who are back at their own practice leave. When there are more, the
    last in the queue gives way and asks on; nobody from that far back is let in any more: full stays full.
    """
    returns = market.can_give & alone
    room = market.places + np.bincount(market.here[returns], minlength=len(market.places))
    first, queue = grouped(market.wish_practice[:-1], len(room))
    spot = np.empty(len(queue), np.int32)  # of each wish, in the queue of its practice
    spot[queue] = np.arange(len(queue), dtype=np.int32)
    closed = first[1:].copy()  # the spot from which on a practice lets nobody in
    let_in = np.zeros(len(queue), np.bool_)
    ask_next = market.first_wish[:-1].copy()
    for request in range(len(alone)):
        asking = request if alone[request] else NONE
        while asking != NONE:
            wish = ask_next[asking]
            if wish < market.first_wish[asking + 1]:
                ask_next[asking] += 1
                practice = market.wish_practice[wish]
                if spot[wish] >= closed[practice]:
                    continue
                let_in[spot[wish]] = True
            elif returns[asking]:
                practice = market.here[asking]
            else:
                break
            asking = NONE
            room[practice] -= 1
            if room[practice] < 0:
                closed[practice] -= 1
                while not let_in[closed[practice]]:
                    closed[practice] -= 1
                let_in[closed[practice]] = False
                room[practice] += 1
                asking = market.asker[queue[closed[practice]]]
    given = np.full(len(alone), NONE, np.int32)
    given[market.asker[queue[let_in]]] = queue[let_in]
    return given


@compiled
def trade(market: Market, alone: Flags, given: Ints) -> Ints:
    """Trading among these requests from what each was given, pointing only at wishes above that.

    From nothing given this is trading-cycles, from the waiting list queue-then-swaps: house allocation with
    existing tenants, "you request my house, I get your turn". Only who holds a tradable place is pointed at.
    """
    moved, staying = given != NONE, market.can_give & alone
    held, tradable = np.where(moved, market.wish_practice[given], market.here), moved | staying
    free = market.places + np.bincount(market.here[staying], minlength=len(market.places))
    free -= np.bincount(held[tradable], minlength=len(free))
    end = np.where(moved, given, market.first_wish[1:])
    holders = np.flatnonzero(tradable)
    first, by_practice = grouped(held[holders], len(free))
    pointed_next = first.copy()
    given, settled = given.copy(), ~alone
    points_at = market.first_wish[:-1].copy()
    chain = np.empty(len(alone), np.int32)
    on_chain = np.full(len(alone), NONE, np.int32)
    for request in range(len(alone)):
        length = 0
        if not settled[request]:
            chain[0], on_chain[request], length = request, 0, 1
        while length > 0:
            last = chain[length - 1]
            if points_at[last] == end[last]:
                settled[last] = True
                length -= 1
                continue
            practice = market.wish_practice[points_at[last]]
            if free[practice] > 0:
                free[practice] -= 1
                if tradable[request]:
                    free[held[request]] += 1
                start = 0
            else:
                at = pointed_next[practice]
                while at < first[practice + 1] and settled[holders[by_practice[at]]]:
                    at += 1
                pointed_next[practice] = at
                if at == first[practice + 1]:
                    points_at[last] += 1  # passed over for good
                    continue
                holder = holders[by_practice[at]]
                start = on_chain[holder]
                if start == NONE:
                    chain[length], on_chain[holder], length = holder, length, length + 1
                    continue
            for mover in chain[start:length]:
                given[mover] = points_at[mover]
                settled[mover] = True
            length = start
    return given


def goes_to(market: Market, given: Ints) -> Ints:
    """For each person the practice they move to, or NONE for who stays where they are."""
    to = market.wish_practice[given[market.request_of]]
    return np.where(to == market.present, np.int32(NONE), to)


def free_after(market: Market, given: Ints) -> Longs:
    """Rule 1: the places left, which are those there and those freed less the arrivals; negative: no room."""
    to = goes_to(market, given)
    freed = np.bincount(market.present[(to != NONE) & market.frees], minlength=len(market.places))
    return market.places + freed - np.bincount(to[to != NONE], minlength=len(market.places))


def below_floor(given: Ints, queue: Ints) -> Flags:
    """Rule 4: the requests that end at a lower wish than the waiting list alone gives them."""
    below: Flags = (queue != NONE) & ((given == NONE) | (given > queue))
    return below


@compiled
def left_free(market: Market, given: Ints, free: Longs) -> Ints:
    """Rule 5, first half: for each request a wish it would rather have with a free place it fits in."""
    left = np.full(len(given), NONE, np.int32)
    for request in range(len(given)):
        members = slice(market.first_member[request], market.first_member[request + 1])
        for wish in range(market.first_wish[request], market.first_wish[request + 1]):
            if wish == given[request] or left[request] != NONE:
                break
            practice = market.wish_practice[wish]
            if free[practice] > 0:
                # Those there already who would not leave then no longer free the place that somebody else got.
                there_again = market.frees[members] & (given[request] != NONE)
                if np.sum((market.present[members] != practice) | there_again) <= free[practice]:
                    left[request] = wish
    return left


@compiled
def left_to_exchange(market: Market, given: Ints) -> Flags:
    """Rule 5, second half: the practices among which one-person requests could all improve by exchanging.

    An arrow runs from the practice where somebody holds a place they can give to each practice they would
    rather have; an exchange is a circle of arrows, so arrows are taken away from the dead ends inward.
    """
    moved = given != NONE
    held = np.where(moved, market.wish_practice[given], market.here)
    gives = (np.diff(market.first_member) == 1) & (moved | market.can_give)
    end = np.where(moved, given, market.first_wish[1:])
    better = np.arange(len(market.asker), dtype=np.int32) < end[market.asker]
    arrows = np.flatnonzero(better & gives[market.asker])
    start, end, practices = held[market.asker[arrows]], market.wish_practice[arrows], len(market.places)
    onward = np.bincount(start, minlength=practices)
    first, into = grouped(end, practices)
    dead_ends = [practice for practice in range(practices) if onward[practice] == 0]
    while len(dead_ends) > 0:
        practice = dead_ends.pop()
        for arrow in into[first[practice] : first[practice + 1]]:
            onward[start[arrow]] -= 1
            if onward[start[arrow]] == 0:
                dead_ends.append(start[arrow])
    return onward > 0


def reasons(market: Market, given: Ints, queue: Ints) -> Longs:
    """For each request the first of REASONS that holds; a taker is somebody else who could give a place there."""
    wished, asker = market.wish_practice[:-1], market.asker
    moved = np.flatnonzero((given != NONE) & (market.wish_practice[given] != market.wish_practice[queue]))
    passed_by = np.full(len(market.places), NONE, np.int32)  # the last who came in beside the waiting list
    passed_by[market.wish_practice[given[moved]]] = moved
    givers = market.request_of[market.frees]
    gives = np.bincount(givers, minlength=len(given)).astype(np.int32)
    exchangeable = np.bincount(market.present[market.frees], minlength=len(market.places))
    one_giver = np.zeros(len(market.places), np.int32)
    one_giver[market.present[market.frees]] = givers
    is_it = (exchangeable == 1)[wished] & (one_giver[wished] == asker)
    holds = np.zeros((3, len(given)), np.bool_)
    holds[0, asker[(free_after(market, given) > 0)[wished]]] = True
    holds[1, asker[passed_by[wished] > asker]] = True
    holds[2, asker[(exchangeable > 0)[wished] & (gives[asker] > is_it)]] = True
    return np.select([given != NONE, np.diff(market.first_wish) == 0, *holds], list(range(5)), 5)


def cutoffs(market: Market, queue: Ints) -> tuple[Longs, Longs]:
    """For each practice which of STATES it has, and the position of the last newcomer; 0 for none."""
    moved = np.flatnonzero(queue != NONE)
    position = np.zeros(len(market.places), np.int64)
    position[market.wish_practice[queue[moved]]] = moved + 1
    capacity = market.places + np.bincount(market.present[market.frees], minlength=len(position))
    is_open = (capacity > 0) & (free_after(market, queue) > 0)
    return np.where(is_open, 0, np.where(position > 0, 2, 1)), np.where(is_open, 0, position)


def false_sources(market: Market, to: Ints, source: Ints) -> Flags:
    """The movers whose source is a person who frees no place there; a source of NONE is a free place."""
    freed = np.append(np.where(market.frees & (to != NONE), market.present, NONE), NONE)
    false: Flags = (to != NONE) & (source != NONE) & (freed[source] != to)
    return false


class Cut(NamedTuple):
    """The exchanges that the sources make, numbered from 0; `of` has for each mover the exchange."""

    of: Longs
    kind: Longs  # which of KINDS
    persons: Longs
    requests: Longs
    twice: Flags  # whether it arrives at a practice twice, which one of one-person requests may not


def cut(market: Market, movers: Ints, to: Ints, source: Ints) -> Cut:
    """People hang together by whose place they take and by their household; `movers` are in text order."""
    follows = movers[source[movers] != NONE]
    together = np.sort(movers)
    same = market.request_of[together[1:]] == market.request_of[together[:-1]]
    line = connected(len(to), follows, source[follows])
    whole = connected(
        len(to), np.append(line, together[1:][same]), np.append(np.arange(len(to)), together[:-1][same])
    )
    met = np.empty(len(to), np.int64)  # of each exchange its first person in text order
    met[whole[movers][::-1]] = np.arange(len(movers))[::-1]
    numbers = np.cumsum(met[whole[movers]] == np.arange(len(movers))) - 1
    of = numbers[met[whole[movers]]]
    count, number = int(numbers.max(initial=NONE)) + 1, np.empty(len(to), np.int64)
    number[movers] = of
    lines = np.bincount(number[movers[line[movers] == movers]], minlength=count)
    ends_free = np.bincount(of[source[movers] == NONE], minlength=count) > 0
    household = np.diff(market.first_member)[market.request_of[movers]] > 1
    arrivals = np.sort(of * len(market.places) + to[movers])
    again = arrivals[1:][arrivals[1:] == arrivals[:-1]] // max(len(market.places), 1)
    return Cut(
        of=of,
        kind=np.where(lines > 1, 2, np.where(ends_free, 1, 0)),
        persons=np.bincount(of, minlength=count),
        requests=np.bincount(number[together[np.append(True, ~same)[: len(together)]]], minlength=count),
        twice=(np.bincount(again, minlength=count) > 0) & (np.bincount(of[household], minlength=count) == 0),
    )
