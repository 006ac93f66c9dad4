# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where messages to somebody went is forgotten; what is under way is not sent any more."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.services import advance
from huisartsplek.notices.models import Notice
from huisartsplek.rules.lifecycles import NoticeEvent, NoticeState

# By which steps a message ends that is not finished.
_ENDS = {
    NoticeState.QUEUED: (NoticeEvent.FAIL, NoticeEvent.GIVE_UP),
    NoticeState.FAILED: (NoticeEvent.GIVE_UP,),
    NoticeState.SENT: (NoticeEvent.HEAR_NOTHING,),
}


def forget_messages(actor: Actor, person_ids: Collection[UUID], *, at: datetime) -> int:
    """End every message to these people and empty where it went; a job that still holds one finds it ended."""
    with transaction.atomic():
        found = list(Notice.objects.select_for_update().filter(person_id__in=person_ids).order_by("pk"))
        for notice in found:
            for event in _ENDS.get(NoticeState(notice.state), ()):
                advance(notice, event, actor=actor, at=at)
        Notice.objects.filter(pk__in=[notice.pk for notice in found]).update(
            to_address="", others=[], receipt="", last_trouble="", next_try_at=None
        )
    return len(found)
