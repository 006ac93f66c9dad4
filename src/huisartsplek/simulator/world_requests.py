# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The open requests of one region: who asks, where they live and are enrolled now, and what they wish.

A wish weighs how much people like a practice against how far it is; only practices whose own published rule
would take the household now, into its queue, or in a swap are wished for; nobody has yet asked for one that
opened today.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from huisartsplek.rules.intake import (
    Admitted,
    Applicant,
    IntakePolicy,
    Open,
    PublicStatus,
    as_in_round,
    assess,
    assess_household,
    public_status,
)
from huisartsplek.simulator.distances import DUTCH_SPEEDS, Travel, km_between_all
from huisartsplek.simulator.geography import Areas, Floats, Integers
from huisartsplek.simulator.world_households import Households, draw_households
from huisartsplek.simulator.world_model import NOBODY, Requests, WorldPractice, days_before, stream
from huisartsplek.simulator.world_names import family_names, given_names, postcode_letters

CONSIDERED = 30
SPARE = 1.35  # some people find no practice that would have them; they have no open request
WITHOUT_GP = 0.16
FAR_AWAY = 0.35
CONFIRMED = 0.85
DAYS_OF_WAITING = 900
KM_PER_DEGREE = 111.2
WISH_COUNTS = (0.05, 0.08, 0.17, 0.21, 0.19, 0.14, 0.09, 0.07)  # of one wish, two, …
LONG_AGO = (900, 9000)

Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Seekers:
    """Households that look for a practice, as columns; `ranked` holds practices, best liked first."""

    area: Integers
    since: Integers
    moved_in_on: Days
    practice: Integers
    ranked: Integers
    ranked_km: Floats
    wishes: Integers


def build_requests(
    seed: int, areas: Areas, is_deep: NDArray[np.bool_], practices: Sequence[WorldPractice], count: int, on: date
) -> Requests:
    """Draw the open requests of the deep region."""
    drawn = int(count * SPARE) + 20
    households = draw_households(stream(seed, "households"), drawn, on)
    seekers = _draw_seekers(seed, areas, np.flatnonzero(is_deep), practices, households.may_ask_since, on)
    practice = _present_practices(seed, households, seekers, on)
    wishes = admitted_wishes(areas, seekers, households.start, practice, practices, count, on)
    if len(wishes) < count:
        raise ValueError(f"only {len(wishes)} households find a practice that would have them")
    return _columns(seed, areas, households, seekers, practice, wishes, on)


def _draw_seekers(
    seed: int, areas: Areas, deep: Integers, practices: Sequence[WorldPractice], may_ask_since: Days, on: date
) -> Seekers:
    rng = stream(seed, "seekers")
    count = len(may_ask_since)
    people = areas.people[deep]
    area = deep[rng.choice(len(deep), size=count, p=people / people.sum())]
    lon, lat = _homes(rng, areas, area)
    lon_of = np.array([one.lon for one in practices])
    lat_of = np.array([one.lat for one in practices])
    inside = np.array([one.number for one in practices if one.region == 0])
    outside = np.array([one.number for one in practices if one.region != 0])
    popularity = stream(seed, "popularity").normal(scale=0.8, size=len(practices))

    km = _flat_km(lon[:, None], lat[:, None], lon_of[inside], lat_of[inside])
    near = np.argsort(km, axis=1, kind="stable")[:, :CONSIDERED]
    near_km = np.take_along_axis(km, near, axis=1)
    liked = popularity[inside[near]] - near_km
    order = np.argsort(-(liked + rng.gumbel(size=near.shape)), axis=1, kind="stable")
    less_popular = -0.5 * popularity[inside[near]] - near_km + rng.gumbel(size=near.shape)
    beside = inside[near[np.arange(count), np.argmax(less_popular, axis=1)]]
    list_size = np.array([practices[number].list_size for number in outside], dtype=np.float64)
    away = rng.choice(outside, size=count, p=list_size / list_size.sum())

    kind = rng.random(count)
    without, far = kind < WITHOUT_GP, (kind >= WITHOUT_GP) & (kind < WITHOUT_GP + FAR_AWAY)
    at_most = np.minimum((np.datetime64(on, "D") - may_ask_since).astype(np.int64), DAYS_OF_WAITING)
    waiting = (rng.random(count) ** 1.4 * at_most * 86_400).astype(np.int64)
    since = int(np.datetime64(on, "s").astype(np.int64)) - waiting - 1
    recently = waiting // 86_400 + rng.integers(5, 160, count)
    moved_lately = np.where(far, rng.random(count) < 0.8, without & (rng.random(count) < 0.6))
    moved = np.where(moved_lately, recently, rng.integers(*LONG_AGO, count))
    ranked = np.take_along_axis(near, order, axis=1)
    return Seekers(
        area=area,
        since=since,
        moved_in_on=days_before(on, moved),
        practice=np.where(without, NOBODY, np.where(far, away, beside)),
        ranked=inside[ranked],
        # A practice weighs the distance that the platform knows: from the middle of the postcode.
        ranked_km=km_between_all(
            areas.lon[area][:, None], areas.lat[area][:, None], lon_of[inside[ranked]], lat_of[inside[ranked]]
        ),
        wishes=1 + rng.choice(len(WISH_COUNTS), size=count, p=WISH_COUNTS),
    )


