# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What practices take: open, under conditions or closed, in the shares that a count of 1,145 practices found.

The shares are of all practices that publish a policy: 31 % open, 50.5 % under conditions, the rest closed. A
region under pressure has fewer open ones, and its neighbours' stops count as a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np

from huisartsplek.rules.intake import (
    Clause,
    FamilyReunification,
    FullStop,
    HouseholdMemberOfPatient,
    IntakePolicy,
    LivesIn,
    MovedIntoArea,
    NewbornSibling,
    Open,
    PartialStop,
    Rule,
    StopReason,
    ViaMediation,
    WithinKm,
    WithinMinutes,
    WithoutGp,
)
from huisartsplek.simulator.distances import km_between_all
from huisartsplek.simulator.geography import Areas, Integers
from huisartsplek.simulator.world_model import day_before, stream

OPEN_SHARE = 0.31
PARTIAL_SHARE = 0.505
SWAPS_SHARE = 0.70
WAITING_LIST_SHARE = 0.50
WEEKLY_SHARE = 0.35
REASON_PUBLIC_SHARE = 0.27
STALE_SHARE = 0.11
UNCONFIRMED_SHARE = 0.04
OPENED_TODAY_SHARE = 0.25  # of the open practices with places
NEIGHBOUR_AREAS = 7
PRESSURE_OF_DEEP_REGION = 0.8

REASONS = tuple(StopReason)
REASON_WEIGHTS = {
    StopReason.CARE_DEMAND: 0.36,
    StopReason.FULL_LIST: 0.17,
    StopReason.STAFF: 0.18,
    StopReason.NEIGHBOURS_CLOSED: 0.14,
    StopReason.HOUSING: 0.09,
    StopReason.SUCCESSION: 0.03,
    StopReason.OTHER: 0.03,
}


@dataclass(frozen=True, slots=True)
class DrawnPolicies:
    """Policy, day of confirmation and places of every practice."""

    policy: tuple[IntakePolicy | None, ...]
    confirmed_on: tuple[date | None, ...]
    places: Integers
    closes_on: Mapping[int, date] = field(default_factory=dict)

    @staticmethod
    def starting_policy(on: date) -> IntakePolicy:
        """The policy of a practice that has just started: everyone is welcome, so many a week."""
        return IntakePolicy(rule=Open(), valid_from=day_before(on, 10), swaps=True, waiting_list=True, weekly=50)

    @staticmethod
    def closing_policy(on: date) -> IntakePolicy:
        """The policy of a practice that will close: it takes nobody and refills no place."""
        return IntakePolicy(
            rule=FullStop(),
            valid_from=day_before(on, 30),
            stop_reason=StopReason.SUCCESSION,
            stop_reason_public=True,
        )


def draw_policies(
    seed: int, areas: Areas, practice_area: Integers, practice_region: Integers, regions: int, on: date
) -> DrawnPolicies:
    """Draw what each practice takes."""
    count = len(practice_area)
    rng = stream(seed, "policies")
    pressure = rng.normal(size=regions) * 0.5
    pressure[0] = PRESSURE_OF_DEEP_REGION
    rank = np.argsort(np.argsort(pressure[practice_region] + rng.normal(size=count))) / count
    is_open, is_closed = rank < OPEN_SHARE, rank >= OPEN_SHARE + PARTIAL_SHARE
    swaps, waits, weekly, public, staleness = rng.random((5, count))
    weekly_number = rng.integers(1, 6, count)
    since = rng.integers(20, 900, count)
    fresh, stale = rng.integers(0, 75, count), rng.integers(91, 420, count)
    reason = rng.choice(len(REASONS), size=count, p=[REASON_WEIGHTS[one] for one in REASONS])
    template = rng.choice(len(TEMPLATE_WEIGHTS), size=count, p=TEMPLATE_WEIGHTS)
    places = _places(rng, is_open, is_closed)
    since[is_open & (places > 0) & (stream(seed, "opened today").random(count) < OPENED_TODAY_SHARE)] = 0
    near = _near_postcodes(areas, practice_area)
    policy: list[IntakePolicy | None] = []
    confirmed_on: list[date | None] = []
    for number in range(count):
        rule: Rule = Open()
        if is_closed[number]:
            rule = FullStop()
        elif not is_open[number]:
            rule = PartialStop(_clauses(int(template[number]), near[int(practice_area[number])]))
        unpublished = staleness[number] > 1 - UNCONFIRMED_SHARE / 2
        own = IntakePolicy(
            rule=rule,
            valid_from=day_before(on, since[number]),
            swaps=bool(swaps[number] < SWAPS_SHARE),
            waiting_list=bool(waits[number] < WAITING_LIST_SHARE),
            weekly=int(weekly_number[number]) if weekly[number] < WEEKLY_SHARE and not is_closed[number] else None,
            stop_reason=None if is_open[number] else REASONS[reason[number]],
            stop_reason_public=bool(public[number] < REASON_PUBLIC_SHARE and not is_open[number]),
        )
        policy.append(None if unpublished else own)
        confirmed = _confirmed(on, staleness[number], int(fresh[number]), int(stale[number]))
        confirmed_on.append(confirmed if since[number] else on)
    return DrawnPolicies(tuple(policy), tuple(confirmed_on), places)


