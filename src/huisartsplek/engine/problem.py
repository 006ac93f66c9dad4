# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round as integers: requests numbered in queue order, practices by id, wishes in order of rank.

Nothing here depends on the order of the rows. Shapes: R requests, P practices, M members, W wishes that remain.
Cost: O(R log R + M + W).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from huisartsplek.engine.columns import Column, TextColumn, Texts, codes_in, column_of, text_column_of
from huisartsplek.engine.compiled import Flags, Ints, Longs, compiled
from huisartsplek.engine.digests import digests
from huisartsplek.engine.ordering import dealt, order_of, ranks_of, starts_of
from huisartsplek.engine.tables import MemberTable, RequestTable, Tables, WishTable


@dataclass(frozen=True)
class Problem:
    """What a mechanism decides upon. `…_start` arrays have one entry more than rows: row i is [i], [i + 1).

    A *unit* is a place that comes free when the request goes elsewhere: of a member whose practice swaps and
    who trades. The *demand* of a wish is the places it takes there inside the capacity: one for each member who
    arrives, and the units of those who are there already.
    """

    requests: Sequence[str]
    request_row: Longs
    practices: list[str]
    places: Longs  # no more than all members together could fill
    persons: Sequence[str]
    member_start: Longs
    member_request: Ints
    member_practice: Ints  # -1: none
    member_frees: Flags
    wish_start: Longs
    wish_request: Ints
    wish_practice: Ints
    wish_demand: Ints
    wish_row: Ints
    unit_start: Longs
    unit_practice: Ints
    unit_count: Ints
    capacity: Longs

    @property
    def has_households(self) -> bool:
        """Whether any request has more than one person."""
        return len(self.persons) > len(self.requests)


def _places_in_order(column: Column[int]) -> Ints:
    """The place of each distinct number among all, however large they are."""
    place = {value: number for number, value in enumerate(sorted(column.values))}
    return np.fromiter((place[value] for value in column.values), np.int32, len(place))


def queue_order(requests: RequestTable, seed: str) -> Longs:
    """Rows of the requests by (priority, since, lot); the lot is SHA-256 of ``SEED:REQUEST``."""
    names, moments = text_column_of(requests.request), text_column_of(requests.since)
    priorities = column_of(requests.priority)
    lots = digests(f"{seed}:", names.texts)
    since, priority = ranks_of(moments.texts), _places_in_order(priorities)
    order = np.argsort(lots[0, names.codes]).astype(np.int32)
    order = dealt(dealt(order, moments.codes, since), priorities.codes, priority)
    first = lots[0, names.codes[order]]
    if np.any(first[1:] == first[:-1]):
        by = (*lots[::-1, names.codes], since[moments.codes], priority[priorities.codes])
        return np.lexsort(by).astype(np.int64)
    return order.astype(np.int64)


@dataclass(frozen=True)
class _Numbering:
    """What stands for whom: by the code of a request its place in the queue, by that of a practice its place
    among the sorted ones; -1 for what is neither, which is also what the code -1 stands for."""

    request_texts: Texts
    position: Ints
    practice_texts: Texts
    practice: Ints

    def requests(self, column: Sequence[str]) -> Ints:
        """Places in the queue of the requests in a column."""
        return self.position[codes_in(text_column_of(column), self.request_texts)]

    def practices(self, column: Sequence[str]) -> Ints:
        """Places among the sorted practices of those in a column; -1: none."""
        return self.practice[codes_in(text_column_of(column), self.practice_texts)]


def _numbered(codes: Ints, texts: Texts) -> Ints:
    numbers = np.full(len(texts) + 1, -1, np.int32)
    numbers[codes] = np.arange(len(codes), dtype=np.int32)
    return numbers


def _sorted(practices: TextColumn) -> Ints:
    """The codes of the practices, by the bytes of their ids."""
    is_one = np.zeros(len(practices.texts), np.bool_)
    is_one[practices.codes] = True
    order = order_of(practices.texts)
    return order[is_one[order]].astype(np.int32)


def _member_rows(members: MemberTable, owner: Ints, requests: int) -> Ints:
    """Rows of the members by request and person."""
    rows = np.arange(len(owner), dtype=np.int32)
    if len(owner) > requests:
        persons = text_column_of(members.person)
        rows = dealt(rows, persons.codes, ranks_of(persons.texts))
    return dealt(rows, owner, np.arange(requests, dtype=np.int32))


