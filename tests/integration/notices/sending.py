# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages for tests, and the parties that queue and handle them."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.db import transaction

from huisartsplek.audit.actors import Actor, Ground
from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.notices.services import notify

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
JOBS = Actor.system("tests")
OPERATOR = Actor.staff(uuid4(), "operator", ground=Ground.OPERATIONS)
COORDINATOR = Actor.staff(uuid4(), "coordinator", ground=Ground.REGION_TASK)


def queue_notice(key: str = "k1", *, person_id: UUID | None = None, language: str = "nl") -> Notice:
    """Queue a message as a service does, in a transaction of its own."""
    with transaction.atomic():
        return notify(
            person_id or uuid4(),
            NoticeKind.OFFER_MADE,
            to_address="noor@example.org",
            key=key,
            at=NOON,
            actor=JOBS,
            language=language,
        )
