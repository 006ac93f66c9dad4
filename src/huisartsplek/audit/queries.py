# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the log. Whoever does is in it too."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from huisartsplek.audit.actors import Actor, ActorKind
from huisartsplek.audit.events import LOG_READ
from huisartsplek.audit.models import AuditEvent
from huisartsplek.audit.services import record


def events_about(actor: Actor, person_id: UUID, *, at: datetime, own: bool, most: int = 100) -> list[AuditEvent]:
    """Give what was done with a person's data, newest first: by the one who asks and our own jobs, or by others."""
    with transaction.atomic():
        about = AuditEvent.objects.filter(person_id=person_id)
        by_self = about.filter(Q(actor_id=actor.user_id) | Q(actor_kind=ActorKind.SYSTEM))
        found = list((by_self if own else about.exclude(pk__in=by_self.values("pk"))).order_by("-pk")[:most])
        record(LOG_READ, actor=actor, at=at, person=person_id, rows=len(found))
    return found
