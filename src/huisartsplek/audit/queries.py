# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the log. Whoever does is in it too."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Min, Q
from django.db.models.functions import Now

from huisartsplek.audit.actors import Actor, ActorKind
from huisartsplek.audit.events import LOG_READ, LOG_VERIFIED
from huisartsplek.audit.models import AuditEvent
from huisartsplek.audit.services import record
from huisartsplek.rules.dates import AMSTERDAM


def events_about(actor: Actor, person_id: UUID, *, at: datetime, own: bool, most: int = 100) -> list[AuditEvent]:
    """Give what was done with a person's data, newest first: by the one who asks and our own jobs, or by others."""
    with transaction.atomic():
        about = AuditEvent.objects.filter(person_id=person_id)
        by_self = about.filter(Q(actor_id=actor.user_id) | Q(actor_kind=ActorKind.SYSTEM))
        found = list((by_self if own else about.exclude(pk__in=by_self.values("pk"))).order_by("-pk")[:most])
        record(LOG_READ, actor=actor, at=at, person=person_id, rows=len(found))
    return found


def search_log(
    actor: Actor, *, person_id: UUID | None, first: date | None, last: date | None, at: datetime, most: int
) -> list[AuditEvent]:
    """Give the lines about a person, of a period, or both, newest first; without either it gives none."""
    if person_id is None and first is None and last is None:
        return []
    found = AuditEvent.objects.order_by("-pk")
    if person_id is not None:
        found = found.filter(person_id=person_id)
    if first is not None:
        found = found.filter(at__gte=datetime.combine(first, time(), AMSTERDAM))
    if last is not None:
        found = found.filter(at__lt=datetime.combine(last + timedelta(days=1), time(), AMSTERDAM))
    with transaction.atomic():
        lines = list(found[:most])
        record(LOG_READ, actor=actor, at=at, person=person_id, rows=len(lines))
    return lines


def last_check() -> AuditEvent | None:
    """Give the line that says how the last check of the whole log came out."""
    return AuditEvent.objects.filter(kind=LOG_VERIFIED.name).order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Tail:
    """The lines that are not sealed yet, and how old the oldest is by the database's own clock."""

    lines: int
    oldest_at: datetime | None
    age: timedelta


def unsealed_tail() -> Tail:
    """Look at the end of the log, without reading what stands in it."""
    unsealed = AuditEvent.objects.extra(
        where=["NOT EXISTS (SELECT FROM audit_seal s WHERE s.event_id = audit_event.id)"]
    )
    found = unsealed.aggregate(lines=Count("id"), oldest=Min("recorded_at"), age=Now() - Min("recorded_at"))
    return Tail(found["lines"], found["oldest"], found["age"] or timedelta())
