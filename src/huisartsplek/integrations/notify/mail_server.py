# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""E-mail through a mail server, over STARTTLS.

The server is asked to send back what cannot be delivered (RFC 3461), with our key in the envelope; `bounces.py`
reads what comes back.
"""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import parseaddr

from huisartsplek.integrations.notify.port import Channel, Fate, Message, NotDelivered


class MailServer:
    """The mail server of the installation; it carries e-mail only."""

    def __init__(
        self, host: str, port: int, *, sender: str, user: str = "", password: str = "", seconds: float = 15
    ) -> None:
        self._host = host
        self._port = port
        self._sender = sender
        self._login = (user, password) if user else None
        self._seconds = seconds

    def send(self, message: Message) -> str:
        """Hand over one e-mail, under an id that stays the same at each attempt."""
        if message.channel is not Channel.EMAIL:
            raise NotDelivered(f"no_service_for_{message.channel}", is_final=True)
        if not _is_one_address(message.to_address):
            raise NotDelivered("address_refused", is_final=True)
        try:
            self._hand_over(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code = max(answer[0] for answer in refused.recipients.values())
            raise NotDelivered("address_refused", is_final=code >= 500) from None
        except smtplib.SMTPDataError as refused:
            raise NotDelivered("mail_refused", is_final=refused.smtp_code >= 500) from None
        except (smtplib.SMTPException, OSError):
            # A server that is down, or that refuses us rather than the address: the same for every message.
            raise NotDelivered("mail_server_down") from None
        return ""

    def fate_of(self, channel: Channel, receipt: str) -> Fate:
        """Say that it is underway: a mail server tells nothing more, unless the mail comes back."""
        del channel, receipt
        return Fate.UNDERWAY

    def _hand_over(self, message: Message) -> None:
        address = parseaddr(self._sender)[1]
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, message.to_address, message.subject
        mail["Message-ID"] = f"<{message.key}@{address.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.body)
        with smtplib.SMTP(self._host, self._port, timeout=self._seconds) as server:
            server.starttls(context=ssl.create_default_context())
            if self._login is not None:
                server.login(*self._login)
            tells = server.has_extn("dsn")
            server.send_message(
                mail,
                from_addr=address,
                to_addrs=[message.to_address],
                mail_options=["RET=HDRS", f"ENVID={message.key}"] if tells else [],
                rcpt_options=["NOTIFY=FAILURE"] if tells else [],
            )


def _is_one_address(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text and parseaddr(text)[1] == text and "@" in text
