# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody who wants to be told when a practice opens, and the mails that go out."""

from datetime import datetime
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob
from tests.builders import AT

from huisartsplek.audit.actors import Actor
from huisartsplek.integrations.notify.port import Message, NotDelivered
from huisartsplek.requests.alert_delivery import deliver_alert_mail
from huisartsplek.requests.alert_mails import SEND_ALERT_MAIL, AlertMail
from huisartsplek.requests.alerts import ask_for_alert
from huisartsplek.requests.models import PlaceAlert

STRANGER = Actor.anonymous(origin="192.0.2.1")
JOBS = Actor.system("jobs")
ADDRESS = "Noor@example.org"


def an_alert(*, at: datetime = AT, **more: Any) -> PlaceAlert:
    """Let somebody ask to be told, and give what was noted."""
    before = set(PlaceAlert.objects.values_list("pk", flat=True))
    ask(at=at, **more)
    return PlaceAlert.objects.exclude(pk__in=before).get()


def ask(*, at: datetime = AT, **more: Any) -> None:
    """Ask to be told what opens within five kilometres of a postcode."""
    asked = {"address": ADDRESS, "pc4": 8333, "radius_km": 5, "counts": "perhaps", "language": "nl"}
    ask_for_alert(STRANGER, **{**asked, "visitor": "192.0.2.1", **more}, at=at)


def mails_waiting() -> list[dict[str, Any]]:
    """Give what the jobs that mail are asked, oldest first."""
    jobs = ProcrastinateJob.objects.filter(task_name=SEND_ALERT_MAIL, status="todo").order_by("id")
    return [job.args for job in jobs]


class Post:
    """Takes mail, or refuses it for now or for good."""

    def __init__(self, trouble: NotDelivered | None = None) -> None:
        self.trouble = trouble
        self.taken: list[Message] = []

    def send(self, message: Message) -> str:
        """Take one mail, or refuse it."""
        if self.trouble is not None:
            raise self.trouble
        self.taken.append(message)
        return ""

    def fate_of(self, channel: object, receipt: str) -> Any:  # noqa: ARG002  the words of the port
        """Nobody asks here."""
        raise NotDelivered("nobody_knows")


def deliver(post: Post, alert: PlaceAlert, mail: AlertMail, *, at: datetime = AT) -> None:
    """Hand the newest mail of an alert over."""
    alert.refresh_from_db()
    deliver_alert_mail(JOBS, alert.pk, mail, number=alert.mails, through=post, at=at)
