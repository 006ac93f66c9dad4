# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whoever calls a service: nobody changes, ends or answers what is another household's, or another person's."""

from datetime import date

import pytest
from tests.builders import (
    AT,
    PRACTICE_STAFF,
    SYSTEM,
    a_citizen,
    a_person,
    a_practice,
    a_request,
)

from huisartsplek.audit.actors import Actor
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import OfferAnswer, Request
from huisartsplek.requests.offers import answer_offer, offer_to_first
from huisartsplek.requests.services import admit_at_once, change_wishes, withdraw_request
from huisartsplek.requests.taking_part import leave_request
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db

MAY = {"filer": True, "partner": True, "teenager": False, "housemate": False, "stranger": False, "staff": False}


@pytest.fixture
def practice() -> Practice:
    return a_practice(free=3)


@pytest.fixture
def people() -> dict[str, Person]:
    filer = a_person()
    return {
        "filer": filer,
        "partner": a_person(filer.household),
        "teenager": a_person(filer.household, birth_date=date(2012, 1, 1), parents=[filer]),
        "housemate": a_person(filer.household),
        "stranger": a_person(),
    }


@pytest.fixture
def request_(people: dict[str, Person], practice: Practice) -> Request:
    members = [people[one] for one in ("filer", "partner", "teenager")]
    return a_request(people["filer"], members=members, wishes=[practice])


def actor_of(who: str, people: dict[str, Person]) -> Actor:
    return PRACTICE_STAFF if who == "staff" else a_citizen(people[who])


@pytest.mark.parametrize(("who", "may"), MAY.items())
@pytest.mark.parametrize("deed", ["change", "admit", "withdraw"])
def test_a_request_is_changed_only_by_who_filed_it_or_is_a_member_from_sixteen(
    deed: str, who: str, may: bool, people: dict[str, Person], practice: Practice, request_: Request
) -> None:
    actor, by = actor_of(who, people), people.get(who, people["filer"])
    other = a_practice()

    def act() -> object:
        match deed:
            case "change":
                wishes = [other.pk, practice.pk]
                return change_wishes(actor, request_.pk, wishes=wishes, seen_version=1, at=AT)
            case "admit":
                return admit_at_once(actor, request_.pk, practice.pk, at=AT)
            case _:
                return withdraw_request(actor, request_.pk, by=by, at=AT)

    if may:
        assert act()
        return
    before = Request.objects.values().get(pk=request_.pk)
    with pytest.raises(Refusal) as refused:
        act()
    assert refused.value.code is RefusalCode.NOT_YOUR_TURN
    assert Request.objects.values().get(pk=request_.pk) == before


def test_nobody_withdraws_in_anothers_name(people: dict[str, Person], request_: Request) -> None:
    with pytest.raises(Refusal) as refused:
        withdraw_request(a_citizen(people["partner"]), request_.pk, by=people["filer"], at=AT)
    assert refused.value.code is RefusalCode.NOT_YOUR_TURN


def test_nobody_leaves_a_request_in_anothers_name(people: dict[str, Person]) -> None:
    filer, partner = people["filer"], people["partner"]
    request = a_request(filer, members=[partner], wishes=[a_practice()], consented=False)
    with pytest.raises(Refusal) as refused:
        leave_request(a_citizen(people["stranger"]), request.pk, by=partner, at=AT)
    assert refused.value.code is RefusalCode.NOT_YOUR_TURN
    assert leave_request(a_citizen(partner), request.pk, by=partner, at=AT) == [partner]
    request.refresh_from_db()
    assert request.state == "withdrawn", "nobody is left in it"


@pytest.mark.parametrize("who", ["partner", "stranger", "staff"])
@pytest.mark.parametrize("says_yes", [True, False])
def test_nobody_answers_for_another(
    who: str, says_yes: bool, people: dict[str, Person], practice: Practice, request_: Request
) -> None:
    offer = offer_to_first(SYSTEM, practice.pk, at=AT)
    assert offer is not None
    filer, actor = people["filer"], actor_of(who, people)
    for answered_by in {filer, people.get(who, filer)}:
        with pytest.raises(Refusal) as refused:
            answer_offer(actor, offer.pk, person=filer, answered_by=answered_by, says_yes=says_yes, at=AT)
        assert refused.value.code is RefusalCode.NOT_YOUR_TURN
    assert not OfferAnswer.objects.exists()
    answer_offer(a_citizen(filer), offer.pk, person=filer, answered_by=filer, says_yes=says_yes, at=AT)
    assert OfferAnswer.objects.get().says_yes is says_yes
