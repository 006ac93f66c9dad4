# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Admitted at once: the rule says yes, the places are there, and nobody stands earlier in the queue."""

from datetime import date, timedelta

import pytest
from tests.builders import (
    AT,
    CLOSED,
    LONG_AGO,
    OPEN,
    PRACTICE_STAFF,
    SYSTEM,
    a_person,
    a_practice,
    a_request,
    an_enrolment,
    days_after,
    hours_after,
)

from huisartsplek.enrolments.models import Enrolment, Move
from huisartsplek.enrolments.services import answer_confirmation
from huisartsplek.notices.models import Notice
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Places, Practice
from huisartsplek.requests.facts import facts_of
from huisartsplek.requests.models import Request
from huisartsplek.requests.moves import carry_out
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rules.intake import (
    Clause,
    Condition,
    HouseholdMemberOfPatient,
    IntakePolicy,
    LivesIn,
    PartialStop,
    StopReason,
    WithoutGp,
)
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db


def refusal_of(request: Request, practice: Practice, *, hours: float = 0) -> RefusalCode:
    before = Places.objects.values().get(pk=practice.pk)
    with pytest.raises(Refusal) as refused:
        admit_at_once(SYSTEM, request.pk, practice.pk, at=hours_after(hours))
    assert Places.objects.values().get(pk=practice.pk) == before
    return refused.value.code


def partial(*conditions: Condition, weekly: int | None = None) -> IntakePolicy:
    return IntakePolicy(
        rule=PartialStop(admits=(Clause(conditions),)),
        valid_from=date(2020, 1, 1),
        stop_reason=StopReason.STAFF,
        weekly=weekly,
    )


def test_a_household_gets_its_places_and_a_switch_date_and_everybody_hears_of_it() -> None:
    here, wanted = a_practice(), a_practice(free=3)
    mother = a_person(enrolled_at=here)
    baby = a_person(mother.household, birth_date=date(2025, 6, 1), parents=[mother])
    request = a_request(mother, members=[mother, baby], wishes=[wanted])
    moves = admit_at_once(SYSTEM, request.pk, wanted.pk, at=AT)
    assert {(move.person_id, move.from_practice_id) for move in moves} == {(mother.pk, here.pk), (baby.pk, None)}
    assert {move.switch_on for move in moves} == {date(2026, 3, 16)}
    assert Places.objects.get(pk=wanted.pk).free == 1
    request.refresh_from_db()
    assert request.state == "moving"
    assert list(Notice.objects.values_list("person_id", "kind")) == [(mother.pk, "move_planned")]
    assert Enrolment.objects.get(ends_on=None).practice == here, "care stays where it is until the switch date"


def test_nobody_starts_on_the_first_day_of_a_quarter() -> None:
    wanted = a_practice(free=1)
    request = a_request(a_person(), wishes=[wanted], at=AT)
    (move,) = admit_at_once(SYSTEM, request.pk, wanted.pk, at=days_after(16))
    assert move.switch_on == date(2026, 4, 2)


def test_a_member_who_is_there_already_takes_no_place() -> None:
    wanted = a_practice(free=1)
    person = a_person(enrolled_at=wanted)
    partner = a_person(person.household, enrolled_at=a_practice())
    request = a_request(person, members=[person, partner], wishes=[wanted])
    (move,) = admit_at_once(SYSTEM, request.pk, wanted.pk, at=AT)
    assert (move.person, Places.objects.get(pk=wanted.pk).free) == (partner, 0)


def test_a_full_practice_admits_nobody_and_a_household_goes_in_whole_or_not() -> None:
    wanted = a_practice(free=1)
    person = a_person()
    household = [person, a_person(person.household)]
    assert refusal_of(a_request(person, members=household, wishes=[wanted]), wanted) is RefusalCode.NO_PLACES
    assert not Move.objects.exists()


