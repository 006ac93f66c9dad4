# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The synthetic Netherlands: its shares, its names, and that it is the same every time."""

from collections import Counter
from datetime import date

import numpy as np
import pytest

from huisartsplek.rules.intake import FullStop, Open, PartialStop, from_json, to_json
from huisartsplek.rules.intake.verdicts import UNKNOWN_AFTER_DAYS
from huisartsplek.rules.values import Postcode
from huisartsplek.simulator.distances import km_between
from huisartsplek.simulator.gazetteer import Gazetteer
from huisartsplek.simulator.world import World, build_world
from huisartsplek.simulator.world_policies import as_ranges

ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(7, gazetteer=Gazetteer.bundled(), deep_region_requests=500, on=ON)


def small_world(seed: int, *, requests: int = 300, regions: int = 50) -> World:
    return build_world(
        seed, gazetteer=Gazetteer.bundled(), practices=1500, regions=regions, deep_region_requests=requests, on=ON
    )


def test_the_same_arguments_give_the_same_world() -> None:
    one, other = small_world(3), small_world(3)
    assert one.regions == other.regions
    assert one.practices == other.practices
    assert one.deep_round_tables() == other.deep_round_tables()
    assert [one.requests.person(number) for number in range(50)] == [
        other.requests.person(number) for number in range(50)
    ]


def test_another_seed_gives_another_world() -> None:
    assert small_world(3).practices != small_world(4).practices


def test_more_requests_leave_regions_and_practices_as_they_were() -> None:
    one, other = small_world(3), small_world(3, requests=100)
    assert one.regions == other.regions
    assert one.practices == other.practices


@pytest.mark.parametrize("regions", [12, 50, 100])
def test_regions_share_out_every_postcode_exactly_once(regions: int) -> None:
    world = small_world(5, regions=regions)
    covered = Counter(
        pc4 for region in world.regions for first, last in region.postcode_ranges for pc4 in range(first, last + 1)
    )
    assert len(world.regions) == regions
    assert covered == Counter(range(1000, 10_000))


def test_regions_have_names_and_slugs_of_their_own(world: World) -> None:
    assert len({region.name for region in world.regions}) == len(world.regions)
    assert len({region.slug for region in world.regions}) == len(world.regions)


def test_regions_other_than_the_deep_one_have_about_as_many_people(world: World) -> None:
    people = [region.people for region in world.regions[1:]]
    assert max(people) < 1.6 * min(people)


def test_the_deep_region_lies_around_the_hague(world: World) -> None:
    deep = world.regions[world.deep_region]
    inside = {pc4 for first, last in deep.postcode_ranges for pc4 in range(first, last + 1)}
    assert {2511, 2518, 2611, 2711} <= inside
    assert not {1012, 3011, 3511, 2311} & inside


def test_a_practice_belongs_to_the_region_of_its_postcode(world: World) -> None:
    region_of = {
        pc4: region.number
        for region in world.regions
        for first, last in region.postcode_ranges
        for pc4 in range(first, last + 1)
    }
    assert all(practice.region == region_of[practice.postcode.pc4] for practice in world.practices)


def test_there_are_practices_in_every_region(world: World) -> None:
    assert len(world.practices) == 4900
    assert {practice.region for practice in world.practices} == set(range(50))


def test_every_practice_has_a_slug_and_an_agb_code_of_its_own(world: World) -> None:
    assert len({practice.slug for practice in world.practices}) == 4900
    assert len({practice.agb for practice in world.practices}) == 4900
    assert all(practice.agb.is_practice for practice in world.practices)


def test_no_two_practices_in_one_place_have_one_name(world: World) -> None:
    assert max(Counter((one.name, one.place) for one in world.practices).values()) == 1


def test_a_practice_lies_near_its_own_postcode(world: World) -> None:
    gazetteer = Gazetteer.bundled()
    far = [one.slug for one in world.practices if km_between(one, gazetteer.locate(Postcode(one.postcode.pc4))) > 6]
    assert far == []


@pytest.mark.parametrize(("size", "share"), [("solo", 0.34), ("duo", 0.43), ("group", 0.23)])
def test_practices_have_the_sizes_of_the_field(world: World, size: str, share: float) -> None:
    assert sum(one.size == size for one in world.practices) / 4900 == pytest.approx(share, abs=0.02)


def test_practices_have_room_for_about_everyone(world: World) -> None:
    assert sum(one.list_size for one in world.practices) == pytest.approx(17_900_000, rel=0.06)


@pytest.mark.parametrize(("kind", "share"), [(Open, 0.31), (PartialStop, 0.505), (FullStop, 0.185)])
def test_policies_have_the_shares_of_the_field(world: World, kind: type, share: float) -> None:
    published = [one.policy for one in world.practices if one.policy is not None]
    assert len(published) > 0.96 * 4900
    assert sum(isinstance(one.rule, kind) for one in published) / len(published) == pytest.approx(share, abs=0.015)


def test_most_practices_swap_and_half_have_a_waiting_list(world: World) -> None:
    published = [one.policy for one in world.practices if one.policy is not None]
    assert sum(one.swaps for one in published) / len(published) == pytest.approx(0.70, abs=0.03)
    assert sum(one.waiting_list for one in published) / len(published) == pytest.approx(0.50, abs=0.03)


def test_some_practices_have_not_confirmed_for_long_or_ever(world: World) -> None:
    ages = [None if one.confirmed_on is None else (ON - one.confirmed_on).days for one in world.practices]
    never = sum(age is None for age in ages) / 4900
    stale = sum(age is not None and age > UNKNOWN_AFTER_DAYS for age in ages) / 4900
    assert 0.02 < never < 0.06
    assert 0.08 < stale < 0.14
    assert all(age is None or age >= 0 for age in ages)


def test_every_policy_survives_being_stored(world: World) -> None:
    policies = {one.policy for one in world.practices if one.policy is not None}
    assert all(from_json(to_json(policy)) == policy for policy in policies)


def test_a_closed_practice_has_no_places(world: World) -> None:
    assert all(
        one.places == 0
        for one in world.practices
        if one.policy is not None and isinstance(one.policy.rule, FullStop)
    )
    assert 0 < np.mean([one.places for one in world.practices]) < 4


def test_one_practice_of_the_deep_region_closes_and_refills_nothing(world: World) -> None:
    closing = [one for one in world.practices if one.closes_on is not None]
    assert len(closing) == 1
    assert closing[0].region == world.deep_region
    assert not closing[0].swaps


def test_some_practices_of_the_deep_region_have_just_started_and_take_everyone(world: World) -> None:
    starting = [one for one in world.practices if one.places > 100]
    assert len(starting) == 3
    assert {one.region for one in starting} == {world.deep_region}
    assert all(one.policy is not None and one.policy.weekly == 50 for one in starting)


def test_telephone_numbers_cannot_be_rung(world: World) -> None:
    assert all(one.phone.startswith("000 - 000") for one in world.practices)


def test_more_regions_than_names_are_refused() -> None:
    with pytest.raises(ValueError, match="regions can be named"):
        small_world(1, regions=1000)


def test_numbers_become_the_fewest_ranges() -> None:
    assert as_ranges([2511, 2512, 2513, 2516, 2520, 2521]) == ((2511, 2513), (2516, 2516), (2520, 2521))
