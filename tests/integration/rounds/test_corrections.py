# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A turn comes back after a proven error: by two people, from what was theirs, and never as a place."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.builders import (
    AT,
    CLOSED,
    COORDINATOR,
    SYSTEM,
    a_person,
    a_practice,
    a_region,
    a_request,
    days_after,
    hours_after,
)
from tests.integration.rounds.running import FROZEN_AT, a_chain, a_seeker, answer, published, settled

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.models import Move
from huisartsplek.notices.models import Notice
from huisartsplek.people.models import Person
from huisartsplek.practices.models import PlaceEntry, Practice
from huisartsplek.requests.models import Offer, Request, Review
from huisartsplek.requests.reviews import answer_review, ask_about_practice
from huisartsplek.requests.services import withdraw_request
from huisartsplek.rounds.alarms import count_overdue
from huisartsplek.rounds.corrections import (
    confirm_correction,
    corrections_waiting,
    earlier_dates,
    propose_correction,
    reject_correction,
    reviews_to_mend,
    turns_restored,
    withdraw_correction,
)
from huisartsplek.rounds.models import Correction, Entry
from huisartsplek.rules.corrections import ProvenError, TurnBack
from huisartsplek.rules.lifecycles import Owner
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.rules.reviews import ReviewAnswer, Reviewed, ReviewReason

pytestmark = pytest.mark.django_db
SECOND = replace(COORDINATOR, user_id=UUID(int=77))
NOW = days_after(20)


@pytest.fixture
def practice() -> Practice:
    return a_practice(CLOSED)


@pytest.fixture
def person() -> Person:
    return a_person()


@pytest.fixture
def request_(person: Person, practice: Practice) -> Request:
    """What they ask now; an earlier request of theirs ended."""
    earlier = a_request(person, wishes=[practice])
    withdraw_request(SYSTEM, earlier.pk, by=person, at=days_after(1))
    return a_request(person, wishes=[practice], at=days_after(10))


@pytest.fixture
def review(request_: Request, practice: Practice) -> Review:
    return an_error_found(request_, practice)


def an_error_found(request: Request, practice: Practice, answer: ReviewAnswer = ReviewAnswer.DATA_WRONG) -> Review:
    review = ask_about_practice(
        SYSTEM,
        request.pk,
        practice.pk,
        outcome=Reviewed.WISH,
        by=request.filed_by,
        reason=ReviewReason.DATA,
        at=days_after(12),
    )
    return answer_review(COORDINATOR, review.pk, [practice.region_id], answer=answer, at=days_after(13))


def propose(
    review: Review, gives: TurnBack = TurnBack.BOTH, since: datetime | None = AT, *, actor: Actor = COORDINATOR
) -> Correction:
    return propose_correction(
        actor, review.pk, [review.region_id], error=ProvenError.DATA_WRONG, gives=gives, since=since, at=NOW
    )


def confirm(correction: Correction, *, actor: Actor = SECOND, at: datetime = NOW) -> Correction:
    return confirm_correction(actor, correction.pk, [correction.region_id], at=at)


def test_two_people_give_the_date_and_going_first_back_and_the_household_hears_why(
    review: Review, request_: Request
) -> None:
    correction = propose(review)
    request_.refresh_from_db()
    assert (request_.since, request_.goes_first) == (days_after(10), False), "one person changes nothing"
    before = (Offer.objects.count(), Move.objects.count(), PlaceEntry.objects.count())
    confirm(correction)
    request_.refresh_from_db()
    assert (request_.since, request_.goes_first, request_.state) == (AT, True, "waiting")
    assert (Offer.objects.count(), Move.objects.count(), PlaceEntry.objects.count()) == before, "no place"
    assert Notice.objects.get(kind="turn_restored").person_id == request_.filed_by_id
    proposed, restored = (AuditEvent.objects.get(kind=kind) for kind in ("correction_proposed", "turn_restored"))
    assert (proposed.actor_id, restored.actor_id) == (COORDINATOR.user_id, SECOND.user_id)
    assert restored.person_id == request_.filed_by_id
    assert restored.facts == {
        "request_id": str(request_.pk),
        "reason": "data_wrong",
        "gives": "both",
        "since": AT.isoformat(),
    }
    assert turns_restored([review.pk]) == {review.pk: correction}
    assert reviews_to_mend([review.region_id], at=NOW) == []


@pytest.mark.parametrize("decide", [confirm_correction, reject_correction])
def test_nobody_decides_on_their_own_proposal(review: Review, request_: Request, decide: object) -> None:
    correction = propose(review)
    for actor, code in (
        (COORDINATOR, RefusalCode.SECOND_PERSON_NEEDED),
        (replace(COORDINATOR, origin="elders", role="operator"), RefusalCode.SECOND_PERSON_NEEDED),
        (SYSTEM, RefusalCode.NOT_YOUR_TURN),
    ):
        with pytest.raises(Refusal) as refused:
            decide(actor, correction.pk, [correction.region_id], at=NOW)  # type: ignore[operator]  # one of two
        assert refused.value.code is code
    request_.refresh_from_db()
    assert (request_.since, request_.goes_first) == (days_after(10), False)