def build_problem(tables: Tables, seed: str) -> Problem:
    """Turn a sound input into integers; every id in it is known and nothing is there twice."""
    request_row = queue_order(tables.requests, seed)
    names, all_practices = text_column_of(tables.requests.request), text_column_of(tables.practices.practice)
    requests = names.taken(names.codes[request_row])
    by_id = _sorted(all_practices)
    practices = [all_practices.texts[code] for code in by_id.tolist()]
    numbering = _Numbering(
        names.texts,
        _numbered(requests.codes, names.texts),
        all_practices.texts,
        _numbered(by_id, all_practices.texts),
    )
    members = tables.members
    total = len(members.person)

    places = np.zeros(len(practices), np.int64)
    swaps = np.zeros(len(practices), np.bool_)
    at = numbering.practice[all_practices.codes]
    places[at] = [min(number, total + 1) for number in tables.practices.places]
    swaps[at] = list(tables.practices.swaps)

    owner = numbering.requests(members.request)
    rows = _member_rows(members, owner, len(requests))
    present = numbering.practices(members.practice)[rows]
    trades = column_of(members.trades)
    frees = np.array(trades.values, np.bool_)[trades.codes[rows]] & (present >= 0)
    frees[frees] = swaps[present[frees]]
    owner = owner[rows]
    member_start = starts_of(owner, len(requests))

    unit_key, unit_count = np.unique(
        owner[frees].astype(np.int64) * len(practices) + present[frees], return_counts=True
    )
    unit_request = (unit_key // max(len(practices), 1)).astype(np.int32)

    wish_request, wish_practice, wish_row = _remaining_wishes(
        tables.wishes, numbering, owner, present, member_start
    )
    demand = _demand(len(practices), owner, present, frees, member_start, wish_request, wish_practice)
    persons = text_column_of(members.person)
    return Problem(
        requests=requests,
        request_row=request_row,
        practices=practices,
        places=places,
        persons=persons.taken(persons.codes[rows]),
        member_start=member_start,
        member_request=owner,
        member_practice=present,
        member_frees=frees,
        wish_start=starts_of(wish_request, len(requests)),
        wish_request=wish_request,
        wish_practice=wish_practice,
        wish_demand=demand,
        wish_row=wish_row,
        unit_start=starts_of(unit_request, len(requests)),
        unit_practice=(unit_key % max(len(practices), 1)).astype(np.int32),
        unit_count=unit_count.astype(np.int32),
        capacity=places + np.bincount(present[frees], minlength=len(practices)),
    )


@compiled
def _remains(request: Ints, practice: Ints, home: Ints) -> Flags:
    """Which wishes, by request and rank, stand before the one where all members already are."""
    remains = np.empty(len(request), np.bool_)
    passed = -1
    for wish in range(len(request)):
        if practice[wish] == home[request[wish]]:
            passed = request[wish]
        remains[wish] = passed != request[wish]
    return remains


def _remaining_wishes(
    wishes: WishTable, numbering: _Numbering, owner: Ints, present: Ints, member_start: Longs
) -> tuple[Ints, Ints, Ints]:
    """Wishes by request and rank, without the one where all members already are and those below it."""
    home = present[member_start[:-1]]
    home[owner[present != home[owner]]] = -1
    ranks = column_of(wishes.rank)
    request, practice = numbering.requests(wishes.request), numbering.practices(wishes.practice)
    rows = dealt(np.arange(len(request), dtype=np.int32), ranks.codes, _places_in_order(ranks))
    rows = dealt(rows, request, np.arange(len(home), dtype=np.int32))
    request, practice = request[rows], practice[rows]
    remains = _remains(request, practice, home)
    return request[remains], practice[remains], rows[remains]


def _demand(
    practices: int,
    owner: Ints,
    present: Ints,
    frees: Flags,
    member_start: Longs,
    wish_request: Ints,
    wish_practice: Ints,
) -> Ints:
    """All members, less those who are at the wished practice and would free nothing by leaving it."""
    demand = np.diff(member_start).astype(np.int32)[wish_request]
    fixed = (present >= 0) & ~frees
    if len(member_start) - 1 == len(owner) or not fixed.any():
        return demand
    key, count = np.unique(owner[fixed].astype(np.int64) * practices + present[fixed], return_counts=True)
    wished = wish_request.astype(np.int64) * practices + wish_practice
    at = np.minimum(np.searchsorted(key, wished), len(key) - 1)
    return np.where(key[at] == wished, demand - count[at], demand).astype(np.int32)