def test_the_practices_own_rule_decides() -> None:
    near = a_practice(partial(LivesIn(((2500, 2599),))), 5)
    far_away = a_person(postcode="9711AA")
    assert refusal_of(a_request(far_away, wishes=[near]), near) is RefusalCode.NOT_ADMITTED
    closed = a_practice(CLOSED, 5)
    assert refusal_of(a_request(a_person(), wishes=[closed]), closed) is RefusalCode.NOT_ADMITTED
    request = a_request(a_person(postcode="2515AA"), wishes=[near])
    assert len(admit_at_once(SYSTEM, request.pk, near.pk, at=AT)) == 1


def test_what_is_not_known_admits_nobody() -> None:
    practice = a_practice(partial(LivesIn(((2500, 2599),)), WithoutGp()), 5)
    with_gp = a_person(enrolled_at=a_practice())
    assert refusal_of(a_request(with_gp, wishes=[practice]), practice) is RefusalCode.NOT_ADMITTED


@pytest.mark.parametrize("said", ["nothing", "no", "yes"])
def test_family_of_a_patient_is_who_the_practice_says_is_its_patient(said: str) -> None:
    practice = a_practice(partial(HouseholdMemberOfPatient()), 5)
    mate = a_person()
    statement = an_enrolment(mate, practice, confirmed=said == "yes")
    if said == "no":
        answer_confirmation(PRACTICE_STAFF, statement.confirmation.pk, practice.pk, is_ours=False, at=AT)
    request = a_request(a_person(mate.household), wishes=[practice])
    if said == "yes":
        assert admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    else:
        assert refusal_of(request, practice) is RefusalCode.NOT_ADMITTED


@pytest.mark.parametrize("is_denied", [True, False])
def test_whose_practice_denies_them_has_none(is_denied: bool) -> None:
    person, stated = a_person(), a_practice(closes_on=date(2026, 6, 1))
    statement = an_enrolment(person, stated, confirmed=False)
    if is_denied:
        answer_confirmation(PRACTICE_STAFF, statement.confirmation.pk, stated.pk, is_ours=False, at=AT)
    practice = a_practice(partial(WithoutGp()), 5)
    request = a_request(person, wishes=[practice])
    without = a_request(a_person(), wishes=[a_practice()], at=AT)
    assert (facts_of(request).priority() == facts_of(without).priority()) is is_denied
    if is_denied:
        assert admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    else:
        assert refusal_of(request, practice) is RefusalCode.NOT_ADMITTED


def test_a_practice_that_was_not_wished_or_says_nothing_admits_nobody() -> None:
    wanted, other, silent = a_practice(free=1), a_practice(free=1), a_practice(None)
    request = a_request(a_person(), wishes=[wanted, silent])
    assert refusal_of(request, other) is RefusalCode.UNKNOWN_PRACTICE
    assert refusal_of(request, silent) is RefusalCode.UNKNOWN_PRACTICE


def test_everybody_who_must_say_yes_has_said_it() -> None:
    wanted, person = a_practice(free=2), a_person()
    partner = a_person(person.household)
    request = a_request(person, members=[person, partner], wishes=[wanted], consented=False)
    assert refusal_of(request, wanted) is RefusalCode.CONSENT_MISSING


def test_the_weekly_number_holds_over_seven_days() -> None:
    weekly = IntakePolicy(rule=OPEN.rule, valid_from=OPEN.valid_from, weekly=2)
    wanted = a_practice(weekly, 10)
    requests = [a_request(a_person(), wishes=[wanted], at=hours_after(n)) for n in range(4)]
    for request in requests[:2]:
        admit_at_once(SYSTEM, request.pk, wanted.pk, at=hours_after(5))
    assert refusal_of(requests[2], wanted, hours=6) is RefusalCode.WEEKLY_LIMIT_REACHED
    assert refusal_of(requests[2], wanted, hours=7 * 24 + 4.9) is RefusalCode.WEEKLY_LIMIT_REACHED
    assert admit_at_once(SYSTEM, requests[2].pk, wanted.pk, at=hours_after(7 * 24 + 5))