def _flat_km(lon: Floats, lat: Floats, other_lon: Floats, other_lat: Floats) -> Floats:
    """Distances within one region, where the earth is flat enough and there are millions of pairs."""
    east = (other_lon - lon) * (KM_PER_DEGREE * np.cos(np.radians(np.mean(other_lat))))
    answer: Floats = np.hypot(east, (other_lat - lat) * KM_PER_DEGREE)
    return answer


def _homes(rng: np.random.Generator, areas: Areas, area: Integers) -> tuple[Floats, Floats]:
    away = rng.normal(size=(2, len(area))) * areas.spread_km[area]
    lat = areas.lat[area] + away[0] / KM_PER_DEGREE
    return areas.lon[area] + away[1] / KM_PER_DEGREE / np.cos(np.radians(lat)), lat


def _present_practices(seed: int, households: Households, seekers: Seekers, on: date) -> Integers:
    """The practice of each member: that of the household, but a newborn has none, and some families are split."""
    rng = stream(seed, "present practices")
    owner = households.owner
    newborn = households.birth_date > np.datetime64(on, "D") - np.timedelta64(120, "D")
    is_family = np.diff(households.start)[owner] > 1
    split = is_family & (rng.random(len(seekers.practice)) < 0.08)[owner] & (rng.random(len(owner)) < 0.4)
    answer: Integers = np.where(newborn | split, NOBODY, seekers.practice[owner])
    return answer


def admitted_wishes(
    areas: Areas,
    seekers: Seekers,
    member_start: Integers,
    member_practice: Integers,
    practices: Sequence[WorldPractice],
    count: int,
    on: date,
) -> dict[int, list[int]]:
    """The wishes of the first households that have any, best liked first; never a practice where a member is."""
    rules = [rule_for_seekers(one, on) for one in practices]
    pc4, moved = areas.pc4[seekers.area].tolist(), seekers.moved_in_on.tolist()
    ranked, km = seekers.ranked.tolist(), seekers.ranked_km.tolist()
    start, present = member_start.tolist(), member_practice.tolist()
    wishes: dict[int, list[int]] = {}
    for number, most in enumerate(seekers.wishes.tolist()):
        if len(wishes) == count:
            break
        own: list[int] = []
        members = present[start[number] : start[number + 1]]
        # Members who differ in nothing a practice may weigh get one answer.
        has_gp = sorted({each != NOBODY for each in members})
        for wish, distance in zip(ranked[number], km[number], strict=True):
            rule = rules[wish]
            if rule is None or wish in members:
                continue
            if isinstance(rule.rule, Open) or would_admit(
                rule,
                [applicant(pc4[number], moved[number], distance, has_gp=one) for one in has_gp],
                on=on,
            ):
                own.append(wish)
            if len(own) == most:
                break
        if own:
            wishes[number] = own
    return wishes


