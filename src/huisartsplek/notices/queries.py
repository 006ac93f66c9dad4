# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading messages: the ones that failed, for who must solve it, and somebody's own."""

from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django.models import ProcrastinateJob

from huisartsplek.audit.actors import Actor
from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.notices.permissions import may_handle_failed_notices
from huisartsplek.rules.lifecycles import NoticeState


def failed_notices(actor: Actor) -> list[Notice]:
    """List the messages that did not go out, longest waiting first; empty for whom they do not concern."""
    if not may_handle_failed_notices(actor):
        return []
    return list(Notice.objects.filter(state=NoticeState.FAILED).order_by("state_since", "id"))


def failed_jobs(actor: Actor) -> list[ProcrastinateJob]:
    """List the jobs that were given up, oldest first; empty for whom they do not concern."""
    if not may_handle_failed_notices(actor):
        return []
    return list(ProcrastinateJob.objects.filter(status="failed").order_by("id"))


ASKED_AT_ONCE = 300


def notices_to_ask_after(*, at: datetime) -> list[UUID]:
    """List the messages that were taken from us and are due to be asked after, longest waiting first."""
    due = Notice.objects.filter(state=NoticeState.SENT, next_try_at__lte=at).order_by("next_try_at", "id")
    return list(due.values_list("pk", flat=True)[:ASKED_AT_ONCE])


def count_notices_since(person_id: UUID, kind: NoticeKind, *, since: datetime) -> int:
    """Count how often somebody was told this since a moment."""
    return Notice.objects.filter(person_id=person_id, kind=kind, state_since__gt=since).count()


def own_notice(person_id: UUID, notice_id: UUID) -> Notice | None:
    """Give one message to this person; nothing for anybody else's."""
    return Notice.objects.filter(pk=notice_id, person_id=person_id).first()


def notices_of(person_id: UUID) -> list[Notice]:
    """List the messages to one person, newest first."""
    return list(Notice.objects.filter(person_id=person_id).order_by("-state_since", "id"))