def test_a_place_given_back_does_not_raise_the_weekly_number() -> None:
    weekly = IntakePolicy(rule=OPEN.rule, valid_from=OPEN.valid_from, weekly=1)
    wanted = a_practice(weekly, 10)
    person, *others = [a_person() for _ in range(3)]
    leaving = a_request(person, wishes=[wanted])
    admit_at_once(SYSTEM, leaving.pk, wanted.pk, at=AT)
    requests = [a_request(other, wishes=[wanted], at=days_after(n)) for n, other in enumerate(others, 1)]
    Person.objects.filter(pk=person.pk).update(ended_on=date(2026, 3, 5), end_reason="died")
    carry_out(SYSTEM, leaving.pk, at=days_after(15))
    admit_at_once(SYSTEM, requests[0].pk, wanted.pk, at=days_after(15))
    assert refusal_of(requests[1], wanted, hours=15 * 24 + 1) is RefusalCode.WEEKLY_LIMIT_REACHED


def test_whoever_stands_earlier_in_the_queue_goes_first() -> None:
    wanted = a_practice(free=1)
    early = a_request(a_person(enrolled_at=a_practice()), wishes=[wanted], at=AT)
    late = a_request(a_person(enrolled_at=a_practice()), wishes=[wanted], at=hours_after(1))
    assert refusal_of(late, wanted, hours=2) is RefusalCode.OTHERS_FIRST
    assert admit_at_once(SYSTEM, early.pk, wanted.pk, at=hours_after(2))


def test_without_a_practice_one_goes_before_who_has_one_and_both_after_whose_practice_closes() -> None:
    wanted, closing = a_practice(free=3), a_practice(closes_on=date(2026, 6, 1))
    has_one = a_request(a_person(enrolled_at=a_practice()), wishes=[wanted], at=AT)
    without = a_request(a_person(), wishes=[wanted], at=hours_after(1))
    loses_it = a_request(a_person(enrolled_at=closing), wishes=[wanted], at=hours_after(2))
    for request in (has_one, without):
        assert refusal_of(request, wanted, hours=3) is RefusalCode.OTHERS_FIRST
    for request in (loses_it, without, has_one):
        admit_at_once(SYSTEM, request.pk, wanted.pk, at=hours_after(3))


@pytest.mark.parametrize("reason", ["does not fit", "is not admitted", "has no consent"])
def test_who_cannot_take_the_place_keeps_nobody_from_it(reason: str) -> None:
    wanted = a_practice(partial(LivesIn(((2500, 2599),))), 1)
    first = a_person(postcode="9711AA" if reason == "is not admitted" else "2514GL")
    members = [first] if reason == "is not admitted" else [first, a_person(first.household)]
    a_request(first, members=members, wishes=[wanted], consented=reason != "has no consent")
    late = a_request(a_person(), wishes=[wanted], at=hours_after(1))
    assert admit_at_once(SYSTEM, late.pk, wanted.pk, at=hours_after(2))


def test_a_household_is_admitted_once() -> None:
    wanted, other = a_practice(free=1), a_practice(free=1)
    request = a_request(a_person(), wishes=[wanted, other])
    admit_at_once(SYSTEM, request.pk, wanted.pk, at=AT)
    assert refusal_of(request, other) is RefusalCode.MOVING_ALREADY


def test_who_asks_for_their_newborn_on_the_day_of_birth_is_heard() -> None:
    parent = a_person(enrolled_at=a_practice(), enrolled_on=LONG_AGO)
    midnight = hours_after(13.5)  # half past eleven in the evening in London is the next day in Amsterdam
    born_on = date(2026, 3, 2) + timedelta(days=1)
    baby = a_person(parent.household, birth_date=born_on, parents=[parent], at=midnight)
    wanted = a_practice(free=1)
    request = a_request(parent, members=[baby], wishes=[wanted], at=midnight)
    assert admit_at_once(SYSTEM, request.pk, wanted.pk, at=midnight)
