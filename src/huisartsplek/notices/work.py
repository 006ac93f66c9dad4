# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Jobs that failed or stand still, told by their names only, and trying the failed ones again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import Now
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.exceptions import UniqueViolation

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import JOB_RETRIED
from huisartsplek.audit.services import ThingRef, record
from huisartsplek.notices.jobs import SILENT_SECONDS
from huisartsplek.notices.models import Notice
from huisartsplek.notices.permissions import may_handle_failed_notices
from huisartsplek.rules.lifecycles import NoticeState
from huisartsplek.rules.refusals import Refusal, RefusalCode

AT_ONCE = 500  # jobs that one press of the button tries again


@dataclass(frozen=True, slots=True)
class Work:
    """Jobs of one name in the same trouble: how many, and since when the first of them."""

    task: str
    number: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class StuckNotices:
    """Messages of one channel that stand with the operator."""

    channel: str
    number: int
    since: datetime


def failed_work(actor: Actor) -> list[Work]:
    """Count the jobs that were given up by name; empty for whom they do not concern."""
    return _counted(actor, Q(status="failed"), "failed")


def stalled_work(actor: Actor) -> list[Work]:
    """Count the jobs whose worker gives no sign of life by name; empty for whom they do not concern."""
    silent = Q(worker__isnull=True) | Q(worker__last_heartbeat__lt=Now() - timedelta(seconds=SILENT_SECONDS))
    return _counted(actor, Q(status="doing") & silent, "started")


def _counted(actor: Actor, which: Q, event: str) -> list[Work]:
    if not may_handle_failed_notices(actor):
        return []
    jobs = ProcrastinateJob.objects.filter(which)
    numbers = dict(jobs.values_list("task_name").annotate(number=Count("pk")).order_by("task_name"))
    came = ProcrastinateEvent.objects.filter(job__in=jobs, type=event).values("job_id", task=F("job__task_name"))
    since: dict[str, datetime] = {}
    for row in came.annotate(last=Max("at")).order_by("-last"):
        since[row["task"]] = row["last"]
    return [Work(task, number, since.get(task)) for task, number in numbers.items()]


def try_again(actor: Actor, task: str, *, at: datetime) -> int:
    """Let the failed jobs of a name be tried once more and give how many; one that waits anew already is left."""
    if not may_handle_failed_notices(actor):
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    failed = ProcrastinateJob.objects.filter(status="failed", task_name=task).order_by("pk")
    # Now by the database's clock, as workers count: the demo's own clock may be days ahead.
    found = failed.annotate(now=Now()).values_list("pk", "now")[:AT_ONCE]
    return sum(_try_again(actor, job_id, task, now, at) for job_id, now in found)


def _try_again(actor: Actor, job_id: int, task: str, now: datetime, at: datetime) -> bool:
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(job_id, retry_at=now)
            record(JOB_RETRIED, actor=actor, at=at, thing=ThingRef("procrastinate.job", job_id), task=task)
    except UniqueViolation:
        return False
    return True


def stuck_notices(actor: Actor) -> list[StuckNotices]:
    """Count the messages that did not go out by channel; empty for whom they do not concern."""
    if not may_handle_failed_notices(actor):
        return []
    failed = Notice.objects.filter(state=NoticeState.FAILED).values("channel").order_by("channel")
    rows = failed.annotate(number=Count("pk"), since=Min("state_since"))
    return [StuckNotices(row["channel"], row["number"], row["since"]) for row in rows]
