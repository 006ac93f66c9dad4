# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a clock does."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Something that tells the present moment."""

    def moment(self) -> datetime:
        """Give the present moment, with its time zone."""