def _confirmed(on: date, staleness: float, fresh: int, stale: int) -> date | None:
    if staleness > 1 - UNCONFIRMED_SHARE:
        return None
    if staleness > 1 - UNCONFIRMED_SHARE - STALE_SHARE:
        return day_before(on, stale)
    return day_before(on, fresh)


def _places(rng: np.random.Generator, is_open: np.ndarray, is_closed: np.ndarray) -> Integers:
    """Most open practices have a few places, most conditional ones none, closed ones never."""
    count = len(is_open)
    has = rng.random(count) < np.where(is_open, 0.85, 0.45)
    number = np.where(is_open, rng.geometric(0.2, count), rng.geometric(0.45, count))
    answer: Integers = np.where(has & ~is_closed, np.minimum(number, 20), 0).astype(np.int64)
    return answer


def _near_postcodes(areas: Areas, practice_area: Integers) -> dict[int, tuple[tuple[int, int], ...]]:
    """For each area with a practice: the ranges of postcodes that a practice there would call its own."""
    own = np.unique(practice_area)
    ranges = {}
    for part in np.array_split(own, max(1, len(own) // 500)):
        km = km_between_all(areas.lon[part][:, None], areas.lat[part][:, None], areas.lon, areas.lat)
        km[np.arange(len(part)), part] = -1.0
        nearest = np.argpartition(km, min(NEIGHBOUR_AREAS, len(areas) - 1), axis=1)[:, :NEIGHBOUR_AREAS]
        for area, row in zip(part.tolist(), nearest, strict=True):
            ranges[area] = as_ranges(sorted(areas.pc4[row].tolist()))
    return ranges


def as_ranges(numbers: list[int]) -> tuple[tuple[int, int], ...]:
    """Sorted numbers as ranges, ends included."""
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return tuple(ranges)


# Own postcodes; the same or family; own postcodes and no GP; and so on, as in `_clauses`.
TEMPLATE_WEIGHTS = (0.22, 0.16, 0.08, 0.14, 0.10, 0.10, 0.08, 0.12)


def _clauses(template: int, ranges: tuple[tuple[int, int], ...]) -> tuple[Clause, ...]:
    """The clauses of a partial stop, in the combinations that practices publish."""
    lives_near = LivesIn(ranges)
    family = (
        Clause((HouseholdMemberOfPatient(),)),
        Clause((NewbornSibling(max_age_days=365),)),
    )
    by_template: tuple[tuple[Clause, ...], ...] = (
        (Clause((lives_near,)),),
        (Clause((lives_near,)), *family),
        (Clause((lives_near, WithoutGp())), *family),
        (Clause((MovedIntoArea(within_months=6), WithinKm(Decimal(4)))), *family),
        (Clause((WithinKm(Decimal("2.5")),)), Clause((FamilyReunification(),))),
        (Clause((WithinMinutes(10), WithoutGp())), Clause((ViaMediation(),)), *family),
        (Clause((WithoutGp(),)),),
        (*family, Clause((FamilyReunification(),))),
    )
    return by_template[template]
