# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens to requests by itself: queues are served, silence counts as a no, switch dates come.

What may concern thousands goes by portions of a few seconds: each enqueues the next.
"""

import contextlib
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from huisartsplek.audit.actors import Actor
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.integrations.notify.chosen import notifier
from huisartsplek.practices.jobs import SERVE_QUEUE, serve_queue_after_commit
from huisartsplek.requests.alert_delivery import deliver_alert_mail
from huisartsplek.requests.alert_mails import SEND_ALERT_MAIL, AlertMail
from huisartsplek.requests.alerts import keep_alerts_short, tell_what_opened
from huisartsplek.requests.interim import arrived_requests, wait_again
from huisartsplek.requests.moves import carry_out, requests_due
from huisartsplek.requests.offers import lapse_offer, offer_to_first, offers_past_their_deadline
from huisartsplek.requests.queue import queues_with_room, wake_wishes
from huisartsplek.requests.reminding import offers_to_remind_of, remind_of
from huisartsplek.requests.standing import mark_queues
from huisartsplek.requests.still_looking import (
    ask_still_looking,
    requests_to_ask,
    silent_questions,
    take_silence,
)

RETRY = RetryStrategy(max_attempts=8, exponential_wait=2)
MAIL_RETRY = RetryStrategy(max_attempts=10, exponential_wait=3)  # more than a day, as a mail server may be down
JOBS = Actor.system("jobs")
AT_ONCE = 50
LAPSE_OFFERS = "requests.lapse_offers"
CARRY_OUT_MOVES = "requests.carry_out_moves"
ASK_STILL_LOOKING = "requests.ask_still_looking"
TAKE_SILENCE = "requests.take_silence"
REMIND = "requests.remind"


@app.task(name=SERVE_QUEUE, queue="bulk", retry=RETRY)
def serve_queue(practice_id: str) -> None:
    """Offer a practice's free places to its queue until there is nobody or nothing left."""
    for _ in range(AT_ONCE):
        if offer_to_first(JOBS, UUID(practice_id), at=current_moment()) is None:
            return
    serve_queue_after_commit(UUID(practice_id))


@app.periodic(cron="23 * * * *")
@app.task(name="requests.serve_waiting_queues", queueing_lock="requests.serve_waiting_queues", retry=RETRY)
def serve_waiting_queues(timestamp: int) -> None:  # noqa: ARG001 - what a periodic job is called with
    """Serve every queue with room: time passes too, as when a week is over, a rule begins or a yes comes in."""
    wake_wishes(at=current_moment())
    for practice_id in queues_with_room():
        serve_queue_after_commit(practice_id)


@app.periodic(cron="* * * * *")
@app.task(name=LAPSE_OFFERS, queueing_lock=LAPSE_OFFERS, retry=RETRY)
def lapse_offers(timestamp: int, after: str = "") -> None:  # noqa: ARG001 - what a periodic job is called with
    """Let offers by the queue lapse whose deadline has passed."""
    at = current_moment()
    portion = _portion(offers_past_their_deadline(at), after)
    for offer_id in portion:
        lapse_offer(JOBS, offer_id, at=at)
    _go_on(LAPSE_OFFERS, portion)


@app.periodic(cron="*/10 * * * *")
@app.task(name=REMIND, queue="bulk", priority=-5, queueing_lock=REMIND, retry=RETRY)
def remind(timestamp: int, after: str = "") -> None:  # noqa: ARG001 - what a periodic job is called with
    """Remind of the offers that still wait for an answer."""
    at = current_moment()
    portion = _portion(offers_to_remind_of(at), after)
    for offer_id in portion:
        remind_of(JOBS, offer_id, at=at)
    _go_on(REMIND, portion)


