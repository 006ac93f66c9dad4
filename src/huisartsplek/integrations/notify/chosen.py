# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who takes the messages of this installation."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from huisartsplek.integrations.notify.fake import LocalOutbox
from huisartsplek.integrations.notify.mail_server import MailServer
from huisartsplek.integrations.notify.notify_nl import NotifyNl, ServiceKey
from huisartsplek.integrations.notify.port import Channel, Fate, Message, NotDelivered, NotifyPort


class ByChannel:
    """Hands each message to who carries its channel here."""

    def __init__(self, carriers: Mapping[Channel, NotifyPort]) -> None:
        self._carriers = dict(carriers)

    def send(self, message: Message) -> str:
        """Hand over one message; a channel that nobody carries is a final no."""
        return self._carrier(message.channel).send(message)

    def fate_of(self, channel: Channel, receipt: str) -> Fate:
        """Ask who carried it what became of a message."""
        return self._carrier(channel).fate_of(channel, receipt)

    def _carrier(self, channel: Channel) -> NotifyPort:
        found = self._carriers.get(channel)
        if found is None:
            raise NotDelivered(f"no_service_for_{channel}", is_final=True)
        return found


def notifier() -> NotifyPort:
    """Return the services that the settings name, else the local outbox."""
    carriers = _carriers()
    return ByChannel(carriers) if carriers else local_outbox()


def local_outbox() -> LocalOutbox:
    """Return the outbox on this machine, which the demo shows on a page."""
    return LocalOutbox(Path(settings.DATA_DIR) / "outbox")


def _carriers() -> dict[Channel, NotifyPort]:
    carriers: dict[Channel, NotifyPort] = {}
    told = settings.VARIABLES
    templates = {
        Channel.EMAIL: told.notify_email_template,
        Channel.SMS: told.notify_sms_template,
        Channel.LETTER: told.notify_letter_template,
    }
    named = {channel: template for channel, template in templates.items() if template}
    if told.notify_key and named:
        service = NotifyNl(told.notify_url, ServiceKey.parse(told.notify_key), named)
        carriers |= dict.fromkeys(named, service)
    if told.mail_host:
        carriers[Channel.EMAIL] = MailServer(
            told.mail_host, told.mail_port, sender=told.mail_from, user=told.mail_user, password=told.mail_password
        )
    return carriers
