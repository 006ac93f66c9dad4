# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two parties change one thing at the same moment: one of them does."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from tests.integration.audit.log_tampering import JOBS, NOON

from huisartsplek.audit.models import AuditEvent, Step
from huisartsplek.audit.services import advance
from huisartsplek.notices.models import Notice
from huisartsplek.rules.lifecycles import NoticeEvent
from huisartsplek.rules.refusals import Refusal

Change = Callable[[Notice], object]


def race(change: Change) -> tuple[Notice, int]:
    """Let two threads read the same queued message, then change it; return it and how many were refused."""
    notice = Notice.objects.create(
        person_id=uuid4(),
        kind="moved",
        channel="email",
        to_address="x@example.org",
        key="k",
        state_since=NOON,
        deadline_at=NOON + timedelta(hours=1),
    )
    both_read = threading.Barrier(2)
    refused: list[Refusal] = []

    def work() -> None:
        try:
            with transaction.atomic():
                mine = Notice.objects.get(pk=notice.pk)
                both_read.wait(10)
                change(mine)
        except Refusal as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    notice.refresh_from_db()
    return notice, len(refused)


@pytest.mark.usefixtures("committed")
def test_of_two_transactions_that_advance_the_same_thing_one_wins() -> None:
    for _ in range(5):
        notice, refused = race(lambda mine: advance(mine, NoticeEvent.SEND, actor=JOBS, at=NOON))
        assert (notice.state, refused) == ("sent", 1)
        assert Step.objects.filter(thing_id=str(notice.pk)).count() == 1
        assert AuditEvent.objects.filter(thing_id=str(notice.pk)).count() == 1
        Notice.objects.all().delete()


@pytest.mark.usefixtures("committed")
def test_a_plain_save_lets_both_win() -> None:
    """The control: without the conditional update the second writer is not told."""

    def save(mine: Notice) -> None:
        mine.attempts += 1
        mine.state = "sent"
        mine.save()

    notice, refused = race(save)
    assert (notice.state, notice.attempts, refused) == ("sent", 1, 0)
