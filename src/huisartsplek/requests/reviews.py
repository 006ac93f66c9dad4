# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody asks a person to look at what the computer decided; the coordinator of the region answers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import REVIEW_ASKED
from huisartsplek.audit.services import advance, begin
from huisartsplek.enrolments.queries import said_no
from huisartsplek.notices.models import NoticeKind
from huisartsplek.people.models import Person
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.people.queries import people_decided_for
from huisartsplek.practices.models import Practice
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.messages import tell_people
from huisartsplek.requests.models import Review
from huisartsplek.requests.permissions import may_see_request
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import RequestState, ReviewEvent, ReviewState
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.rules.reviews import ANSWERS, ReviewAnswer, Reviewed, ReviewReason


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be looked at: an outcome at a practice, or that of a round; and whose region answers."""

    outcome: Reviewed
    region_id: UUID
    practice_id: UUID | None = None
    round_id: UUID | None = None


def ask_about_practice(
    actor: Actor,
    request_id: UUID,
    practice_id: UUID,
    *,
    outcome: Reviewed,
    by: Person,
    reason: ReviewReason,
    at: datetime,
) -> Review:
    """Ask a person to look at what a wished practice's rule, or the practice itself, decided for a request."""
    with transaction.atomic():
        facts = lock_request(request_id)
        if outcome is Reviewed.PRACTICE_NO:
            refused = said_no(request_id)
            is_theirs = refused is not None and refused.practice.pk == practice_id
        else:
            is_theirs = facts.request.wishes.filter(practice_id=practice_id).exists()
        if not is_theirs or outcome is Reviewed.ROUND:
            raise Refusal(RefusalCode.UNKNOWN_PRACTICE, practice=str(practice_id))
        if facts.request.state in {RequestState.MET, RequestState.WITHDRAWN}:
            raise Refusal(
                RefusalCode.NOT_ALLOWED_NOW, lifecycle="request", state=facts.request.state, event="review"
            )
        region_id = Practice.objects.values_list("region_id", flat=True).get(pk=practice_id)
        subject = Subject(outcome, region_id, practice_id=practice_id)
        return ask_review(actor, facts, subject, by=by, reason=reason, at=at)


def ask_review(
    actor: Actor, facts: Facts, subject: Subject, *, by: Person, reason: ReviewReason, at: datetime
) -> Review:
    """Ask a person to look at one outcome of a locked request; asked twice is once, until it is answered."""
    on = day_in_amsterdam(at)
    children = {child.pk for child in people_decided_for(by, on=on)}
    if not (may_speak_for(actor, by) and may_see_request(by, facts, decides_for=children, on=on)):
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    about = {"outcome": subject.outcome, "practice": subject.practice_id, "round_id": subject.round_id}
    running = Review.objects.filter(request=facts.request, state=ReviewState.ASKED, **about).first()
    if running is not None:
        return running
    review = Review(
        request=facts.request,
        region_id=subject.region_id,
        outcome=subject.outcome,
        practice_id=subject.practice_id,
        round_id=subject.round_id,
        asked_by=by,
        asked_at=at,
        reason=reason,
    )
    begin(
        review,
        kind=REVIEW_ASKED,
        actor=actor,
        at=at,
        person=by.pk,
        request_id=facts.request.pk,
        outcome=subject.outcome,
        reason=reason,
    )
    return review


def withdraw_review(actor: Actor, review_id: UUID, *, by: Person, at: datetime) -> Review:
    """Let whoever asked say that nobody needs to look any more."""
    with transaction.atomic():
        review = _locked(Review.objects.filter(pk=review_id, asked_by=by).first())
        if not may_speak_for(actor, by):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        advance(review, ReviewEvent.WITHDRAW, actor=actor, at=at, person=by.pk)
    return review


def answer_review(
    actor: Actor, review_id: UUID, region_ids: Collection[UUID], *, answer: ReviewAnswer, at: datetime
) -> Review:
    """Write down what a coordinator found in a question to one of their own regions; who asked hears of it."""
    with transaction.atomic():
        review = _locked(Review.objects.filter(pk=review_id, region_id__in=region_ids).first())
        if answer not in ANSWERS[Reviewed(review.outcome)]:
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, answer=answer)
        # First the answer, as the database refuses an answered question without one.
        review.answer, review.answered_by = answer, actor.user_id
        review.save(update_fields=["answer", "answered_by"])
        advance(review, ReviewEvent.ANSWER, actor=actor, at=at, person=review.asked_by_id, reason=answer)
        asker = Person.objects.get(pk=review.asked_by_id)
        tell_people(actor, [asker], NoticeKind.REVIEW_ANSWERED, reference=review.pk, at=at)
    return review


def _locked(found: Review | None) -> Review:
    """Lock a question through the people of its request, and read it as it is now; nobody else's."""
    if found is None:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    lock_request(found.request_id)
    found.refresh_from_db()
    return found