@app.periodic(cron="*/5 * * * *")
@app.task(name=CARRY_OUT_MOVES, queueing_lock=CARRY_OUT_MOVES, retry=RETRY)
def carry_out_moves(timestamp: int, after: str = "") -> None:  # noqa: ARG001 - what a periodic job is called with
    """Let the places change hands of every move outside rounds whose switch date has come."""
    at = current_moment()
    portion = _portion(requests_due(at), after)
    for request_id in portion:
        carry_out(JOBS, request_id, at=at)
    _go_on(CARRY_OUT_MOVES, portion)


@app.periodic(cron="*/10 * * * *")
@app.task(name="requests.wait_again", queueing_lock="requests.wait_again", retry=RETRY)
def let_wait_again(timestamp: int) -> None:  # noqa: ARG001 - what a periodic job is called with
    """Let everybody wait again who took an interim practice and has arrived there."""
    at = current_moment()
    for request_id in arrived_requests():
        wait_again(JOBS, request_id, at=at)


@app.periodic(cron="*/20 * * * *")
@app.task(name="requests.mark_queues", queue="bulk", queueing_lock="requests.mark_queues", retry=RETRY)
def mark_all_queues(timestamp: int) -> None:  # noqa: ARG001 - what a periodic job is called with
    """Keep at hand where the bands of every queue end."""
    mark_queues(at=current_moment())


@app.periodic(cron="17 7 * * *")  # once a day, when people may read it
@app.task(name=ASK_STILL_LOOKING, queue="bulk", queueing_lock=ASK_STILL_LOOKING, retry=RETRY)
def ask_who_waits(timestamp: int, after: str = "") -> None:  # noqa: ARG001 - what a periodic job is called with
    """Ask every household that waits for long whether it still looks."""
    at = current_moment()
    portion = _portion(requests_to_ask(at), after)
    for request_id in portion:
        ask_still_looking(JOBS, request_id, at=at)
    _go_on(ASK_STILL_LOOKING, portion)


@app.periodic(cron="37 * * * *")
@app.task(name=TAKE_SILENCE, queue="bulk", queueing_lock=TAKE_SILENCE, retry=RETRY)
def take_silence_of_all(timestamp: int, after: str = "") -> None:  # noqa: ARG001 - what a periodic job is called with
    """Ask once more who did not answer, and let sleep who was asked twice."""
    at = current_moment()
    portion = _portion(silent_questions(at), after)
    for question_id in portion:
        take_silence(JOBS, question_id, at=at)
    _go_on(TAKE_SILENCE, portion)


def _portion(due: Iterable[UUID], after: str) -> list[UUID]:
    """Give the first that are due behind this one: what stays due holds up no other."""
    return sorted(one for one in due if str(one) > after)[:AT_ONCE]


def _go_on(task: str, portion: list[UUID]) -> None:
    """Enqueue the next portion, unless this was the last or the schedule begins anew already."""
    if len(portion) == AT_ONCE:
        with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
            app.configure_task(task).defer(timestamp=0, after=str(portion[-1]))


@app.task(name=SEND_ALERT_MAIL, queue="notices", priority=-10, retry=MAIL_RETRY)
def send_alert_mail(alert_id: str, mail: str, number: int) -> None:
    """Hand one mail over to somebody who wants to know what opens near them."""
    mail_, at = AlertMail(mail), current_moment()
    deliver_alert_mail(JOBS, UUID(alert_id), mail_, number=number, through=notifier(), at=at)


@app.periodic(cron="41 * * * *")
@app.task(name="requests.tell_what_opened", queue="bulk", queueing_lock="requests.tell_what_opened", retry=RETRY)
def look_what_opened(timestamp: int) -> None:  # noqa: ARG001 - what a periodic job is called with
    """Tell everybody near whom a practice opened since the last look."""
    tell_what_opened(at=current_moment())


@app.periodic(cron="*/15 * * * *")
@app.task(name="requests.keep_alerts_short", queue="bulk", queueing_lock="requests.keep_alerts_short", retry=RETRY)
def end_alerts(timestamp: int) -> None:  # noqa: ARG001 - what a periodic job is called with
    """End the alerts that nobody confirmed or answered, and ask who has one for long."""
    keep_alerts_short(JOBS, at=current_moment())
