# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The input of each phase: what a region's own round sees, and what is left of the whole for the country.

The region of a request is that of the practice it wishes for first. In its region's round it has the wishes that
lie there, under the ranks they have in the whole; the others are passed over, not dropped. Who moves there is done:
the national round is among all others, with all their wishes. Its places are those of the input, less the arrivals
and plus the places freed in the regional rounds.

Cost: one look at every row, whatever the number of regions.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from huisartsplek.engine.results import RoundResult
from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable

Value = TypeVar("Value")


@dataclass(frozen=True)
class _Listed:
    """The columns of practices, requests and members as plain lists, out of which rows are taken one by one."""

    practice: list[str]
    places: list[int]
    swaps: list[bool]
    region: list[str]
    request: list[str]
    priority: list[int]
    since: list[str]
    person: list[str]
    of_request: list[str]
    present: list[str]
    trades: list[bool]

    @classmethod
    def of(cls, tables: Tables) -> "_Listed":
        """All of them, once."""
        practices, requests, members = tables.practices, tables.requests, tables.members
        return cls(
            practice=list(practices.practice),
            places=list(practices.places),
            swaps=list(practices.swaps),
            region=list(practices.region),
            request=list(requests.request),
            priority=list(requests.priority),
            since=list(requests.since),
            person=list(members.person),
            of_request=list(members.request),
            present=list(members.practice),
            trades=list(members.trades),
        )


@dataclass(frozen=True)
class Wishes:
    """Per request its wishes by rank, as (rank, practice): all of them, and those that remain after dropping."""

    all_of: dict[str, list[tuple[int, str]]]
    remaining: dict[str, list[tuple[int, str]]]


def read_wishes(tables: Tables) -> Wishes:
    """Order everybody's wishes, and drop the one where all members already are and those below it."""
    all_of: dict[str, list[tuple[int, str]]] = {request: [] for request in tables.requests.request}
    wishes = tables.wishes
    for request, rank, practice in zip(wishes.request, wishes.rank, wishes.practice, strict=True):
        all_of[request].append((rank, practice))
    homes: dict[str, set[str]] = defaultdict(set)
    for request, practice in zip(tables.members.request, tables.members.practice, strict=True):
        homes[request].add(practice)
    remaining = {}
    for request, wished in all_of.items():
        wished.sort()
        home = next(iter(homes[request])) if len(homes[request]) == 1 else ""
        names = [practice for _, practice in wished]
        remaining[request] = wished[: names.index(home)] if home in names else wished
    return Wishes(all_of, remaining)


def regions_in(tables: Tables) -> list[str]:
    """The regions that practices name, in text order; a practice without one lies in none."""
    return sorted(set(tables.practices.region) - {""})


def region_of_requests(tables: Tables, wishes: Wishes) -> dict[str, str]:
    """Each request's region: that of its first wish; "" without wishes, or where that practice lies in none."""
    region = dict(zip(tables.practices.practice, tables.practices.region, strict=True))
    return {request: region[wished[0][1]] if wished else "" for request, wished in wishes.all_of.items()}


def regional_inputs(tables: Tables, wishes: Wishes, region_of: dict[str, str]) -> dict[str, Tables]:
    """For each region, in text order, the tables of its own round.

    They hold the region's practices, the requests whose region it is, the wishes that remain and lie there, and
    the practices elsewhere where a member is now: these have no places, so nobody comes there.
    """
    listed = _Listed.of(tables)
    regions = regions_in(tables)
    lies_in = dict(zip(listed.practice, listed.region, strict=True))
    requests = _rows_by(regions, (region_of[request] for request in listed.request))
    members = _rows_by(regions, (region_of[request] for request in listed.of_request))
    own = _rows_by(regions, listed.region)
    practice_row = {name: row for row, name in enumerate(listed.practice)}
    inputs = {}
    for region in regions:
        here = set(_taken(listed.present, members[region])) - {""}
        elsewhere = sorted(practice_row[name] for name in here if lies_in[name] != region)
        inputs[region] = Tables(
            _practices(
                listed, own[region] + elsewhere, [*_taken(listed.places, own[region]), *[0] * len(elsewhere)]
            ),
            _requests(listed, requests[region]),
            _members(listed, members[region]),
            _wishes(
                (request, rank, practice)
                for request in _taken(listed.request, requests[region])
                for rank, practice in wishes.remaining[request]
                if lies_in[practice] == region
            ),
        )
    return inputs


def national_input(tables: Tables, wishes: Wishes, results: Iterable[RoundResult]) -> Tables:
    """The tables of the national round: everybody who has not moved, and the places that are now free."""
    listed = _Listed.of(tables)
    swaps = dict(zip(listed.practice, listed.swaps, strict=True))
    trades = dict(zip(listed.person, listed.trades, strict=True))
    change: Counter[str] = Counter()
    done: set[str] = set()
    for result in results:
        moves = result.moves
        for person, request, from_, to in zip(moves.person, moves.request, moves.from_, moves.to, strict=True):
            done.add(request)
            change[to] -= 1
            if from_ and swaps[from_] and trades[person]:
                change[from_] += 1
    places = [number + change[name] for name, number in zip(listed.practice, listed.places, strict=True)]
    return Tables(
        _practices(listed, range(len(places)), places),
        _requests(listed, _rows_without(listed.request, done)),
        _members(listed, _rows_without(listed.of_request, done)),
        _wishes(
            (request, rank, practice)
            for request, wished in wishes.all_of.items()
            if request not in done
            for rank, practice in wished
        ),
    )


def _rows_by(regions: Sequence[str], region_of_row: Iterable[str]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {region: [] for region in regions}
    for row, region in enumerate(region_of_row):
        if region:
            rows[region].append(row)
    return rows


def _rows_without(requests: Sequence[str], done: Collection[str]) -> list[int]:
    return [row for row, request in enumerate(requests) if request not in done]


def _taken(column: Sequence[Value], rows: Sequence[int]) -> list[Value]:
    return [column[row] for row in rows]


def _practices(listed: _Listed, rows: Sequence[int], places: Sequence[int]) -> PracticeTable:
    return PracticeTable(
        _taken(listed.practice, rows), places, _taken(listed.swaps, rows), _taken(listed.region, rows)
    )


def _requests(listed: _Listed, rows: Sequence[int]) -> RequestTable:
    return RequestTable(_taken(listed.request, rows), _taken(listed.priority, rows), _taken(listed.since, rows))


def _members(listed: _Listed, rows: Sequence[int]) -> MemberTable:
    return MemberTable(
        _taken(listed.person, rows),
        _taken(listed.of_request, rows),
        _taken(listed.present, rows),
        _taken(listed.trades, rows),
    )


def _wishes(rows: Iterable[tuple[str, int, str]]) -> WishTable:
    kept = list(rows)
    return WishTable(
        [request for request, _, _ in kept], [rank for _, rank, _ in kept], [practice for _, _, practice in kept]
    )
