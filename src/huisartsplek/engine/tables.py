# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The four tables of a round, column by column, with every value in its normalised form.

A row is one index into all lists of a table. Rows stand in the order they were given; nothing that is
decided may depend on it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class PracticeTable:
    """Practices: the places each takes on top of those that leavers free, and whether it swaps."""

    practice: list[str]
    places: list[int]
    swaps: list[bool]
    region: list[str]


@dataclass(frozen=True)
class RequestTable:
    """Requests with what puts them in queue order; `since` as ``YYYY-MM-DDTHH:MM:SS.ffffffZ``."""

    request: list[str]
    priority: list[int]
    since: list[str]


@dataclass(frozen=True)
class MemberTable:
    """The people of each request, the practice each has now ("" for none), and whether it may trade."""

    person: list[str]
    request: list[str]
    practice: list[str]
    trades: list[bool]


@dataclass(frozen=True)
class WishTable:
    """What each request wants; rank 1 is wanted most, ranks may have gaps."""

    request: list[str]
    rank: list[int]
    practice: list[str]


@dataclass(frozen=True)
class Tables:
    """The whole input of one round."""

    practices: PracticeTable
    requests: RequestTable
    members: MemberTable
    wishes: WishTable