def rule_for_seekers(practice: WorldPractice, on: date) -> IntakePolicy | None:
    """The policy by which people saw until yesterday that a practice takes them, from its queue or in a swap."""
    if practice.policy is None or practice.policy.valid_from == on:
        return None
    status = public_status(
        practice.policy, has_places=practice.places > 0, confirmed_on=practice.confirmed_on, on=on
    )
    if status in {PublicStatus.UNKNOWN, PublicStatus.CLOSED}:
        return None
    return as_in_round(practice.policy) if status is PublicStatus.SWAP_ONLY else practice.policy


def applicant(pc4: int, moved_in_on: date, km: float, *, has_gp: bool) -> Applicant:
    """The facts a practice may weigh about somebody who is no relative of a patient."""
    return Applicant(
        pc4=pc4,
        moved_in_on=moved_in_on,
        distance_km=round(Decimal(km), 1),
        minutes=DUTCH_SPEEDS.minutes(km, Travel.BICYCLE),
        has_gp=has_gp,
        household_member_is_patient=False,
        newborn_sibling="no",
        family_reunification=False,
    )


def would_admit(rule: IntakePolicy, members: Sequence[Applicant], *, on: date) -> bool:
    """Whether the rule takes the whole household."""
    answer = assess(rule, members[0], on=on) if len(members) == 1 else assess_household(rule, members, on=on)
    return isinstance(answer, Admitted)


def _columns(
    seed: int,
    areas: Areas,
    households: Households,
    seekers: Seekers,
    practice: Integers,
    wishes: Mapping[int, Sequence[int]],
    on: date,
) -> Requests:
    requests = np.array(list(wishes), dtype=np.int64)
    is_kept = np.zeros(len(seekers.area), dtype=np.bool_)
    is_kept[requests] = True
    members = np.flatnonzero(is_kept[households.owner])
    rng = stream(seed, "people")
    birth_date = households.birth_date[members]
    enrolled_on = np.maximum(days_before(on, rng.integers(*LONG_AGO, len(members))), birth_date)
    area = seekers.area[requests]
    names, is_other = family_names(rng, len(members))
    family, first = _family_of(households, members)
    return Requests(
        since=seekers.since[requests],
        member_start=_starts(np.diff(households.start)[requests]),
        wish_start=_starts(np.array([len(own) for own in wishes.values()])),
        wish_practice=np.fromiter(chain.from_iterable(wishes.values()), dtype=np.int64),
        given_name=tuple(given_names(rng, birth_date, is_other[family], first)),
        family_name=tuple(names[each] for each in family.tolist()),
        birth_date=birth_date,
        moved_in_on=seekers.moved_in_on[requests],
        practice=practice[members],
        enrolled_on=enrolled_on,
        is_confirmed=(rng.random(len(members)) < CONFIRMED) & (practice[members] != NOBODY),
        pc4=areas.pc4[area],
        letters=tuple(postcode_letters(rng, len(requests))),
        house_number=rng.integers(1, 260, len(requests)),
        place=tuple(areas.places[number] for number in areas.place[area].tolist()),
    )


def _family_of(households: Households, members: Integers) -> tuple[Integers, Integers]:
    """Whose family name each member bears, and the first of the household, both counted among those kept."""
    position = np.zeros(len(households.owner), dtype=np.int64)
    position[members] = np.arange(len(members))
    first = households.start[households.owner[members]]
    return position[np.where(households.keeps_name[members], members, first)], position[first]


def _starts(sizes: Integers) -> Integers:
    starts = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts
