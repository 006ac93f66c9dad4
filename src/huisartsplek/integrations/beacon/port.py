# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A public source of values that nobody knows beforehand, numbered by time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class BeaconValue:
    """The value of one numbered moment, as anybody can fetch and check it."""

    source: str
    round_number: int
    value: str  # 64 hexadecimal digits
    signature: str  # of the source over the number; empty for an example draw
    is_example_draw: bool


@dataclass(frozen=True, slots=True)
class NotYet:
    """The moment has not come, or the source cannot be reached now: ask again."""

    due_at: datetime


class BeaconRefused(Exception):  # noqa: N818  it reads as what it is
    """The source gave a value that is not its own: somebody is lying, and a person must look."""


class BeaconPort(Protocol):
    """Where the value of a draw comes from."""

    source: str
    is_example: bool
    lead: timedelta  # between a freeze and the moment it names: long enough for the freeze to be public by then

    def round_after(self, moment: datetime) -> int:
        """Return the first number whose value is made after a moment."""

    def due_at(self, round_number: int) -> datetime:
        """Return when the value of a number is made."""

    def value_of(self, round_number: int, *, at: datetime) -> BeaconValue | NotYet:
        """Return the checked value of a number, or when to ask again."""
