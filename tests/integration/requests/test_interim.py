# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A place for the time being: who takes a lower wish keeps waiting, with the same moment and in the same class."""

from dataclasses import dataclass, replace
from datetime import datetime, time

import pytest
from tests.builders import (
    AT,
    OPEN,
    PRACTICE_STAFF,
    SYSTEM,
    a_citizen,
    a_person,
    a_practice,
    a_region,
    a_request,
    days_after,
    hours_after,
)
from tests.integration.rounds.running import a_seeker

from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.services import register_move
from huisartsplek.practices.models import Practice
from huisartsplek.practices.places import return_places
from huisartsplek.practices.services import confirm_intake
from huisartsplek.requests.facts import facts_of
from huisartsplek.requests.interim import arrived_requests, interim_of, keep_waiting, wait_again
from huisartsplek.requests.models import Request
from huisartsplek.requests.moves import carry_out, planned_moves
from huisartsplek.requests.offers import answer_offer, offer_to_first
from huisartsplek.requests.services import admit_at_once, withdraw_request
from huisartsplek.requests.standing import request_ids_in_turn
from huisartsplek.rules.dates import AMSTERDAM, day_in_amsterdam
from huisartsplek.rules.intake import Clause, PartialStop, StopReason, WithoutGp
from huisartsplek.rules.queue import PriorityClass
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = [pytest.mark.django_db]


@dataclass
class Waiting:
    """Somebody who waits for one practice and could go to another meanwhile."""

    request: Request
    wanted: Practice
    meanwhile: Practice
    lower: Practice


def somebody(*, has_gp: bool = False, free: int = 1) -> Waiting:
    wanted, meanwhile, lower = a_practice(), a_practice(free=free), a_practice()
    person = a_person(enrolled_at=a_practice() if has_gp else None)
    return Waiting(a_request(person, wishes=[wanted, meanwhile, lower]), wanted, meanwhile, lower)


def switch(request: Request) -> datetime:
    """Let the switch date of somebody's moves come."""
    at = datetime.combine(planned_moves(request.pk)[0].switch_on, time(9), AMSTERDAM)
    assert carry_out(SYSTEM, request.pk, at=at)
    request.refresh_from_db()
    return at


def register(request: Request, at: datetime) -> None:
    for move in Move.objects.filter(request_id=request.pk, state="switched"):
        register_move(PRACTICE_STAFF, move.pk, move.to_practice_id, at=at)


@pytest.mark.parametrize("has_gp", [False, True])
def test_who_takes_a_lower_wish_for_the_time_being_keeps_the_place_in_the_queue(has_gp: bool) -> None:
    one = somebody(has_gp=has_gp)
    before = facts_of(one.request).queue_key()
    without_gp_later = a_request(a_person(), wishes=[one.wanted], at=hours_after(1))
    order = request_ids_in_turn(one.wanted.pk)
    admit_at_once(SYSTEM, one.request.pk, one.meanwhile.pk, at=AT)
    keep_waiting(SYSTEM, one.request.pk, one.meanwhile.pk, keeps=True, at=AT)
    at = switch(one.request)
    assert one.request.state == "arriving"
    assert request_ids_in_turn(one.wanted.pk) == [without_gp_later.pk]
    assert not wait_again(SYSTEM, one.request.pk, at=at)
    register(one.request, at)
    assert arrived_requests() == [one.request.pk]
    assert wait_again(SYSTEM, one.request.pk, at=at)
    one.request.refresh_from_db()
    assert (one.request.state, one.request.since) == ("waiting", AT)
    assert list(one.request.wishes.values_list("practice_id", "rank")) == [(one.wanted.pk, 1)]
    assert facts_of(one.request).queue_key() == before
    assert request_ids_in_turn(one.wanted.pk) == order


def test_the_wanted_practice_can_still_be_had_and_then_the_request_is_met() -> None:
    one = somebody()
    admit_at_once(SYSTEM, one.request.pk, one.meanwhile.pk, at=AT)
    keep_waiting(SYSTEM, one.request.pk, one.meanwhile.pk, keeps=True, at=AT)
    at = switch(one.request)
    register(one.request, at)
    wait_again(SYSTEM, one.request.pk, at=at)
    confirm_intake(PRACTICE_STAFF, one.wanted.pk, at=at)
    return_places(one.wanted.pk, 1, reference=None, at=at, by=None)
    offer = offer_to_first(SYSTEM, one.wanted.pk, at=at)
    assert offer is not None
    who = one.request.filed_by
    answer_offer(SYSTEM, offer.pk, person=who, answered_by=who, says_yes=True, at=at)
    switch(one.request)
    assert one.request.state == "met"


