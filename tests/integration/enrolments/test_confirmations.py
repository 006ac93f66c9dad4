# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where somebody says they are enrolled, and what their practice says of it."""

from datetime import date, timedelta

import pytest
from tests.builders import AT, LONG_AGO, PRACTICE_STAFF, SYSTEM, TODAY, a_person, a_practice, a_request, days_after

from huisartsplek.enrolments.deadlines import pass_on
from huisartsplek.enrolments.models import Confirmation, Enrolment
from huisartsplek.enrolments.queries import is_tradable
from huisartsplek.enrolments.services import answer_confirmation, state_practice
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db


def state(person: Person, practice: Practice, since: date = LONG_AGO) -> Enrolment:
    return state_practice(SYSTEM, person, practice.pk, since=since, at=AT)


def refusal_of(person: Person, practice: Practice, since: date = LONG_AGO) -> RefusalCode:
    with pytest.raises(Refusal) as refused:
        state(person, practice, since)
    return refused.value.code


def answer(enrolment: Enrolment, *, is_ours: bool) -> Confirmation:
    return answer_confirmation(
        PRACTICE_STAFF, enrolment.confirmation.pk, enrolment.practice_id, is_ours=is_ours, at=AT
    )


def test_a_stated_practice_trades_only_once_that_practice_says_so() -> None:
    enrolment = state(a_person(), a_practice())
    assert not is_tradable(enrolment, on=TODAY)
    assert answer(enrolment, is_ours=True).state == "confirmed"
    enrolment.refresh_from_db()
    assert enrolment.confirmed_at == AT
    assert is_tradable(enrolment, on=TODAY)


@pytest.mark.parametrize(("days", "trades"), [(89, False), (90, True)])
def test_a_place_is_held_for_ninety_days_before_it_trades(days: int, trades: bool) -> None:
    enrolment = state(a_person(), a_practice(), TODAY - timedelta(days=days))
    answer(enrolment, is_ours=True)
    enrolment.refresh_from_db()
    assert is_tradable(enrolment, on=TODAY) is trades


def test_a_practice_answers_about_its_own_people_only_and_once() -> None:
    enrolment = state(a_person(), a_practice())
    with pytest.raises(Refusal) as refused:
        answer_confirmation(PRACTICE_STAFF, enrolment.confirmation.pk, a_practice().pk, is_ours=False, at=AT)
    assert refused.value.code is RefusalCode.UNKNOWN_PRACTICE
    answer(enrolment, is_ours=True)
    with pytest.raises(Refusal) as refused:
        answer(enrolment, is_ours=False)
    assert refused.value.code is RefusalCode.NOT_ALLOWED_NOW


def test_nobody_states_a_second_practice_a_future_day_or_days_spent_elsewhere() -> None:
    person, practice = a_person(), a_practice(free=1)
    assert refusal_of(person, practice, TODAY + timedelta(days=1)) is RefusalCode.NOT_ALLOWED_NOW
    state(person, practice)
    assert refusal_of(person, a_practice()) is RefusalCode.ALREADY_THERE


def test_a_denied_statement_ends_nothing_and_can_be_put_right() -> None:
    person, wrong, right = a_person(), a_practice(), a_practice()
    enrolment = state(person, wrong)
    answer(enrolment, is_ours=False)
    enrolment.refresh_from_db()
    assert (enrolment.ends_on, enrolment.confirmed_at) == (None, None)
    assert refusal_of(person, wrong) is RefusalCode.ALREADY_THERE
    assert state(person, right).practice == right
    assert Enrolment.objects.get(person=person, ends_on=None).practice == right


def test_a_denied_statement_stays_while_its_move_is_planned() -> None:
    person, wrong, wanted = a_person(), a_practice(), a_practice(free=1)
    answer(state(person, wrong), is_ours=False)
    request = a_request(person, wishes=[wanted])
    admit_at_once(SYSTEM, request.pk, wanted.pk, at=AT)
    assert refusal_of(person, a_practice()) is RefusalCode.MOVING_ALREADY


def test_a_question_that_is_not_answered_in_ten_working_days_goes_to_the_coordinator() -> None:
    enrolment = state(a_person(), a_practice())
    confirmation = enrolment.confirmation
    assert confirmation.deadline_at is not None
    pass_on(SYSTEM, at=confirmation.deadline_at)
    confirmation.refresh_from_db()
    assert confirmation.state == "asked"
    pass_on(SYSTEM, at=confirmation.deadline_at + timedelta(seconds=1))
    confirmation.refresh_from_db()
    assert confirmation.state == "unanswered"
    assert answer(enrolment, is_ours=True).state == "confirmed", "late is better than never"


def test_silence_of_a_practice_ends_no_enrolment() -> None:
    enrolment = state(a_person(), a_practice())
    for day in range(0, 400, 10):
        pass_on(SYSTEM, at=days_after(day))
    enrolment.refresh_from_db()
    assert enrolment.ends_on is None
