# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round as integers: requests numbered in queue order, practices by id, wishes in order of rank.

Nothing here depends on the order of the rows. Shapes: R requests, P practices, M members, W wishes that remain.
Cost: O((R + M + W) log) for the sorting.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from huisartsplek.engine.compiled import Flags, Ints, Longs
from huisartsplek.engine.tables import RequestTable, Tables


@dataclass(frozen=True)
class Problem:
    """What a mechanism decides upon. `…_start` arrays have one entry more than rows: row i is [i], [i + 1).

    A *unit* is a place that comes free when the request goes elsewhere: of a member whose practice swaps and
    who trades. The *demand* of a wish is the places it takes there inside the capacity: one for each member who
    arrives, and the units of those who are there already.
    """

    requests: list[str]
    request_row: Longs
    practices: list[str]
    places: Longs  # no more than all members together could fill
    persons: list[str]
    member_start: Longs
    member_request: Ints
    member_practice: Ints  # -1: none
    member_frees: Flags
    wish_start: Longs
    wish_request: Ints
    wish_practice: Ints
    wish_demand: Ints
    wish_row: Longs
    unit_start: Longs
    unit_practice: Ints
    unit_count: Ints
    capacity: Longs

    @property
    def has_households(self) -> bool:
        """Whether any request has more than one person."""
        return len(self.persons) > len(self.requests)


def _codes(values: Sequence[int]) -> Longs:
    """Whole numbers of any size as 64-bit ones in the same order."""
    try:
        return np.fromiter(values, np.int64, len(values))
    except OverflowError:
        code = {value: number for number, value in enumerate(sorted(set(values)))}
        return np.fromiter((code[value] for value in values), np.int64, len(values))


def queue_order(requests: RequestTable, seed: str) -> Longs:
    """Rows of the requests by (priority, since, lot); the lot is SHA-256 of ``SEED:REQUEST``."""
    count = len(requests.request)
    prefix = f"{seed}:".encode()
    lots = [hashlib.sha256(prefix + name.encode()).digest() for name in requests.request]
    words = np.frombuffer(b"".join(lots), ">u8").reshape(count, 4).astype(np.uint64)
    moments = {text: number for number, text in enumerate(sorted(set(requests.since)))}
    since = np.fromiter((moments[text] for text in requests.since), np.int64, count)
    priority = _codes(requests.priority)
    order = np.lexsort((words[:, 0], since, priority))
    first, then, last = words[order, 0], since[order], priority[order]
    if np.any((first[1:] == first[:-1]) & (then[1:] == then[:-1]) & (last[1:] == last[:-1])):
        order = np.lexsort((words[:, 3], words[:, 2], words[:, 1], words[:, 0], since, priority))
    return order.astype(np.int64)


def _starts(owner: Ints, count: int) -> Longs:
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=count), out=starts[1:])
    return starts


def build_problem(tables: Tables, seed: str) -> Problem:
    """Turn a sound input into integers; every id in it is known and nothing is there twice."""
    request_row = queue_order(tables.requests, seed)
    names = tables.requests.request
    requests = [names[row] for row in request_row.tolist()]
    position = {name: number for number, name in enumerate(requests)}
    practices = sorted(tables.practices.practice)
    practice_at = {name: number for number, name in enumerate(practices)}
    members = tables.members
    total = len(members.person)

    places = np.zeros(len(practices), np.int64)
    swaps = np.zeros(len(practices), np.bool_)
    for name, number, does in zip(
        tables.practices.practice, tables.practices.places, tables.practices.swaps, strict=True
    ):
        places[practice_at[name]] = min(number, total + 1)
        swaps[practice_at[name]] = does

    owner = np.fromiter(map(position.__getitem__, members.request), np.int32, total)
    if total > len(requests):
        rows = np.fromiter(sorted(range(total), key=lambda row: (owner[row], members.person[row])), np.int64)
    else:
        rows = np.argsort(owner, kind="stable").astype(np.int64)
    present_at = {**practice_at, "": -1}
    present = np.fromiter(map(present_at.__getitem__, members.practice), np.int32, total)[rows]
    trades = np.fromiter(members.trades, np.bool_, total)[rows]
    frees = trades & (present >= 0)
    frees[frees] = swaps[present[frees]]
    owner = owner[rows]
    member_start = _starts(owner, len(requests))

    unit_key, unit_count = np.unique(
        owner[frees].astype(np.int64) * len(practices) + present[frees], return_counts=True
    )
    unit_request = (unit_key // max(len(practices), 1)).astype(np.int32)

    wish_request, wish_practice, wish_row = _remaining_wishes(
        tables, position, practice_at, owner, present, member_start
    )
    demand = _demand(len(practices), owner, present, frees, member_start, wish_request, wish_practice)
    return Problem(
        requests=requests,
        request_row=request_row,
        practices=practices,
        places=places,
        persons=[members.person[row] for row in rows.tolist()],
        member_start=member_start,
        member_request=owner,
        member_practice=present,
        member_frees=frees,
        wish_start=_starts(wish_request, len(requests)),
        wish_request=wish_request,
        wish_practice=wish_practice,
        wish_demand=demand,
        wish_row=wish_row,
        unit_start=_starts(unit_request, len(requests)),
        unit_practice=(unit_key % max(len(practices), 1)).astype(np.int32),
        unit_count=unit_count.astype(np.int32),
        capacity=places + np.bincount(present[frees], minlength=len(practices)),
    )


def _remaining_wishes(
    tables: Tables,
    position: dict[str, int],
    practice_at: dict[str, int],
    owner: Ints,
    present: Ints,
    member_start: Longs,
) -> tuple[Ints, Ints, Longs]:
    """Wishes by request and rank, without the one where all members already are and those below it."""
    wishes = tables.wishes
    count = len(wishes.request)
    request = np.fromiter(map(position.__getitem__, wishes.request), np.int32, count)
    practice = np.fromiter(map(practice_at.__getitem__, wishes.practice), np.int32, count)
    rows = np.lexsort((_codes(wishes.rank), request)).astype(np.int64)
    request, practice = request[rows], practice[rows]
    home = present[member_start[:-1]]
    home[owner[present != home[owner]]] = -1
    stays = practice == home[request]
    passed = np.cumsum(stays)
    start = _starts(request, len(position))
    before = np.concatenate((np.zeros(1, np.int64), passed))[start[:-1]]
    remains = passed == before[request]
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
    demand = np.diff(member_start)[wish_request].astype(np.int32)
    fixed = (present >= 0) & ~frees
    if len(member_start) - 1 == len(owner) or not fixed.any():
        return demand
    key, count = np.unique(owner[fixed].astype(np.int64) * practices + present[fixed], return_counts=True)
    wished = wish_request.astype(np.int64) * practices + wish_practice
    at = np.minimum(np.searchsorted(key, wished), len(key) - 1)
    return np.where(key[at] == wished, demand - count[at], demand).astype(np.int32)