def test_an_offer_by_the_queue_may_be_for_the_time_being_too() -> None:
    one = somebody(free=0)
    return_places(one.meanwhile.pk, 1, reference=None, at=AT, by=None)
    offer = offer_to_first(SYSTEM, one.meanwhile.pk, at=AT)
    assert offer is not None
    keep_waiting(a_citizen(one.request.filed_by), one.request.pk, one.meanwhile.pk, keeps=True, at=AT)
    who = one.request.filed_by
    answer_offer(SYSTEM, offer.pk, person=who, answered_by=who, says_yes=True, at=AT)
    switch(one.request)
    assert one.request.state == "arriving"


def test_without_that_choice_or_after_taking_it_back_the_request_is_met() -> None:
    for taken_back in (False, True):
        one = somebody()
        admit_at_once(SYSTEM, one.request.pk, one.meanwhile.pk, at=AT)
        if taken_back:
            keep_waiting(SYSTEM, one.request.pk, one.meanwhile.pk, keeps=True, at=AT)
            keep_waiting(SYSTEM, one.request.pk, one.meanwhile.pk, keeps=False, at=AT)
        switch(one.request)
        assert one.request.state == "met"


def test_a_choice_for_one_place_says_nothing_of_another() -> None:
    one = somebody(free=0)
    return_places(one.meanwhile.pk, 1, reference=None, at=AT, by=None)
    offer = offer_to_first(SYSTEM, one.meanwhile.pk, at=AT)
    assert offer is not None
    keep_waiting(SYSTEM, one.request.pk, one.meanwhile.pk, keeps=True, at=AT)
    who = one.request.filed_by
    answer_offer(SYSTEM, offer.pk, person=who, answered_by=who, says_yes=False, at=AT)
    return_places(one.lower.pk, 1, reference=None, at=AT, by=None)
    admit_at_once(SYSTEM, one.request.pk, one.lower.pk, at=hours_after(1))
    switch(one.request)
    assert one.request.state == "met"


def test_nobody_keeps_waiting_above_their_first_wish_or_for_somebody_else() -> None:
    one = somebody()
    admit_at_once(SYSTEM, one.request.pk, one.meanwhile.pk, at=AT)
    with pytest.raises(Refusal) as other:
        keep_waiting(a_citizen(a_person()), one.request.pk, one.meanwhile.pk, keeps=True, at=AT)
    with pytest.raises(Refusal) as elsewhere:
        keep_waiting(SYSTEM, one.request.pk, one.lower.pk, keeps=True, at=AT)
    first = a_practice(free=1)
    alone = a_request(a_person(), wishes=[first])
    admit_at_once(SYSTEM, alone.pk, first.pk, at=AT)
    with pytest.raises(Refusal) as highest:
        keep_waiting(SYSTEM, alone.pk, first.pk, keeps=True, at=AT)
    codes = [caught.value.code for caught in (other, elsewhere, highest)]
    assert codes == [RefusalCode.NOT_YOUR_TURN, RefusalCode.NOT_ALLOWED_NOW, RefusalCode.NO_WISHES]


def test_who_arrives_at_the_interim_practice_may_stop_waiting_and_stays_there() -> None:
    one = somebody()
    admit_at_once(SYSTEM, one.request.pk, one.meanwhile.pk, at=AT)
    keep_waiting(SYSTEM, one.request.pk, one.meanwhile.pk, keeps=True, at=AT)
    at = switch(one.request)
    withdraw_request(SYSTEM, one.request.pk, by=one.request.filed_by, at=at)
    facts = facts_of(one.request)
    assert facts.practice_of(one.request.filed_by) == one.meanwhile.pk


def test_it_is_said_beforehand_which_wish_takes_nobody_who_has_a_gp() -> None:
    region = a_region()
    strict = a_practice(
        replace(OPEN, rule=PartialStop((Clause((WithoutGp(),)),)), stop_reason=StopReason.FULL_LIST),
        region=region,
    )
    wide, meanwhile = a_practice(region=region), a_practice(free=1, region=region)
    seeker = a_seeker(None, strict, wide, meanwhile)
    found = interim_of(facts_of(seeker.request), meanwhile, on=day_in_amsterdam(days_after(1)))
    assert found is not None
    assert [*found.above] == [strict, wide]
    assert [*found.lost] == [strict]
    assert facts_of(seeker.request).priority_class() is PriorityClass.WITHOUT_PRACTICE
