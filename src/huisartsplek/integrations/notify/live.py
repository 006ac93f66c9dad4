# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""E-mail through the mail server of the installation."""

from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage

from huisartsplek.integrations.notify.port import Channel, Message, NotDelivered


class MailServer:
    """The mail server; letters and SMS need a service that no setting names yet."""

    def __init__(self, sender: str) -> None:
        self._sender = sender

    def send(self, message: Message) -> None:
        """Hand one e-mail to the mail server, under an id that stays the same at each attempt."""
        if message.channel is not Channel.EMAIL:
            raise NotDelivered(f"no_service_for_{message.channel}", is_final=True)
        domain = self._sender.rpartition("@")[2].rstrip(">")
        mail = EmailMessage(
            subject=message.subject,
            body=message.body,
            from_email=self._sender,
            to=[message.to_address],
            headers={"Message-ID": f"<{message.key}@{domain}>", "Auto-Submitted": "auto-generated"},
        )
        try:
            mail.send()
        except SMTPRecipientsRefused:
            raise NotDelivered("address_refused", is_final=True) from None
        except (SMTPException, OSError):
            raise NotDelivered("mail_server_down") from None
