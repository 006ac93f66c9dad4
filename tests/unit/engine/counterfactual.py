# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same round but for one thing: to see whether what was said about it comes true."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable

LATE = "2025-01-01T00:00:00.000000Z"
LAST = 10**6


@dataclass(frozen=True)
class Newcomer:
    """Somebody added behind everybody else: present at one practice, wishing another."""

    name: str
    present: str
    wish: str


def change(
    tables: Tables,
    *,
    more_places: Mapping[str, int] | None = None,
    new_practices: Sequence[str] = (),
    swapping: Sequence[str] = (),
    added: Newcomer | None = None,
    present: Mapping[str, str] | None = None,
    last_wish: tuple[str, str] | None = None,
    order: Sequence[str] | None = None,
) -> Tables:
    """The tables with these changes; `present` moves one-person requests and lets their place be traded."""
    practices, requests, members, wishes = tables.practices, tables.requests, tables.members, tables.wishes
    names = [*practices.practice, *new_practices]
    places = [*practices.places, *(0 for _ in new_practices)]
    swaps = [*practices.swaps, *(True for _ in new_practices)]
    more, now = more_places or {}, present or {}
    wished = list(zip(wishes.request, wishes.rank, wishes.practice, strict=True))
    people = [
        (person, request, now.get(request, where), trades or request in now)
        for person, request, where, trades in zip(
            members.person, members.request, members.practice, members.trades, strict=True
        )
    ]
    queue = list(zip(requests.request, requests.priority, requests.since, strict=True))
    if order is not None:
        queue = [(name, place, LATE) for place, name in enumerate(order)]
    if added is not None:
        queue.append((added.name, LAST, LATE))
        people.append((added.name, added.name, added.present, True))
        wished.append((added.name, 1, added.wish))
    if last_wish is not None:
        wished.append((last_wish[0], LAST, last_wish[1]))
    return Tables(
        PracticeTable(
            names,
            [count + more.get(name, 0) for name, count in zip(names, places, strict=True)],
            [does or name in swapping for name, does in zip(names, swaps, strict=True)],
            ["" for _ in names],
        ),
        RequestTable([row[0] for row in queue], [row[1] for row in queue], [row[2] for row in queue]),
        MemberTable(
            [row[0] for row in people],
            [row[1] for row in people],
            [row[2] for row in people],
            [row[3] for row in people],
        ),
        WishTable([row[0] for row in wished], [row[1] for row in wished], [row[2] for row in wished]),
    )


def none_trade(tables: Tables) -> Tables:
    """The same round in which no present place comes free."""
    members = tables.members
    return Tables(
        tables.practices,
        tables.requests,
        MemberTable(members.person, members.request, members.practice, [False for _ in members.person]),
        tables.wishes,
    )
