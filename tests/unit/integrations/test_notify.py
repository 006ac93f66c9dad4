# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing a message to the mail server, or to the outbox on this machine."""

from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from huisartsplek.integrations.notify.fake import LocalOutbox, Trouble
from huisartsplek.integrations.notify.live import MailServer
from huisartsplek.integrations.notify.port import Channel, Message, NotDelivered

KEY = UUID("0b0e0c0a-0000-4000-8000-000000000001")
MESSAGE = Message(KEY, Channel.EMAIL, "noor@example.org", "Er is nieuws", "Er is nieuws. Log in op Huisartsplek.")
SERVER = MailServer("Huisartsplek <post@huisartsplek.example>")


def test_an_e_mail_has_the_same_id_at_each_attempt(mailoutbox: list[EmailMessage]) -> None:
    SERVER.send(MESSAGE)
    SERVER.send(MESSAGE)
    assert [sent.extra_headers["Message-ID"] for sent in mailoutbox] == [f"<{KEY}@huisartsplek.example>"] * 2
    assert (mailoutbox[0].to, mailoutbox[0].body) == (["noor@example.org"], MESSAGE.body)


@pytest.mark.parametrize(
    ("failure", "is_final"),
    [
        (SMTPRecipientsRefused({}), True),
        (SMTPServerDisconnected("gone"), False),
        (ConnectionRefusedError(), False),
        (TimeoutError(), False),
    ],
)
def test_a_failure_says_whether_trying_again_helps(
    failure: Exception, is_final: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> int:
        raise failure

    monkeypatch.setattr(mail.EmailMessage, "send", fail)
    with pytest.raises(NotDelivered) as found:
        SERVER.send(MESSAGE)
    assert found.value.is_final is is_final
    assert "noor" not in str(found.value)


@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.SMS])
def test_what_no_service_can_carry_becomes_a_persons_task(channel: Channel) -> None:
    with pytest.raises(NotDelivered) as found:
        SERVER.send(Message(KEY, channel, "Kerkstraat 1", "s", "b"))
    assert found.value.is_final


def test_the_outbox_on_this_machine_lists_the_newest_first(tmp_path: Path) -> None:
    box = LocalOutbox(tmp_path / "outbox")
    assert box.messages() == []
    box.send(MESSAGE)
    box.send(Message(KEY, Channel.LETTER, "Kerkstraat 1", "tweede", "b"))
    assert [sent.subject for sent in box.messages()] == ["tweede", "Er is nieuws"]
    assert (tmp_path / "outbox").stat().st_mode & 0o077 == 0


def test_a_delay_really_waits_before_the_message_is_taken(tmp_path: Path) -> None:
    waited: list[float] = []
    box = LocalOutbox(tmp_path, [Trouble.DELAY], wait=waited.append, delay_seconds=7)
    box.send(MESSAGE)
    assert waited == [7]
    assert len(box.messages()) == 1


def test_an_address_shows_in_no_log() -> None:
    assert "noor" not in repr(MESSAGE)
