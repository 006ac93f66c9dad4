# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settling a round: whose yes still counts at that moment, and what becomes of the places it gave."""

from datetime import date

import pytest
from tests.builders import AT, COORDINATOR, SYSTEM, a_person, a_practice, a_region, a_request, days_after
from tests.integration.rounds.running import (
    Seeker,
    a_seeker,
    a_swap,
    after_answers,
    answer,
    carried_out,
    published,
    settled,
    switch_morning,
)

from huisartsplek.enrolments.deadlines import pass_on
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.returning import return_move
from huisartsplek.practices.places import granted_since
from huisartsplek.requests.offers import answer_offer
from huisartsplek.requests.services import withdraw_request
from huisartsplek.rounds.settling import settle_round

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("says_yes", [False, True])
def test_a_child_that_turns_twelve_after_the_answer_says_yes_too_or_the_household_stays(says_yes: bool) -> None:
    region = a_region()
    wanted = a_practice(free=2, region=region)
    mother = a_person()
    child = a_person(mother.household, birth_date=date(2014, 3, 4), parents=[mother])
    family = Seeker(mother, a_request(mother, members=[mother, child], wishes=[wanted]))
    round_ = published(region)
    answer(family, True)
    assert family.state == "accepted", "at eleven, a parent's yes is enough"
    if says_yes:
        birthday = days_after(2.1)
        answer_offer(SYSTEM, family.offer.pk, person=child, answered_by=child, says_yes=True, at=birthday)
    round_ = settled(round_)
    if says_yes:
        assert (family.state, family.offer.state) == ("moving", "standing")
        return
    assert (family.state, family.offer.state) == ("waiting", "fallen")
    assert not Move.objects.exists()
    assert family.request.wishes.get().rests_rounds == 0, "it is nobody's own no"
    assert (family.request.goes_first, round_.fell_below_floor) == (True, 1)


def test_a_place_of_a_round_that_nobody_needs_after_all_counts_as_given_no_more() -> None:
    region = a_region()
    practice = a_practice(free=2, region=region)
    seekers = [a_seeker(None, practice) for _ in range(2)]
    round_ = published(region)
    for seeker in seekers:
        answer(seeker, True)
    round_ = settled(round_)
    assert granted_since(practice.pk, AT) == 2
    withdraw_request(SYSTEM, seekers[0].request.pk, by=seekers[0].person, at=after_answers(round_))
    carried_out(round_)
    assert granted_since(practice.pk, AT) == 1
    move = Move.objects.get(person=seekers[1].person)
    at = switch_morning(round_)
    for days in (28.1, 42.2):
        pass_on(SYSTEM, at=days_after(days, at))
    return_move(COORDINATOR, move.pk, region.pk, at=days_after(43, at))
    assert granted_since(practice.pk, AT) == 0


def test_a_round_that_is_settled_late_tells_everybody_the_day_that_holds() -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    round_ = published(region)
    for seeker in (first, second):
        answer(seeker, True)
    told = first.offer.switch_on
    settle_round(SYSTEM, round_.pk, at=days_after(60))
    round_.refresh_from_db()
    assert round_.switch_on is not None
    assert round_.switch_on > told
    moves = Move.objects.filter(request_id__in=[first.request.pk, second.request.pk])
    for dates in (moves.values_list("switch_on", flat=True), [first.offer.switch_on, second.offer.switch_on]):
        assert set(dates) == {round_.switch_on}
