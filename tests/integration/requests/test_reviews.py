# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person looks at what the computer decided: once at a time, from closed lists, in five working days."""

from datetime import date
from itertools import product
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.builders import (
    AT,
    CLOSED,
    COORDINATOR,
    SYSTEM,
    a_citizen,
    a_person,
    a_practice,
    a_request,
    days_after,
    hours_after,
)

from huisartsplek.audit.models import AuditEvent
from huisartsplek.notices.models import Notice
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import Request, Review
from huisartsplek.requests.reviews import answer_review, ask_about_practice, withdraw_review
from huisartsplek.requests.services import withdraw_request
from huisartsplek.rounds.alarms import count_overdue
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import Owner
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.rules.reviews import ANSWERS, ReviewAnswer, Reviewed, ReviewReason

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    return a_practice(CLOSED)


@pytest.fixture
def person() -> Person:
    return a_person()


@pytest.fixture
def request_(person: Person, practice: Practice) -> Request:
    return a_request(person, wishes=[practice])


def ask(request: Request, practice: Practice, outcome: Reviewed = Reviewed.WISH, **other: Person) -> Review:
    return ask_about_practice(
        SYSTEM,
        request.pk,
        practice.pk,
        outcome=outcome,
        by=other.get("by", request.filed_by),
        reason=ReviewReason.RULE,
        at=AT,
    )


def test_it_waits_for_the_coordinator_of_the_region_of_the_practice_for_five_working_days(
    request_: Request, practice: Practice
) -> None:
    review = ask(request_, practice)
    assert review.deadline_at is not None
    assert day_in_amsterdam(review.deadline_at) == date(2026, 3, 9), "asked on a Monday, so the next one"
    region = practice.region_id
    assert count_overdue(Owner.COORDINATOR, region, at=days_after(7)) == {}
    assert count_overdue(Owner.COORDINATOR, region, at=days_after(8)) == {"review_not_answered": 1}


def test_asked_twice_is_once_until_it_is_answered_or_withdrawn(request_: Request, practice: Practice) -> None:
    first = ask(request_, practice)
    assert ask(request_, practice) == first
    assert ask(request_, practice, Reviewed.AT_ONCE) != first, "another outcome is another question"
    answer_review(COORDINATOR, first.pk, [practice.region_id], answer=ReviewAnswer.RIGHT_BY_RULE, at=AT)
    second = ask(request_, practice)
    assert second != first
    withdraw_review(SYSTEM, second.pk, by=request_.filed_by, at=AT)
    assert ask(request_, practice) not in {first, second}


def test_the_database_refuses_a_second_open_question_about_the_same_outcome(
    request_: Request, practice: Practice
) -> None:
    review = ask(request_, practice)
    again = Review.objects.get(pk=review.pk)
    again.pk = uuid4()
    with pytest.raises(IntegrityError, match="one_open_review_of_an_outcome"), transaction.atomic():
        again.save(force_insert=True)


def test_the_answer_reaches_whoever_asked_and_is_logged(request_: Request, practice: Practice) -> None:
    review = ask(request_, practice)
    answer_review(COORDINATOR, review.pk, [practice.region_id], answer=ReviewAnswer.DATA_WRONG, at=hours_after(1))
    review.refresh_from_db()
    assert (review.state, review.answer, review.answered_by) == ("answered", "data_wrong", COORDINATOR.user_id)
    (notice,) = Notice.objects.filter(kind="review_answered")
    assert notice.person_id == request_.filed_by_id
    asked = AuditEvent.objects.get(kind="review_asked")
    assert asked.facts == {"request_id": str(request_.pk), "outcome": "wish", "reason": "rule"}
    answered = AuditEvent.objects.get(kind="advanced", thing_type="requests.review")
    assert (answered.person_id, answered.role) == (request_.filed_by_id, "coordinator")
    assert answered.facts["reason"] == "data_wrong"


@pytest.mark.parametrize(("outcome", "answer"), list(product([Reviewed.WISH, Reviewed.AT_ONCE], ReviewAnswer)))
def test_only_the_answers_that_fit_the_outcome_can_be_given(
    outcome: Reviewed, answer: ReviewAnswer, request_: Request, practice: Practice
) -> None:
    review, region = ask(request_, practice, outcome), [practice.region_id]
    if answer in ANSWERS[outcome]:
        answer_review(COORDINATOR, review.pk, region, answer=answer, at=AT)
        return
    with pytest.raises(Refusal) as refused:
        answer_review(COORDINATOR, review.pk, region, answer=answer, at=AT)
    assert refused.value.code is RefusalCode.NOT_ALLOWED_NOW
    review.refresh_from_db()
    assert (review.state, review.answer) == ("asked", "")


def test_another_region_answers_nothing(request_: Request, practice: Practice) -> None:
    review = ask(request_, practice)
    for regions in ([], [a_practice().region_id]):
        with pytest.raises(Refusal):
            answer_review(COORDINATOR, review.pk, regions, answer=ReviewAnswer.RIGHT_BY_RULE, at=AT)


def test_it_is_answered_once(request_: Request, practice: Practice) -> None:
    review, region = ask(request_, practice), [practice.region_id]
    answer_review(COORDINATOR, review.pk, region, answer=ReviewAnswer.RIGHT_BY_RULE, at=AT)
    with pytest.raises(Refusal):
        answer_review(COORDINATOR, review.pk, region, answer=ReviewAnswer.DATA_WRONG, at=AT)
    review.refresh_from_db()
    assert review.answer == "right_by_rule"


def test_nobody_asks_for_another_household_or_withdraws_what_another_asked(
    person: Person, request_: Request, practice: Practice
) -> None:
    mate, stranger = a_person(person.household), a_person()
    for other in (mate, stranger):
        with pytest.raises(Refusal):
            ask(request_, practice, by=other)
    review = ask(request_, practice)
    for actor, by in ((SYSTEM, stranger), (a_citizen(stranger), person)):
        with pytest.raises(Refusal):
            withdraw_review(actor, review.pk, by=by, at=AT)


def test_only_a_wish_of_a_request_that_runs_is_looked_at(request_: Request, practice: Practice) -> None:
    with pytest.raises(Refusal):
        ask(request_, a_practice())
    with pytest.raises(Refusal):
        ask(request_, practice, Reviewed.PRACTICE_NO)
    with pytest.raises(Refusal):
        ask(request_, practice, Reviewed.ROUND)
    withdraw_request(SYSTEM, request_.pk, by=request_.filed_by, at=AT)
    with pytest.raises(Refusal):
        ask(request_, practice)
