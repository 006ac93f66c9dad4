# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens to a round by itself: the freeze, the draw, the computing, the settling, the switch date."""

import contextlib
import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from huisartsplek.audit.actors import Actor
from huisartsplek.enrolments.deadlines import pass_on
from huisartsplek.integrations.beacon.chosen import chosen_beacon
from huisartsplek.integrations.beacon.port import BeaconRefused
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.rounds.alarms import raise_alarms
from huisartsplek.rounds.computing import BrokenRoundError, compute, draw
from huisartsplek.rounds.halting import Halt, halt_round
from huisartsplek.rounds.messages import TELL, tell_some
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.next_step import GO_ON_WITH, lock_of
from huisartsplek.rounds.services import freeze_round, open_offers_in
from huisartsplek.rounds.settling import settle_round
from huisartsplek.rounds.switching import close_round, exchanges_due, switch_exchange
from huisartsplek.rules.lifecycles import RoundState
from huisartsplek.rules.refusals import Refusal, RefusalCode

log = logging.getLogger(__name__)
RETRY = RetryStrategy(max_attempts=8, exponential_wait=2)
JOBS = Actor.system("jobs")
EXCHANGES_AT_ONCE = 50
RUNNING = (RoundState.CLOSING, RoundState.FROZEN, RoundState.DRAWN, RoundState.PUBLISHED, RoundState.SETTLED)


@app.periodic(cron="* * * * *")
@app.task(name="rounds.go_on", queueing_lock="rounds.go_on")
def go_on_with_rounds(timestamp: int = 0) -> None:  # noqa: ARG001 - what a periodic job is called with
    """Let every running round take its next step, each in a job of its own: one in trouble holds up no other."""
    for round_ in Round.objects.filter(state__in=RUNNING, halted_by="").order_by("opened_at"):
        _enqueue(round_.pk)


def _enqueue(round_id: UUID) -> None:
    lock = lock_of(round_id)
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(GO_ON_WITH, lock=lock, queueing_lock=lock).defer(round_id=str(round_id))


@app.task(name=GO_ON_WITH, retry=RETRY)
def go_on_with_round(round_id: str) -> None:
    """Take one round the next steps that are due. Each step looks under its lock whether it still is."""
    go_on_with(UUID(round_id))


def go_on_with(round_id: UUID) -> None:
    """Do for a running round whatever its state and the clock allow.

    What trying again cannot mend is left to a person, with an alarm: a false value, input that was changed, a
    result that breaks a rule.
    """
    at = current_moment()
    if Round.objects.filter(pk=round_id).exclude(halted_by="").exists():
        return
    try:
        _take_steps(round_id, at)
    except BeaconRefused:
        log.exception("a draw was refused")
        halt_round(JOBS, round_id, Halt.DRAW_REFUSED, at=at)
    except BrokenRoundError:
        log.exception("a round broke a rule")
        halt_round(JOBS, round_id, Halt.ROUND_BROKEN, at=at)


def _take_steps(round_id: UUID, at: datetime) -> None:
    _freeze(round_id, at)
    if Round.objects.filter(pk=round_id, state=RoundState.FROZEN).exists():
        draw(JOBS, round_id, beacon=chosen_beacon(), at=at)
    compute(JOBS, round_id, at=at)
    settle_round(JOBS, round_id, at=at)
    _switch_exchanges(round_id, at)
    close_round(JOBS, round_id, at=at)


def _freeze(round_id: UUID, at: datetime) -> None:
    """Freeze a closing round once every offer by its queues is answered; in vain where somebody else just did."""
    closing = Round.objects.filter(pk=round_id, state=RoundState.CLOSING).first()
    if closing is None or open_offers_in(closing.region_id).exists():
        return
    try:
        freeze_round(JOBS, round_id, beacon=chosen_beacon(), at=at, clock=current_moment)
    except Refusal as refusal:
        if refusal.code is not RefusalCode.ROUND_FROZEN:
            raise


def _switch_exchanges(round_id: UUID, at: datetime) -> None:
    """Carry out what is due; an exchange in trouble holds up no other, and is tried again with the round.

    Thousands go by portions: the next is the round's next step, so that other rounds have theirs in between.
    """
    faults = []
    carried_out = 0
    for exchange_id in exchanges_due(round_id, at=at):
        if carried_out == EXCHANGES_AT_ONCE:
            _enqueue(round_id)
            return
        try:
            carried_out += switch_exchange(JOBS, exchange_id, at=at)
        except Exception as fault:
            log.exception("an exchange was not carried out", extra={"exchange": str(exchange_id)})
            faults.append(fault)
    if faults:
        raise ExceptionGroup("exchanges were not carried out", faults)


def go_on() -> None:
    """Do for every running round whatever its state and the clock allow, here and now."""
    for round_ in Round.objects.filter(state__in=RUNNING).order_by("opened_at"):
        go_on_with(round_.pk)


def go_on_after_commit() -> None:
    """Enqueue, in this transaction, that the rounds go on at once instead of at the next full minute."""
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task("rounds.go_on").defer(timestamp=0)


@app.task(name=TELL, queue="bulk", priority=-5, retry=RETRY)
def tell(round_id: str, after: str = "") -> None:
    """Tell the next of everybody with an offer of a round that there is news."""
    tell_some(JOBS, UUID(round_id), at=current_moment(), after=UUID(after) if after else None)


@app.periodic(cron="*/5 * * * *")
@app.task(name="rounds.watch_deadlines", queueing_lock="rounds.watch_deadlines", retry=RETRY)
def watch_deadlines(timestamp: int) -> None:  # noqa: ARG001 - what a periodic job is called with
    """Raise the alarm of everything past its deadline, and pass on what has waited its time."""
    at = current_moment()
    raise_alarms(JOBS, at=at)
    pass_on(JOBS, at=at)
