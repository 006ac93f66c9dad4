# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing the mails of alerts over, and forgetting an address that takes none."""

from datetime import datetime
from uuid import UUID

from huisartsplek.audit.actors import Actor
from huisartsplek.integrations.notify.port import NotDelivered, NotifyPort
from huisartsplek.requests.alert_addresses import SealedAddress, open_address
from huisartsplek.requests.alert_mails import AlertMail, mail_of
from huisartsplek.requests.alerts import end_undeliverable, token_of
from huisartsplek.requests.models import PlaceAlert
from huisartsplek.rules.lifecycles import AlertState


def deliver_alert_mail(
    actor: Actor, alert_id: UUID, mail: AlertMail, *, number: int, through: NotifyPort, at: datetime
) -> None:
    """Open the address, hand one mail over outside any transaction, and end the alert where that never succeeds.

    What may succeed later is raised on, so that the job is tried again under the same number.
    """
    alert = PlaceAlert.objects.filter(pk=alert_id).exclude(state=AlertState.ENDED).first()
    if alert is None:
        return
    address = open_address(SealedAddress(alert.key_id, bytes(alert.sealed)), alert.pk)
    if address is None:
        end_undeliverable(actor, alert_id, at=at)
        return
    try:
        through.send(mail_of(alert, mail, number=number, to_address=address, token=token_of(alert.pk)))
    except NotDelivered as trouble:
        if not trouble.is_final:
            raise
        end_undeliverable(actor, alert_id, at=at)
