# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Help ends by itself when its time is over."""

from procrastinate.contrib.django import app

from huisartsplek.audit.actors import Actor
from huisartsplek.desk.services import end_old_help
from huisartsplek.integrations.clock.chosen import current_moment

END_OLD_HELP = "desk.end_old_help"


@app.periodic(cron="* * * * *")
@app.task(name=END_OLD_HELP, queueing_lock=END_OLD_HELP)
def end_old(timestamp: int) -> None:  # noqa: ARG001 - what a periodic job is called with
    """End all help of which the time is over, and tell the people who were helped."""
    end_old_help(Actor.system("desk"), at=current_moment())
