# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A message goes out once it is decided, again when it fails, and to a person's list when it keeps failing."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.integration.notices.sending import COORDINATOR, JOBS, NOON, OPERATOR, queue_notice

from huisartsplek.audit.models import AuditEvent, Step
from huisartsplek.integrations.notify.fake import LocalOutbox, Trouble
from huisartsplek.notices.models import Notice
from huisartsplek.notices.queries import failed_jobs, failed_notices, notices_of
from huisartsplek.notices.schedule import MOST_ATTEMPTS
from huisartsplek.notices.services import deliver_notice, give_up_notice, retry_notice
from huisartsplek.rules.refusals import Refusal

pytestmark = pytest.mark.django_db


def outbox(folder: Path, *troubles: Trouble) -> LocalOutbox:
    """Make an outbox with troubles to come, in which nobody really waits."""
    return LocalOutbox(folder, troubles, wait=lambda _seconds: None)


def test_a_message_and_its_job_stand_in_the_transaction_of_what_there_is_to_tell() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue_and_fail()
    assert not Notice.objects.exists()
    assert not ProcrastinateJob.objects.exists()

    notice = queue_notice()
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args, job.status) == ("notices.deliver", {"notice_id": str(notice.pk)}, "todo")
    assert job.priority < 0, "thousands of messages must not hold up rounds and places"
    assert notice.deadline_at == NOON + timedelta(hours=1)
    assert AuditEvent.objects.get(kind="notice_queued").facts == {"notice": "offer_made", "channel": "email"}


def queue_and_fail() -> None:
    """Queue a message, and then stumble."""
    queue_notice()
    raise ZeroDivisionError


def test_the_same_key_is_the_same_message() -> None:
    person_id = uuid4()
    first, second = (queue_notice("same", person_id=person_id) for _ in range(2))
    assert first == second
    assert ProcrastinateJob.objects.count() == AuditEvent.objects.count() == 1
    assert notices_of(person_id) == [first]


@pytest.mark.parametrize(("language", "word"), [("nl", "Log in op Huisartsplek"), ("en", "")])
def test_a_message_says_only_that_there_is_news(tmp_path: Path, language: str, word: str) -> None:
    notice = queue_notice(language=language)
    box = outbox(tmp_path)
    deliver_notice(notice.pk, through=box, actor=JOBS, at=NOON)
    (sent,) = box.messages()
    assert word in sent.body
    assert "Huisartsplek" in sent.body
    assert "http" not in sent.body + sent.subject
    assert "offer" not in sent.body + sent.subject
    assert (sent.key, sent.to_address) == (notice.pk, "noor@example.org")


def test_a_message_goes_out_once_however_often_its_job_runs(tmp_path: Path) -> None:
    notice = queue_notice()
    box = outbox(tmp_path)
    for _ in range(3):
        deliver_notice(notice.pk, through=box, actor=JOBS, at=NOON)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("sent", 1)
    assert notice.next_try_at == NOON + timedelta(minutes=10), "then it is asked whether it arrived"
    assert len(box.messages()) == 1


@pytest.mark.parametrize(
    ("trouble", "sent_at_once"),
    [(Trouble.FAIL, 0), (Trouble.FAIL_AFTER, 1), (Trouble.REPEAT, 2), (Trouble.DELAY, 1)],
)
def test_whatever_goes_wrong_the_receiver_sees_one_key(tmp_path: Path, trouble: Trouble, sent_at_once: int) -> None:
    notice = queue_notice()
    box = outbox(tmp_path, trouble)
    deliver_notice(notice.pk, through=box, actor=JOBS, at=NOON)
    assert len(box.messages()) == sent_at_once
    deliver_notice(notice.pk, through=box, actor=JOBS, at=NOON + timedelta(minutes=1))
    notice.refresh_from_db()
    assert notice.state == "sent"
    assert {message.key for message in box.messages()} == {notice.pk}


def test_a_message_that_fails_is_tried_again_later_each_time_and_then_somebodys_task(tmp_path: Path) -> None:
    notice = queue_notice()
    box = outbox(tmp_path, *[Trouble.FAIL] * MOST_ATTEMPTS)
    at = NOON
    pauses = []
    for attempt in range(1, MOST_ATTEMPTS):
        deliver_notice(notice.pk, through=box, actor=JOBS, at=at)
        notice.refresh_from_db()
        assert (notice.state, notice.attempts, notice.last_trouble) == ("queued", attempt, "ordered_to_fail")
        assert notice.next_try_at is not None
        pauses.append(notice.next_try_at - at)
        at = notice.next_try_at
    assert pauses == sorted(pauses)
    assert sum(pauses, timedelta()) > timedelta(days=1)
    assert ProcrastinateJob.objects.count() == MOST_ATTEMPTS
    assert failed_notices(OPERATOR) == []

    deliver_notice(notice.pk, through=box, actor=JOBS, at=at)

    notice.refresh_from_db()
    assert (notice.state, notice.next_try_at) == ("failed", None)
    assert notice.deadline_at == at + timedelta(hours=24)
    assert failed_notices(OPERATOR) == [notice]
    assert failed_notices(COORDINATOR) == []


def test_what_can_never_go_out_is_somebodys_task_at_once_and_can_be_tried_or_given_up(tmp_path: Path) -> None:
    notice = queue_notice()
    box = outbox(tmp_path, Trouble.REFUSE)
    deliver_notice(notice.pk, through=box, actor=JOBS, at=NOON)
    assert failed_notices(OPERATOR) == [notice]

    retry_notice(notice.pk, actor=OPERATOR, at=NOON)
    deliver_notice(notice.pk, through=box, actor=JOBS, at=NOON)
    notice.refresh_from_db()
    assert notice.state == "sent"
    assert list(Step.objects.order_by("id").values_list("to_state", flat=True)) == [
        "queued",
        "failed",
        "queued",
        "sent",
    ]
    with pytest.raises(Refusal):
        give_up_notice(notice.pk, actor=OPERATOR, at=NOON)

    other = queue_notice("k2")
    deliver_notice(other.pk, through=outbox(tmp_path, Trouble.REFUSE), actor=JOBS, at=NOON)
    give_up_notice(other.pk, actor=OPERATOR, at=NOON)
    assert failed_notices(OPERATOR) == []


def test_nobody_but_the_operator_sees_the_jobs_that_failed() -> None:
    queue_notice()
    assert failed_jobs(OPERATOR) == []
    assert failed_jobs(COORDINATOR) == []
