# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sending one message to one address, by e-mail, letter or SMS, and hearing what became of it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Channel(StrEnum):
    """How a message travels."""

    EMAIL = "email"
    LETTER = "letter"
    SMS = "sms"


class Fate(StrEnum):
    """What became of a message that was taken from us."""

    UNDERWAY = "underway"
    DELIVERED = "delivered"  # a letter: printed and posted
    BOUNCED = "bounced"  # it will never arrive at this address


@dataclass(frozen=True, slots=True)
class Message:
    """One message. The key is the same at each attempt, so that a receiver can drop a repeat.

    The address of a letter has a line for each line of the window.
    """

    key: UUID
    channel: Channel
    to_address: str = field(repr=False)
    subject: str
    body: str
    paper: bytes = field(default=b"", repr=False)  # a letter as a PDF; without it the service makes one of the text


class NotDelivered(Exception):  # noqa: N818  it reads as what it is
    """The message did not go out, or was not asked after; trying again helps unless it is final."""

    def __init__(self, because: str, *, is_final: bool = False) -> None:
        super().__init__(because)
        self.because = because
        self.is_final = is_final


class NotifyPort(Protocol):
    """Who takes a message from us; once `send` returns, it is theirs."""

    def send(self, message: Message) -> str:
        """Hand over one message, or raise `NotDelivered`.

        The answer is the receipt by which its fate can be asked; empty where nobody will ever tell.
        """

    def fate_of(self, channel: Channel, receipt: str) -> Fate:
        """Tell what became of a message, or raise `NotDelivered` when that cannot be asked now."""
