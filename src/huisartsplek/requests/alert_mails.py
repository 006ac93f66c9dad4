# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mails of an alert: each says only that there is news, and where to look or to stop."""

from enum import StrEnum
from urllib.parse import quote
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from huisartsplek.integrations.notify.port import Channel, Message
from huisartsplek.requests.models import PlaceAlert

SEND_ALERT_MAIL = "requests.send_alert_mail"


class AlertMail(StrEnum):
    """Why an alert mails."""

    CONFIRM = "confirm"
    NEWS = "news"
    STILL_LOOKING = "still_looking"


def send_after_commit(alert: PlaceAlert, mail: AlertMail) -> None:
    """Enqueue one mail in this transaction. The job knows which alert, never to whom."""
    alert.mails += 1
    alert.save(update_fields=["mails"])
    job = app.configure_task(SEND_ALERT_MAIL, lock=f"alert:{alert.pk}")
    job.defer(alert_id=str(alert.pk), mail=mail.value, number=alert.mails)


def mail_of(alert: PlaceAlert, mail: AlertMail, *, number: int, to_address: str, token: str) -> Message:
    """Write a mail in the language of who gets it; the same number again is the same mail."""
    link = f"{settings.ORIGIN}/seintje/{quote(token)}"
    with translation.override(alert.language):
        subject, news = _words(mail)
        stop = _("Geen bericht meer? Stop hier: %(link)s") % {"link": f"{link}?stop=ja"}
    return Message(
        key=_key(alert.pk, number),
        channel=Channel.EMAIL,
        to_address=to_address,
        subject=subject,
        body=f"{news}\n{link}\n\n{stop}\n",
    )


def _words(mail: AlertMail) -> tuple[str, str]:
    match mail:
        case AlertMail.CONFIRM:
            return _("Klopt uw e-mailadres?"), _(
                "Iemand vroeg Huisartsplek om u een bericht te sturen als er nieuws is. Was u dat? Zeg dan ja:"
            )
        case AlertMail.NEWS:
            return _("Er is nieuws"), _("Er is nieuws. Kijk hier:")
        case AlertMail.STILL_LOOKING:
            return _("Wilt u nog bericht krijgen?"), _(
                "Wilt u nog bericht krijgen als er nieuws is? Zeg dan hier ja. Doet u niets? Dan stopt het vanzelf:"
            )


def _key(alert_id: UUID, number: int) -> UUID:
    return uuid5(alert_id, str(number))