def test_the_database_knows_that_it_takes_two(review: Review) -> None:
    correction = propose(review)
    rows = Correction.objects.filter(pk=correction.pk)
    for change in ({"decided_by": COORDINATOR.user_id}, {"state": "confirmed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_a_proposal_is_decided_once_and_a_rejected_one_makes_room_for_another(
    review: Review, request_: Request
) -> None:
    first = propose(review)
    with pytest.raises(Refusal):
        propose(review)
    reject_correction(SECOND, first.pk, [first.region_id], at=NOW)
    with pytest.raises(Refusal) as refused:
        confirm(first)
    assert refused.value.code is RefusalCode.ALREADY_ANSWERED
    second = propose(review, TurnBack.GOES_FIRST, None)
    with pytest.raises(Refusal):
        withdraw_correction(SECOND, second.pk, [second.region_id], at=NOW)
    withdraw_correction(COORDINATOR, second.pk, [second.region_id], at=NOW)
    confirm(propose(review, TurnBack.DATE, AT))
    request_.refresh_from_db()
    assert (request_.since, request_.goes_first) == (AT, False)
    with pytest.raises(Refusal):
        propose(review)


@pytest.mark.parametrize(
    ("gives", "since"),
    [
        (TurnBack.DATE, None),
        (TurnBack.GOES_FIRST, AT),
        (TurnBack.DATE, hours_after(-1)),
        (TurnBack.BOTH, datetime.fromisoformat("2020-01-01T00:00:00+00:00")),
    ],
)
def test_no_date_is_made_up(review: Review, gives: TurnBack, since: datetime | None) -> None:
    with pytest.raises(Refusal):
        propose(review, gives, since)


def test_only_a_date_that_all_of_them_had_can_come_back(person: Person, request_: Request) -> None:
    assert earlier_dates(request_) == [AT]
    withdraw_request(SYSTEM, request_.pk, by=person, at=NOW)
    mate = a_person(person.household)
    together = a_request(person, wishes=[a_practice()], members=[person, mate], at=NOW)
    assert earlier_dates(together) == [], "the other did not wait then"


@pytest.mark.parametrize("answer", [ReviewAnswer.RIGHT_BY_RULE, ReviewAnswer.RIGHT_NO_PLACE])
def test_where_no_error_was_found_there_is_nothing_to_give_back(
    request_: Request, practice: Practice, answer: ReviewAnswer
) -> None:
    review = an_error_found(request_, practice, answer)
    assert reviews_to_mend([review.region_id], at=NOW) == []
    with pytest.raises(Refusal):
        propose(review)


def test_another_region_sees_and_decides_nothing(review: Review) -> None:
    correction, elsewhere = propose(review), [uuid4()]
    assert corrections_waiting(elsewhere) == []
    assert corrections_waiting([review.region_id]) == [correction]
    for act in (confirm_correction, reject_correction, withdraw_correction):
        with pytest.raises(Refusal):
            act(SECOND, correction.pk, elsewhere, at=NOW)
    with pytest.raises(Refusal):
        propose_correction(
            SECOND, review.pk, elsewhere, error=ProvenError.DATA_WRONG, gives=TurnBack.DATE, since=AT, at=NOW
        )


def test_a_request_that_ended_gets_no_turn_back(review: Review, request_: Request, person: Person) -> None:
    correction = propose(review)
    withdraw_request(SYSTEM, request_.pk, by=person, at=NOW)
    with pytest.raises(Refusal):
        confirm(correction)
    correction.refresh_from_db()
    assert (correction.state, correction.decided_by) == ("proposed", None)


def test_a_proposal_that_waits_too_long_is_somebodys_alarm(review: Review) -> None:
    propose(review)
    assert count_overdue(Owner.COORDINATOR, review.region_id, at=days_after(1, NOW)) == {}
    assert count_overdue(Owner.COORDINATOR, review.region_id, at=days_after(6, NOW)) == {
        "correction_not_confirmed": 1
    }


@pytest.mark.parametrize("when", ["before the freeze", "after the freeze"])
def test_going_first_is_used_up_by_the_round_in_which_they_did_and_by_no_other(when: str) -> None:
    region = a_region()
    seekers, practices = a_chain(region, 2)
    late = a_seeker(a_practice(region=region), practices[0], at=hours_after(0.5))
    if when == "before the freeze":
        Request.objects.filter(pk=late.request.pk).update(goes_first=True)
    round_ = published(region)
    entry = Entry.objects.get(round=round_, request=late.request)
    assert entry.went_first is (when == "before the freeze")
    assert round_.frozen_at == FROZEN_AT
    if when == "after the freeze":
        review = an_error_found(late.request, practices[0])
        confirm(propose(review, TurnBack.GOES_FIRST, None))
    for seeker in [*seekers, late]:
        if Offer.objects.filter(request=seeker.request).exists():
            answer(seeker, says_yes=True)
    settled(round_)
    late.request.refresh_from_db()
    assert late.request.goes_first is (when == "after the freeze")
