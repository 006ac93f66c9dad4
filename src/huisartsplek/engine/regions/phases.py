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
    regions = regions_in(tables)
    lies_in = dict(zip(tables.practices.practice, tables.practices.region, strict=True))
    requests = _rows_by(regions, (region_of[request] for request in tables.requests.request))
    members = _rows_by(regions, (region_of[request] for request in tables.members.request))
    own = _rows_by(regions, tables.practices.region)
    practice_row = {name: row for row, name in enumerate(tables.practices.practice)}
    present = list(tables.members.practice)
    inputs = {}
    for region in regions:
        here = {present[row] for row in members[region]} - {""}
        elsewhere = sorted(practice_row[name] for name in here if lies_in[name] != region)
        inputs[region] = Tables(
            _practices(
                tables.practices,
                own[region] + elsewhere,
                [*_taken(tables.practices.places, own[region]), *[0] * len(elsewhere)],
            ),
            _requests(tables.requests, requests[region]),
            _members(tables.members, members[region]),
            _wishes(
                (request, rank, practice)
                for request in _taken(tables.requests.request, requests[region])
                for rank, practice in wishes.remaining[request]
                if lies_in[practice] == region
            ),
        )
    return inputs


def national_input(tables: Tables, wishes: Wishes, results: Iterable[RoundResult]) -> Tables:
    """The tables of the national round: everybody who has not moved, and the places that are now free."""
    swaps = dict(zip(tables.practices.practice, tables.practices.swaps, strict=True))
    trades = dict(zip(tables.members.person, tables.members.trades, strict=True))
    change: Counter[str] = Counter()
    done: set[str] = set()
    for result in results:
        moves = result.moves
        for person, request, from_, to in zip(moves.person, moves.request, moves.from_, moves.to, strict=True):
            done.add(request)
            change[to] -= 1
            if from_ and swaps[from_] and trades[person]:
                change[from_] += 1
    return Tables(
        _practices(
            tables.practices,
            range(len(tables.practices.practice)),
            [
                places + change[practice]
                for practice, places in zip(tables.practices.practice, tables.practices.places, strict=True)
            ],
        ),
        _requests(tables.requests, _rows_without(tables.requests.request, done)),
        _members(tables.members, _rows_without(tables.members.request, done)),
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


def _practices(table: PracticeTable, rows: Sequence[int], places: Sequence[int]) -> PracticeTable:
    return PracticeTable(
        _taken(table.practice, rows), places, _taken(table.swaps, rows), _taken(table.region, rows)
    )


def _requests(table: RequestTable, rows: Sequence[int]) -> RequestTable:
    return RequestTable(_taken(table.request, rows), _taken(table.priority, rows), _taken(table.since, rows))


def _members(table: MemberTable, rows: Sequence[int]) -> MemberTable:
    return MemberTable(
        _taken(table.person, rows),
        _taken(table.request, rows),
        _taken(table.practice, rows),
        _taken(table.trades, rows),
    )


def _wishes(rows: Iterable[tuple[str, int, str]]) -> WishTable:
    kept = list(rows)
    return WishTable(
        [request for request, _, _ in kept], [rank for _, rank, _ in kept], [practice for _, _, practice in kept]
    )
