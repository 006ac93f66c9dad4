# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens to requests by itself: queues are served, silence counts as a no, switch dates come."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from huisartsplek.audit.actors import Actor
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.integrations.notify.chosen import notifier
from huisartsplek.practices.jobs import SERVE_QUEUE, serve_queue_after_commit
from huisartsplek.requests.alert_delivery import deliver_alert_mail
from huisartsplek.requests.alert_mails import SEND_ALERT_MAIL, AlertMail
from huisartsplek.requests.alerts import keep_alerts_short, tell_what_opened
from huisartsplek.requests.moves import carry_out, requests_due
from huisartsplek.requests.offers import lapse_offer, offer_to_first, offers_past_their_deadline
from huisartsplek.requests.queue import queues_with_room, wake_wishes

RETRY = RetryStrategy(max_attempts=8, exponential_wait=2)
MAIL_RETRY = RetryStrategy(max_attempts=10, exponential_wait=3)  # more than a day, as a mail server may be down
JOBS = Actor.system("jobs")


@app.task(name=SERVE_QUEUE, retry=RETRY)
def serve_queue(practice_id: str) -> None:
    """Offer a practice's free places to its queue until there is nobody or nothing left."""
    while offer_to_first(JOBS, UUID(practice_id), at=current_moment()) is not None:
        pass


@app.periodic(cron="23 * * * *")
@app.task(name="requests.serve_waiting_queues", queueing_lock="requests.serve_waiting_queues", retry=RETRY)
def serve_waiting_queues(timestamp: int) -> None:  # noqa: ARG001 - what a periodic job is called with
    """Serve every queue with room: time passes too, as when a week is over, a rule begins or a yes comes in."""
    wake_wishes(at=current_moment())
    for practice_id in queues_with_room():
        serve_queue_after_commit(practice_id)


@app.periodic(cron="* * * * *")
@app.task(name="requests.lapse_offers", queueing_lock="requests.lapse_offers", retry=RETRY)
def lapse_offers(timestamp: int) -> None:  # noqa: ARG001 - what a periodic job is called with
    """Let offers by the queue lapse whose deadline has passed."""
    at = current_moment()
    for offer_id in offers_past_their_deadline(at):
        lapse_offer(JOBS, offer_id, at=at)


@app.periodic(cron="*/5 * * * *")
@app.task(name="requests.carry_out_moves", queueing_lock="requests.carry_out_moves", retry=RETRY)
def carry_out_moves(timestamp: int) -> None:  # noqa: ARG001 - what a periodic job is called with
    """Let the places change hands of every move outside rounds whose switch date has come."""
    at = current_moment()
    for request_id in requests_due(at):
        carry_out(JOBS, request_id, at=at)


@app.task(name=SEND_ALERT_MAIL, queue="notices", priority=-10, retry=MAIL_RETRY)
def send_alert_mail(alert_id: str, mail: str, number: int) -> None:
    """Hand one mail over to somebody who wants to know what opens near them."""
    mail_, at = AlertMail(mail), current_moment()
    deliver_alert_mail(JOBS, UUID(alert_id), mail_, number=number, through=notifier(), at=at)


@app.periodic(cron="41 * * * *")
@app.task(name="requests.tell_what_opened", queueing_lock="requests.tell_what_opened", retry=RETRY)
def look_what_opened(timestamp: int) -> None:  # noqa: ARG001 - what a periodic job is called with
    """Tell everybody near whom a practice opened since the last look."""
    tell_what_opened(at=current_moment())


@app.periodic(cron="*/15 * * * *")
@app.task(name="requests.keep_alerts_short", queueing_lock="requests.keep_alerts_short", retry=RETRY)
def end_alerts(timestamp: int) -> None:  # noqa: ARG001 - what a periodic job is called with
    """End the alerts that nobody confirmed or answered, and ask who has one for long."""
    keep_alerts_short(JOBS, at=current_moment())
