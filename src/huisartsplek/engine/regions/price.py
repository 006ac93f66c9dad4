# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The price of regional-first: where everybody ends, beside their national floor and one national round at once.

A *step* is one place further down among the wishes of a request that remain after dropping; ending with none of
them is one step below the last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huisartsplek.engine import csvtext, values
from huisartsplek.engine.regions.phases import Wishes
from huisartsplek.engine.results import OutcomeTable

REGIONAL, NATIONAL = "region", "country"


@dataclass(frozen=True)
class End:
    """Where one request ends: in which phase it moved ("" in none), and what it is to be compared with."""

    request: str
    region: str
    persons: int
    phase: str
    practice: str
    rank: int | None
    queue_rank: int | None  # its floor in one national round
    at_once_rank: int | None
    steps: int  # below that floor
    compared: int  # steps by which it is better off than at once; negative: worse off


@dataclass
class Totals:
    """Persons placed and requests better or worse off, for one region or for all."""

    requests: int = 0
    persons: int = 0
    placed_in_region: int = 0
    placed_in_country: int = 0
    placed_at_once: int = 0
    better: int = 0
    worse: int = 0
    below_floor: int = 0
    steps_below: int = 0

    def add(self, end: End) -> None:
        """Count one request in."""
        self.requests += 1
        self.persons += end.persons
        self.placed_in_region += end.persons if end.phase == REGIONAL else 0
        self.placed_in_country += end.persons if end.phase == NATIONAL else 0
        self.placed_at_once += end.persons if end.at_once_rank is not None else 0
        self.better += end.compared > 0
        self.worse += end.compared < 0
        self.below_floor += end.steps > 0
        self.steps_below += end.steps


COLUMNS = tuple(Totals.__dataclass_fields__)


def ends_of(
    wishes: Wishes,
    region_of: Mapping[str, str],
    persons: Mapping[str, int],
    *,
    regional: Iterable[OutcomeTable],
    national: OutcomeTable,
    at_once: OutcomeTable,
) -> list[End]:
    """One for each request: the regional outcome of who moved there, the national one of all others."""
    reached: dict[str, tuple[str, str, int | None]] = {}
    for phase, outcomes in [*((REGIONAL, table) for table in regional), (NATIONAL, national)]:
        for request, practice, rank in zip(outcomes.request, outcomes.practice, outcomes.rank, strict=True):
            if phase == NATIONAL or rank is not None:
                reached[request] = (phase if rank is not None else "", practice, rank)
    ends = []
    for request, floor, at_once_rank in zip(at_once.request, at_once.queue_rank, at_once.rank, strict=True):
        phase, practice, rank = reached[request]
        ranks = [wished for wished, _ in wishes.remaining[request]]
        got, least, instead = (
            len(ranks) if wished is None else ranks.index(wished) for wished in (rank, floor, at_once_rank)
        )
        ends.append(
            End(
                request,
                region_of[request],
                persons[request],
                phase,
                practice,
                rank,
                floor,
                at_once_rank,
                max(0, got - least),
                instead - got,
            )
        )
    return ends


def totals_by_region(ends: Iterable[End], regions: Iterable[str]) -> tuple[dict[str, Totals], Totals]:
    """The totals of each region, of no region where there is such a request, and of all."""
    totals = {region: Totals() for region in regions}
    whole = Totals()
    for end in ends:
        totals.setdefault(end.region, Totals()).add(end)
        whole.add(end)
    return totals, whole


def render_ends(ends: list[End]) -> bytes:
    """The finished `ends.csv`."""
    return csvtext.render(
        ("request", "region", "phase", "practice", "rank", "queue_rank", "at_once_rank", "steps_below"),
        (
            [end.request for end in ends],
            [end.region for end in ends],
            [end.phase for end in ends],
            [end.practice for end in ends],
            values.decimals([end.rank for end in ends]),
            values.decimals([end.queue_rank for end in ends]),
            values.decimals([end.at_once_rank for end in ends]),
            [str(end.steps) for end in ends],
        ),
    )


def render_regions(totals: Mapping[str, Totals], directories: Mapping[str, str]) -> bytes:
    """The finished `regions.csv`; `directories` says where the round of each region stands."""
    return csvtext.render(
        ("region", "directory", *COLUMNS),
        (
            list(totals),
            [directories.get(region, "") for region in totals],
            *([str(getattr(total, column)) for total in totals.values()] for column in COLUMNS),
        ),
    )
