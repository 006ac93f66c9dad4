# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The open requests of the deep region, their wishes, their stories, and a round over them."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from huisartsplek.engine import run_round
from huisartsplek.engine.verify import verify_files
from huisartsplek.rules.dates import age_on
from huisartsplek.rules.intake import Admitted, Applicant, VerdictKind, as_in_round, assess_household, verdict
from huisartsplek.rules.values import Postcode
from huisartsplek.simulator.distances import DUTCH_SPEEDS, Travel, km_between
from huisartsplek.simulator.gazetteer import Gazetteer
from huisartsplek.simulator.national import national_requests
from huisartsplek.simulator.stories import STORIES, candidates, stories
from huisartsplek.simulator.world import NOBODY, World, WorldPerson, WorldPractice, build_world

ON = date(2026, 11, 23)
COUNT = 5000
SEED = "example draw"


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(11, gazetteer=Gazetteer.bundled(), deep_region_requests=COUNT, on=ON)


def members_of(world: World, number: int) -> list[WorldPerson]:
    return [world.requests.person(member) for member in world.requests.request(number).members]


def facts(person: WorldPerson, practice: WorldPractice) -> Applicant:
    km = km_between(Gazetteer.bundled().locate(Postcode(person.postcode.pc4)), practice)
    return Applicant(
        pc4=person.postcode.pc4,
        moved_in_on=person.moved_in_on,
        distance_km=round(Decimal(km), 1),
        minutes=DUTCH_SPEEDS.minutes(km, Travel.BICYCLE),
        has_gp=person.practice != NOBODY,
        household_member_is_patient=False,
        newborn_sibling="no",
        family_reunification=False,
    )


def test_there_are_as_many_requests_as_asked_for(world: World) -> None:
    assert len(world.requests) == len(list(world.requests)) == COUNT


def test_one_in_seven_requests_is_of_a_household_of_two_to_six(world: World) -> None:
    sizes = Counter(len(request.members) for request in world.requests)
    assert set(sizes) == {1, 2, 3, 4, 5, 6}
    assert sizes[1] / COUNT == pytest.approx(0.85, abs=0.03)


def test_no_person_is_in_two_requests(world: World) -> None:
    members = [member for request in world.requests for member in request.members]
    assert members == list(range(len(world.requests.practice)))


def test_every_wish_is_for_a_practice_that_would_take_the_household(world: World) -> None:
    for request in world.requests:
        members = members_of(world, request.number)
        for wish in request.wishes:
            practice = world.practices[wish]
            assert practice.policy is not None
            answer = assess_household(
                as_in_round(practice.policy), [facts(one, practice) for one in members], on=ON
            )
            assert isinstance(answer, Admitted), (request, practice)


def test_what_the_site_tells_somebody_alone_about_a_wish_is_never_no(world: World) -> None:
    for request in world.requests:
        if len(request.members) == 1:
            person = world.requests.person(request.members[0])
            for practice in (world.practices[wish] for wish in request.wishes):
                told = verdict(
                    practice.policy,
                    facts(person, practice),
                    has_places=practice.places > 0,
                    confirmed_on=practice.confirmed_on,
                    on=ON,
                )
                assert told.kind in {VerdictKind.YES_NOW, VerdictKind.QUEUE, VerdictKind.SWAP_ONLY}


def test_wishes_are_one_to_eight_in_the_region_and_never_where_one_is(world: World) -> None:
    for request in world.requests:
        assert 1 <= len(request.wishes) <= 8
        assert len(set(request.wishes)) == len(request.wishes)
        assert {world.practices[wish].region for wish in request.wishes} == {world.deep_region}
        assert not {one.practice for one in members_of(world, request.number)} & set(request.wishes)


def test_a_practice_that_opened_today_has_places_and_nobody_asked_for_it_yet(world: World) -> None:
    opened = {
        one.number
        for one in world.practices
        if one.policy is not None and one.policy.valid_from == world.on and one.region == 0
    }
    assert opened
    assert all(world.practices[number].places > 0 for number in opened)
    assert all(world.practices[number].confirmed_on == world.on for number in opened)
    assert opened.isdisjoint(world.requests.wish_practice.tolist())


def test_requests_have_waited_up_to_900_days(world: World) -> None:
    since = [request.since for request in world.requests]
    morning = datetime(ON.year, ON.month, ON.day, tzinfo=UTC)
    assert max(since) < morning
    assert min(since) >= morning - timedelta(days=901)
    assert min(since) < morning - timedelta(days=700)


def test_about_one_in_six_has_no_practice_and_one_in_three_a_far_one(world: World) -> None:
    alone = [members_of(world, request.number)[0] for request in world.requests if len(request.members) == 1]
    without = sum(one.practice == NOBODY for one in alone) / len(alone)
    far = sum(
        one.practice != NOBODY and world.practices[one.practice].region != world.deep_region for one in alone
    ) / len(alone)
    assert 0.14 < without < 0.22
    assert 0.28 < far < 0.42


def test_most_present_practices_are_confirmed_and_some_are_not(world: World) -> None:
    enrolled = [number for number, practice in enumerate(world.requests.practice) if practice != NOBODY]
    trading = world.trades()[enrolled].mean()
    assert 0.75 < trading < 0.92
    without = [number for number, practice in enumerate(world.requests.practice) if practice == NOBODY]
    assert not world.trades()[without].any()


