# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the demo does in the background."""

from procrastinate.contrib.django import app

from huisartsplek.audit.actors import Actor
from huisartsplek.demo.others import let_others_answer
from huisartsplek.integrations.clock.chosen import current_moment


@app.task(name="demo.others_answer", lock="demo.others_answer")
def others_answer() -> None:
    """Let the people nobody can log in as answer their offers."""
    let_others_answer(Actor.system("demo"), at=current_moment())
