# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which number belongs to which moment, for a source that makes a value at fixed times."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A first moment, which is number 1, and the time between two values."""

    first_at: datetime
    period: timedelta

    def round_after(self, moment: datetime) -> int:
        """Return the first number made after a moment."""
        return max(0, (moment - self.first_at) // self.period + 1) + 1

    def due_at(self, round_number: int) -> datetime:
        """Return when a number is made."""
        if round_number < 1:
            raise ValueError("numbers start at 1")
        return self.first_at + (round_number - 1) * self.period


QUICKNET = Rhythm(datetime.fromtimestamp(1692803367, UTC), timedelta(seconds=3))
EXAMPLE = Rhythm(datetime(2026, 1, 1, tzinfo=UTC), timedelta(seconds=30))