def test_nobody_is_enrolled_before_birth_or_born_after_today(world: World) -> None:
    for number in range(len(world.requests.practice)):
        person = world.requests.person(number)
        assert person.birth_date <= ON
        assert (person.enrolled_on is None) == (person.practice == NOBODY)
        assert person.enrolled_on is None or person.birth_date <= person.enrolled_on <= ON


def test_who_asks_alone_is_at_least_sixteen_and_a_household_has_an_adult(world: World) -> None:
    for request in world.requests:
        ages = [age_on(one.birth_date, ON) for one in members_of(world, request.number)]
        assert max(ages) >= (16 if len(ages) == 1 else 18)
        assert max(ages) < 100


def test_nobody_asked_before_they_could(world: World) -> None:
    for request in world.requests:
        youngest = max(one.birth_date for one in members_of(world, request.number))
        assert youngest <= request.since.date()
        assert len(request.members) > 1 or age_on(youngest, request.since.date()) >= 16


def test_no_two_of_a_household_have_one_name(world: World) -> None:
    for request in world.requests:
        names = [one.given_name for one in members_of(world, request.number)]
        assert len(set(names)) == len(names)


def test_brothers_and_sisters_are_no_two_months_apart(world: World) -> None:
    for request in world.requests:
        born = sorted(
            one.birth_date for one in members_of(world, request.number) if age_on(one.birth_date, ON) < 16
        )
        apart = [(later - earlier).days for earlier, later in pairwise(born)]
        assert all(days > 280 for days in apart), born


def test_a_home_lies_in_the_deep_region(world: World) -> None:
    ranges = world.regions[world.deep_region].postcode_ranges
    assert all(any(first <= pc4 <= last for first, last in ranges) for pc4 in world.requests.pc4.tolist())


def test_every_story_has_somebody_and_no_request_tells_two(world: World) -> None:
    chosen = stories(world)
    assert set(chosen) == set(STORIES)
    assert len(set(chosen.values())) == len(chosen)
    assert all(number in candidates(world)[name] for name, number in chosen.items())


def test_the_people_of_the_stories_are_who_they_should_be(world: World) -> None:
    chosen = {name: members_of(world, number) for name, number in stories(world).items()}
    stuck = chosen["moved_away"][0]
    home = Gazetteer.bundled().locate(stuck.postcode)
    assert km_between(home, world.practices[stuck.practice]) > 80
    assert sorted(age_on(one.birth_date, ON) < 12 for one in chosen["family_of_four"]) == [False, False, True, True]
    assert [age_on(one.birth_date, ON) for one in chosen["seventeen"]] == [17]
    assert [one.practice for one in chosen["without_gp"]] == [NOBODY]
    assert [one.practice for one in chosen["newborn"] if (ON - one.birth_date).days <= 90] == [NOBODY]


def test_a_story_that_nobody_fits_is_not_made_up(world: World) -> None:
    with pytest.raises(LookupError):
        stories(world, among=[])


def test_a_round_over_the_deep_region_moves_people_and_verifies(world: World) -> None:
    tables = world.deep_round_tables()
    result = run_round(tables, seed=SEED)
    assert result.report.requests_by_outcome["moved"] > COUNT / 50
    assert max(result.report.exchanges_by_size) > 1
    assert verify_files(tables, result.files(), SEED) == []


def test_practices_elsewhere_are_in_the_file_without_places(world: World) -> None:
    practices = world.deep_round_tables().practices
    deep = world.regions[world.deep_region].slug
    elsewhere = [number for number, region in enumerate(practices.region) if region != deep]
    assert elsewhere
    assert all(practices.places[number] == 0 for number in elsewhere)
    assert sum(practices.places) > 0


def test_who_has_no_practice_goes_before_who_wants_another_and_after_who_loses_one(world: World) -> None:
    tables = world.deep_round_tables()
    closing = {one.agb.digits for one in world.practices if one.closes_on}
    present: dict[str, set[str]] = {}
    for request, practice in zip(tables.members.request, tables.members.practice, strict=True):
        present.setdefault(request, set()).add(practice)
    for request, priority in zip(tables.requests.request, tables.requests.priority, strict=True):
        if present[request] & closing:
            assert priority == 1
        else:
            assert priority == (3 if present[request] == {""} else 5)


def test_a_national_round_draws_as_many_requests_as_asked_and_verifies(tmp_path: Path) -> None:
    east = [f"{4 + number % 20 * 0.12:.3f}" for number in range(400)]
    rows = [
        f"{1000 + 11 * number},{east[number]},{51.5 + number // 20 * 0.08:.3f},4,{500 + number},P{number},Utrecht"
        for number in range(400)
    ]
    path = tmp_path / "pc4.csv"
    path.write_text("pc4,lon,lat,km2,inwoners,plaats,provincie\n" + "\n".join(rows) + "\n", encoding="utf-8")
    tables = national_requests(path, 600, 5, practices=300, regions=6, on=ON)
    assert len(tables.requests.request) == len(tables.members.person) == 600
    assert set(tables.wishes.practice) <= set(tables.practices.practice)
    assert tables == national_requests(path, 600, 5, practices=300, regions=6, on=ON)
    assert verify_files(tables, run_round(tables, seed=SEED).files(), SEED) == []
