# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The log's own work: sealing every three seconds, and once an hour whatever came late.

Sealing has a queue that only work of a moment is in, so that it is never far behind what happens.
"""

import contextlib
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from huisartsplek.audit.actors import Actor, Ground
from huisartsplek.audit.events import LOG_VERIFIED
from huisartsplek.audit.sealing import anchor_past_months, seal_all
from huisartsplek.audit.services import record
from huisartsplek.audit.verification import verify_audit

# A line that commits more than this after it was inserted waits for the hourly pass over everything.
RECENT = timedelta(minutes=30)


@app.periodic(cron="* * * * * */3")
@app.task(name="audit.seal_recent", queue="at_once", queueing_lock="audit.seal_recent")
def seal_recent(timestamp: int) -> int:  # noqa: ARG001  the schedule passes its own tick
    """Chain what was committed since the last time."""
    at = timezone.now()
    return seal_all(at=at, since=at - RECENT)


@app.periodic(cron="7 * * * *")
@app.task(name="audit.seal_everything", queueing_lock="audit.seal_everything")
def seal_everything(timestamp: int) -> int:  # noqa: ARG001  the schedule passes its own tick
    """Chain also what was committed late, and anchor the months that are over."""
    at = timezone.now()
    sealed = seal_all(at=at)
    anchor_past_months(at=at)
    return sealed


@app.task(name="audit.check", queue="bulk", queueing_lock="audit.check")
def check() -> None:
    """Check every sealed line, and leave a line about how it came out."""
    at = timezone.now()
    found = verify_audit(on=at.date())
    with transaction.atomic():
        record(
            LOG_VERIFIED,
            actor=Actor.system("verify_audit", ground=Ground.LEGAL_TASK),
            at=at,
            intact=found.fault is None,
        )


def check_after_commit() -> None:
    """Enqueue, in this transaction, that the whole log is checked; once, however often it is asked for."""
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        check.defer()
