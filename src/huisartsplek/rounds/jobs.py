# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens to a round by itself: the draw, the computing, the settling, the switch date."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from huisartsplek.audit.actors import Actor
from huisartsplek.integrations.beacon.chosen import chosen_beacon
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.rounds.computing import compute, draw
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.settling import settle_round
from huisartsplek.rounds.switching import close_round, exchanges_due, switch_exchange
from huisartsplek.rules.lifecycles import RoundState

RETRY = RetryStrategy(max_attempts=8, exponential_wait=2)
JOBS = Actor.system("jobs")


@app.periodic(cron="* * * * *")
@app.task(name="rounds.go_on", queueing_lock="rounds.go_on", lock="rounds.go_on", retry=RETRY)
def go_on_with_rounds(timestamp: int = 0) -> None:  # noqa: ARG001 - what a periodic job is called with
    """Take every round the next step that is due. Each step looks under its lock whether it still is."""
    go_on()


def go_on() -> None:
    """Do, for every running round, whatever its state and the clock allow."""
    running = (RoundState.FROZEN, RoundState.DRAWN, RoundState.PUBLISHED, RoundState.SETTLED)
    for round_ in Round.objects.filter(state__in=running).order_by("opened_at"):
        at = current_moment()
        if round_.state == RoundState.FROZEN:
            draw(JOBS, round_.pk, beacon=chosen_beacon(), at=at)
        compute(JOBS, round_.pk, at=at)
        settle_round(JOBS, round_.pk, at=at)
        for exchange_id in exchanges_due(round_.pk):
            switch_exchange(JOBS, exchange_id, at=at)
        close_round(JOBS, round_.pk, at=at)


def go_on_after_commit() -> None:
    """Enqueue, in this transaction, that the rounds go on at once instead of at the next full minute."""
    app.configure_task("rounds.go_on", lock="rounds.go_on").defer(timestamp=0)
