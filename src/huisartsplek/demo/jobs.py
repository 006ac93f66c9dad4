# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the demo does in the background."""

import contextlib
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from huisartsplek.audit.actors import Actor
from huisartsplek.demo.others import let_some_answer, let_some_still_look
from huisartsplek.integrations.clock.chosen import current_moment


@app.task(name="demo.others_answer", queue="bulk", priority=-5, lock="demo.others_answer")
def others_answer(after: str = "") -> None:
    """Let the next of the people nobody can log in as answer their offers."""
    last = let_some_answer(Actor.system("demo"), at=current_moment(), after=UUID(after) if after else None)
    if last is not None:
        with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
            others_answer.configure(queueing_lock=f"demo.others_answer:{last}").defer(after=str(last))


@app.periodic(cron="52 7 * * *")
@app.task(name="demo.others_still_look", queue="bulk", priority=-5, queueing_lock="demo.others_still_look")
def others_still_look(timestamp: int) -> None:  # noqa: ARG001 - what a periodic job is called with
    """Let the people nobody can log in as answer whether they still look."""
    let_some_still_look(Actor.system("demo"), at=current_moment())
