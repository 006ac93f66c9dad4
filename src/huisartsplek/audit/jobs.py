# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The log's own work: sealing every three seconds, and once an hour whatever came late."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from huisartsplek.audit.sealing import anchor_past_months, seal_all

# A line that commits more than this after it was inserted waits for the hourly pass over everything.
RECENT = timedelta(minutes=30)


@app.periodic(cron="* * * * * */3")
@app.task(name="audit.seal_recent", queueing_lock="audit.seal_recent")
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
