# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round's input as integers, the way the verifier sees it.

Requests are numbered in queue order (0 goes first), persons by their request, wishes by request and rank;
only wishes that remain after dropping are kept. So a smaller number is earlier in the queue, and of two
wishes of one request the smaller number is wanted more.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huisartsplek.engine.tables import Tables

NONE = -1

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Market:
    """The round in integers; `NONE` stands for no practice, and elsewhere for no wish."""

    practices: list[str]
    places: list[int]
    requests: list[str]
    persons: list[str]
    request_of: list[int]  # person -> request
    present: list[int]  # person -> practice
    frees: list[bool]  # person -> whether leaving frees a place
    first_member: list[int]  # request -> its first person; one entry more than there are requests
    first_wish: list[int]  # request -> its first wish; one entry more than there are requests
    wish_practice: list[int]
    wish_rank: list[int]  # as given in the input
    capacity: list[int]  # practice -> places and the present members whose place would be freed

    @property
    def one_person_each(self) -> bool:
        """Whether no request is a household."""
        return len(self.persons) == len(self.requests)

    def members(self, request: int) -> range:
        """The persons of a request."""
        return range(self.first_member[request], self.first_member[request + 1])

    def wishes(self, request: int) -> range:
        """The remaining wishes of a request, most wanted first."""
        return range(self.first_wish[request], self.first_wish[request + 1])


def build_market(tables: Tables, seed: str) -> Market:
    """Number everything by the queue order that this seed's lots give."""
    practice_number = {name: number for number, name in enumerate(tables.practices.practice)}
    requests = queue_order(tables, seed)
    request_number = {name: number for number, name in enumerate(requests)}

    membership = _int64([request_number[name] for name in tables.members.request])
    order = np.argsort(membership, kind="stable").tolist()
    request_of = membership[order].tolist()
    names, present_names, trades = (
        list(tables.members.person),
        list(tables.members.practice),
        list(tables.members.trades),
    )
    persons = [names[row] for row in order]
    present = [practice_number[name] if name else NONE for name in map(present_names.__getitem__, order)]
    swaps = list(tables.practices.swaps)
    frees = [
        trades[row] and practice != NONE and swaps[practice] for row, practice in zip(order, present, strict=True)
    ]
    first_member = np.searchsorted(request_of, np.arange(len(requests) + 1)).tolist()
    capacity = list(tables.practices.places)
    for practice, freed in zip(present, frees, strict=True):
        if freed:
            capacity[practice] += 1

    homes = [_home(present, first_member[request], first_member[request + 1]) for request in range(len(requests))]
    first_wish, wish_practice, wish_rank = _remaining_wishes(tables, request_number, practice_number, homes)
    return Market(
        practices=list(tables.practices.practice),
        places=list(tables.practices.places),
        requests=requests,
        persons=persons,
        request_of=request_of,
        present=present,
        frees=frees,
        first_member=first_member,
        first_wish=first_wish,
        wish_practice=wish_practice,
        wish_rank=wish_rank,
        capacity=capacity,
    )


def queue_order(tables: Tables, seed: str) -> list[str]:
    """All requests by priority, then since, then lot."""
    table = tables.requests
    lots = b"".join(hashlib.sha256(f"{seed}:{request}".encode()).digest() for request in table.request)
    # Hex sorts as the bytes do, and those as four numbers with the first byte weighing most.
    lot = np.frombuffer(lots, dtype=">u8").reshape(-1, 4).astype(np.uint64)
    moments = {since: number for number, since in enumerate(sorted(set(table.since)))}
    since = _int64([moments[since] for since in table.since])
    priority = _int64(_dense(list(table.priority)))
    order = np.lexsort((lot[:, 3], lot[:, 2], lot[:, 1], lot[:, 0], since, priority))
    names = list(table.request)
    return [names[row] for row in order.tolist()]


def _home(present: list[int], first: int, end: int) -> int:
    """The practice where all members already are."""
    home = present[first]
    return home if all(present[person] == home for person in range(first + 1, end)) else NONE


def _remaining_wishes(
    tables: Tables, request_number: dict[str, int], practice_number: dict[str, int], homes: list[int]
) -> tuple[list[int], list[int], list[int]]:
    """Wishes by request and rank, cut before the practice where all members already are."""
    table = tables.wishes
    request = _int64([request_number[name] for name in table.request])
    practice = _int64([practice_number[name] for name in table.practice])
    order = np.lexsort((_int64(_dense(list(table.rank))), request))
    request, practice = request[order], practice[order]
    position = np.arange(len(order), dtype=np.int64)

    cut = np.full(len(homes), len(order), dtype=np.int64)
    at_home = practice == _int64(homes)[request]
    np.minimum.at(cut, request[at_home], position[at_home])
    kept = position < cut[request]

    first_wish = np.searchsorted(request[kept], np.arange(len(homes) + 1)).tolist()
    all_ranks = list(table.rank)
    ranks = [all_ranks[row] for row in order[kept].tolist()]
    return first_wish, practice[kept].tolist(), ranks


def _dense(values: list[int]) -> list[int]:
    """The same order in numbers that fit a machine word: the contract sets no largest rank or priority."""
    if not values or max(map(abs, values)) < 2**62:
        return values
    place = {value: number for number, value in enumerate(sorted(set(values)))}
    return [place[value] for value in values]


def _int64(values: list[int]) -> IntArray:
    return np.array(values, dtype=np.int64)
