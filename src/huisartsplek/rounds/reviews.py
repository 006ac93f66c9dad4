# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody asks a person to look at the outcome of a round; and what that outcome was, for who looks."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.people.models import Person
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.models import Review
from huisartsplek.requests.reviews import Subject, ask_review
from huisartsplek.rounds.models import Entry
from huisartsplek.rounds.queries import own_outcome
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.rules.reviews import Reviewed, ReviewReason


def ask_about_round(actor: Actor, round_id: UUID, *, by: Person, reason: ReviewReason, at: datetime) -> Review:
    """Ask a person to look at what a round decided for the request of the one who acts, once that is public."""
    with transaction.atomic():
        own = own_outcome(actor, round_id)
        if own is None:
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        if not own.is_public:
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, lifecycle="round", state=own.round.state, event="review")
        facts = lock_request(own.entry.request_id)
        subject = Subject(Reviewed.ROUND, own.round.region_id, round_id=round_id)
        return ask_review(actor, facts, subject, by=by, reason=reason, at=at)


def reviewed_entry(review: Review) -> Entry | None:
    """Give what the round decided, where a review is of a round; the caller has recorded that it is read."""
    if review.round_id is None:
        return None
    return Entry.objects.filter(round_id=review.round_id, request=review.request_id).first()
