# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing a message to the outbox on this machine."""

from pathlib import Path
from uuid import UUID

from huisartsplek.integrations.notify.fake import LocalOutbox, Trouble
from huisartsplek.integrations.notify.port import Channel, Message

KEY = UUID("0b0e0c0a-0000-4000-8000-000000000001")
MESSAGE = Message(KEY, Channel.EMAIL, "noor@example.org", "Er is nieuws", "Er is nieuws. Log in op Huisartsplek.")


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
