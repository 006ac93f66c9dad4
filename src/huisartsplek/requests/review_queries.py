# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading what somebody asked a person to look at: as they see it, and as the region does, without a name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PEOPLE_LISTED, PERSON_READ
from huisartsplek.audit.services import Line, record_many
from huisartsplek.people.models import Person
from huisartsplek.people.queries import person_of
from huisartsplek.practices.models import PolicyVersion, Practice
from huisartsplek.requests.facts import facts_of
from huisartsplek.requests.models import Review
from huisartsplek.requests.queries import hidden_requests_of
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.intake import Assessment, Check, IntakePolicy
from huisartsplek.rules.lifecycles import ReviewState

SHOWN_AFTERWARDS = timedelta(days=90)  # how long an answer stays on somebody's own page


def own_reviews(actor: Actor, *, at: datetime) -> list[Review]:
    """Give what the one who acts asked, or somebody who moves with them asked, newest first."""
    viewer = person_of(actor)
    if viewer is None:
        return []
    theirs = Q(asked_by=viewer) | Q(request__filed_by=viewer) | Q(request__members__person=viewer)
    shown = Q(state=ReviewState.ASKED) | Q(state=ReviewState.ANSWERED, state_since__gt=at - SHOWN_AFTERWARDS)
    hidden = [request.pk for request in hidden_requests_of(viewer, at=at)]
    found = Review.objects.filter(theirs, shown, request__household_id=viewer.household_id).exclude(
        request__in=hidden
    )
    return list(found.select_related("practice", "region").distinct().order_by("-asked_at", "pk"))


def own_review(actor: Actor, review_id: UUID) -> Review | None:
    """Give a question that the one who acts asked themselves."""
    viewer = person_of(actor)
    return None if viewer is None else Review.objects.filter(pk=review_id, asked_by=viewer).first()


def reviews_of_regions(actor: Actor, region_ids: Collection[UUID], *, at: datetime) -> list[Review]:
    """List what waits for an answer in these regions, most urgent first; that they were seen is recorded."""
    waiting = Review.objects.filter(region_id__in=region_ids, state=ReviewState.ASKED)
    found = list(waiting.select_related("practice", "region").order_by("deadline_at", "pk"))
    lines = [Line(one.asked_by_id, one, {"view": "reviews", "rows": len(found)}) for one in found]
    with transaction.atomic():
        record_many(PEOPLE_LISTED, lines, actor=actor, at=at)
    return found


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """What a coordinator needs to judge an outcome; nobody's name, address or birth date."""

    review: Review
    people: int
    policy: IntakePolicy | None  # the practice's own rule, as it is now
    assessment: Assessment | None  # what that rule says of the household now
    checks: Sequence[Check]  # condition by condition; empty where somebody at home is protected


def review_file(actor: Actor, review_id: UUID, region_ids: Collection[UUID], *, at: datetime) -> ReviewFile | None:
    """Give one question of these regions with what it rests on; reading it is recorded for all whom it is about."""
    review = Review.objects.filter(pk=review_id, region_id__in=region_ids).select_related(
        "practice", "region", "request"
    )
    found = review.first()
    if found is None:
        return None
    facts = facts_of(found.request)
    practice, policy = found.practice, _policy_of(found.practice)
    assessment = None
    if practice is not None and policy is not None and facts.members:
        assessment = facts.assess(practice, policy, on=day_in_amsterdam(at))
    # What a rule weighs may tell where somebody at home is a patient, or lives.
    is_hidden = Person.objects.filter(household=found.request.household_id, is_protected=True).exists()
    people = {member.pk: member for member in facts.members}
    with transaction.atomic():
        lines = [Line(pk, found, {"view": "review"}) for pk in sorted({*people, found.asked_by_id})]
        record_many(PERSON_READ, lines, actor=actor, at=at)
    return ReviewFile(
        review=found,
        people=len(facts.members),
        policy=policy,
        assessment=assessment,
        checks=() if assessment is None or is_hidden else _checks(assessment),
    )


def _policy_of(practice: Practice | None) -> IntakePolicy | None:
    if practice is None:
        return None
    version = PolicyVersion.objects.filter(practice=practice, replaced_at__isnull=True).first()
    return None if version is None else version.value()


def _checks(assessment: Assessment) -> list[Check]:
    found = [check for reason in assessment.reasons for check in reason.checks]
    return list(dict.fromkeys(found))
