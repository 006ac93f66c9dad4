# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading help: whom somebody helps now, and what was done in a person's name."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor, Ground
from huisartsplek.audit.events import PERSON_READ, Action
from huisartsplek.audit.models import AuditEvent
from huisartsplek.audit.services import record
from huisartsplek.desk.models import Help

_DONE = (Action.CREATE, Action.UPDATE, Action.ACT, Action.DELETE)
_ABOUT_THE_HELP = ("help_begun", "help_ended", "notice_queued", "advanced")


def open_help(employee_id: UUID, help_id: UUID, *, at: datetime) -> Help | None:
    """Give the help that this employee gives now; nothing for anybody else's, or once it is over."""
    rows = Help.objects.filter(pk=help_id, employee_id=employee_id, ended_at__isnull=True, ends_at__gt=at)
    return rows.select_related("person").first()


def seen_help(actor: Actor, help_id: UUID, *, at: datetime) -> Help | None:
    """Give the help that the one who asks gives now, with whom; reading is recorded."""
    found = open_help(actor.user_id, help_id, at=at) if actor.user_id else None
    if found is None:
        return None
    with transaction.atomic():
        beside = actor.acting_for(found.person_id, ground=Ground.OWN_REQUEST)
        record(PERSON_READ, actor=beside, at=at, person=found.person_id, thing=found, view="help")
    return found


def present_help(employee_id: UUID, *, at: datetime) -> Help | None:
    """Give whom this employee helps now, if anybody."""
    rows = Help.objects.filter(employee_id=employee_id, ended_at__isnull=True, ends_at__gt=at)
    return rows.select_related("person").first()


def help_told_of(help_id: UUID | None) -> Help | None:
    """Give the help that a message is about."""
    return None if help_id is None else Help.objects.filter(pk=help_id).first()


def kinds_done(help_: Help) -> list[str]:
    """List what was done in the person's name during the help, by kind, in the order in which it was first done."""
    rows = AuditEvent.objects.filter(
        actor_id=help_.employee_id,
        on_behalf_of=help_.person_id,
        at__gte=help_.started_at,
        at__lte=help_.ended_at or help_.ends_at,
        action__in=_DONE,
    )
    kinds = rows.exclude(kind__in=_ABOUT_THE_HELP).order_by("pk").values_list("kind", flat=True)
    return list(dict.fromkeys(kinds))
