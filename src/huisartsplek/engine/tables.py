# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The four tables of a round, column by column, with every value in its normalised form.

A row is one index into all columns of a table. Rows stand in the order they were given; nothing that is
decided may depend on it. Columns may be given as lists and read as such; they are held as `Column`s, each
distinct value once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from huisartsplek.engine.columns import column_of, text_column_of


def _hold(table: object, *, texts: Sequence[str], others: Sequence[str] = ()) -> None:
    """Put the columns of a table that has just been made in their held form."""
    for name in texts:
        object.__setattr__(table, name, text_column_of(getattr(table, name)))
    for name in others:
        object.__setattr__(table, name, column_of(getattr(table, name)))


@dataclass(frozen=True)
class PracticeTable:
    """Practices: the places each takes on top of those that leavers free, and whether it swaps."""

    practice: Sequence[str]
    places: Sequence[int]
    swaps: Sequence[bool]
    region: Sequence[str]

    def __post_init__(self) -> None:
        _hold(self, texts=("practice", "region"), others=("places", "swaps"))


@dataclass(frozen=True)
class RequestTable:
    """Requests with what puts them in queue order; `since` as ``YYYY-MM-DDTHH:MM:SS.ffffffZ``."""

    request: Sequence[str]
    priority: Sequence[int]
    since: Sequence[str]

    def __post_init__(self) -> None:
        _hold(self, texts=("request", "since"), others=("priority",))


@dataclass(frozen=True)
class MemberTable:
    """The people of each request, the practice each has now ("" for none), and whether it may trade."""

    person: Sequence[str]
    request: Sequence[str]
    practice: Sequence[str]
    trades: Sequence[bool]

    def __post_init__(self) -> None:
        _hold(self, texts=("person", "request", "practice"), others=("trades",))


@dataclass(frozen=True)
class WishTable:
    """What each request wants; rank 1 is wanted most, ranks may have gaps."""

    request: Sequence[str]
    rank: Sequence[int]
    practice: Sequence[str]

    def __post_init__(self) -> None:
        _hold(self, texts=("request", "practice"), others=("rank",))


@dataclass(frozen=True)
class Tables:
    """The whole input of one round."""

    practices: PracticeTable
    requests: RequestTable
    members: MemberTable
    wishes: WishTable


@dataclass(frozen=True)
class ReserveTable:
    """Places that go first to newcomers of a priority class; one row for each practice and class.

    The class of a request is half its priority, rounded down: priorities 2 and 3 are class 1, the people whom no
    practice has.
    """

    practice: Sequence[str]
    of_class: Sequence[int]
    places: Sequence[int]
