# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settling a round: whose yes still counts at that moment."""

from datetime import date

import pytest
from tests.builders import SYSTEM, a_person, a_practice, a_region, a_request, days_after
from tests.integration.rounds.running import Seeker, answer, published, settled

from huisartsplek.enrolments.models import Move
from huisartsplek.requests.offers import answer_offer

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
