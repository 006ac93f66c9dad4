# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping every no of a practice or its rule, with that rule as it was, so that nobody has to prove it.

What a round decided is kept by the round itself, for everybody in it.
"""

from collections.abc import Collection
from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import REFUSAL_RECORDED
from huisartsplek.audit.services import record
from huisartsplek.people.models import Person
from huisartsplek.practices.models import PolicyVersion, Practice
from huisartsplek.requests.facts import facts_of
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.models import RecordedRefusal, Request
from huisartsplek.requests.prospects import Why, whys_of
from huisartsplek.rules.dates import AMSTERDAM, day_in_amsterdam
from huisartsplek.rules.refusals import PracticeRefusal, RefusalCode
from huisartsplek.rules.reviews import Reviewed

REFUSED_BY_THE_RULE = frozenset({Why.OUTSIDE_RULE, Why.CLOSED, Why.NOT_ENOUGH_ROOM})
REFUSED_AT_ONCE = frozenset(
    {
        RefusalCode.NOT_ADMITTED,
        RefusalCode.NO_PLACES,
        RefusalCode.WEEKLY_LIMIT_REACHED,
        RefusalCode.OTHERS_FIRST,
        RefusalCode.RULE_NOT_CONFIRMED,
    }
)


def keep_refusal(
    actor: Actor,
    request: Request,
    practice_id: UUID,
    outcome: Reviewed,
    reason: Why | RefusalCode | PracticeRefusal,
    *,
    at: datetime,
) -> RecordedRefusal | None:
    """Keep one refusal of a locked request; the same no under the same rule on one day is kept once."""
    version = PolicyVersion.objects.filter(practice_id=practice_id, replaced_at__isnull=True).first()
    policy = None if version is None else version.policy
    today = datetime.combine(day_in_amsterdam(at), time(), AMSTERDAM)
    known = RecordedRefusal.objects.filter(
        request=request, practice_id=practice_id, outcome=outcome, reason=reason, at__gte=today
    )
    if any(one.policy == policy for one in known):
        return None
    kept = RecordedRefusal.objects.create(
        request=request, practice_id=practice_id, outcome=outcome, reason=reason, policy=policy, at=at
    )
    record(
        REFUSAL_RECORDED,
        actor=actor,
        at=at,
        person=request.filed_by_id,
        thing=kept,
        practice_id=practice_id,
        request_id=request.pk,
        which=outcome,
        reason=reason,
    )
    return kept


def keep_refusal_at_once(
    actor: Actor, request_id: UUID, practice_id: UUID, code: RefusalCode, *, at: datetime
) -> None:
    """Keep that enrolling at once was refused: what was tried is undone, the no to it is not."""
    with transaction.atomic():
        facts = lock_request(request_id)
        keep_refusal(actor, facts.request, practice_id, Reviewed.AT_ONCE, code, at=at)


def keep_refused_wishes(actor: Actor, request: Request, practice_ids: Collection[UUID], *, at: datetime) -> None:
    """Keep which of these new wishes of a locked request their practices' rules refuse at this moment."""
    practices = Practice.objects.in_bulk(list(practice_ids))
    wished = [practices[pk] for pk in practice_ids if pk in practices]
    if not wished:
        return
    for practice, why in zip(wished, whys_of(facts_of(request), wished, at=at), strict=True):
        if why in REFUSED_BY_THE_RULE:
            keep_refusal(actor, request, practice.pk, Reviewed.WISH, why, at=at)


def refusals_of(person: Person, *, most: int | None = None) -> list[RecordedRefusal]:
    """Give the refusals of what somebody asked for or moves with, newest first."""
    theirs = Q(request__filed_by=person) | Q(request__members__person=person)
    kept = RecordedRefusal.objects.filter(theirs, request__household_id=person.household_id)
    return list(kept.select_related("practice").distinct().order_by("-at", "pk")[:most])
