# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Delivering messages, asking what became of them, and taking up the jobs of a worker that died."""

from uuid import UUID

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from huisartsplek.audit.actors import Actor
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.integrations.notify.chosen import notifier
from huisartsplek.notices.queries import notices_to_ask_after
from huisartsplek.notices.services import DELIVER, ask_after, deliver_notice

# A worker shows every ten seconds that it lives; one silent for longer than this is dead.
SILENT_SECONDS = 30
# A job that took this many workers down with it is left for a person to look at.
MOST_WORKERS = 5


# Thousands of messages of one round hold up no other work: places and rounds go first.
@app.task(name=DELIVER, queue="notices", priority=-10)
def deliver(notice_id: str) -> None:
    """Hand one message over."""
    deliver_notice(UUID(notice_id), through=notifier(), actor=Actor.system("notices"), at=current_moment())


@app.periodic(cron="* * * * *")
@app.task(name="notices.ask_after", queue="notices", priority=-20, queueing_lock="notices.ask_after")
def ask_after_sent(timestamp: int) -> None:  # noqa: ARG001  the schedule's tick
    """Ask what became of the messages whose moment has come."""
    through, actor = notifier(), Actor.system("notices")
    for notice_id in notices_to_ask_after(at=current_moment()):
        ask_after(notice_id, through=through, actor=actor, at=current_moment())


@app.periodic(cron="* * * * * */20")
@app.task(
    name="notices.take_up_stalled_jobs",
    queue="at_once",
    queueing_lock="notices.take_up_stalled_jobs",
    pass_context=True,
)
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> int:  # noqa: ARG001  the schedule's tick
    """Give the jobs of dead workers to a living one, so that none waits longer than a minute."""
    manager = context.app.job_manager
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS))
    for job in stalled:
        if job.attempts >= MOST_WORKERS:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await manager.retry_job(job)
    return len(stalled)
