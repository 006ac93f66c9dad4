# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A clock for the demo and the tests that can be put forward: it runs on, and never goes back."""

from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone


class ForwardClock:
    """The machine's clock, plus the seconds kept in a file that every process of the demo reads."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def moment(self) -> datetime:
        """Give the present moment of the demo world."""
        return timezone.now() + self.ahead()

    def ahead(self) -> timedelta:
        """Give how far it was put forward."""
        try:
            return timedelta(seconds=int(self._file.read_text()))
        except FileNotFoundError:
            return timedelta()

    def put_forward_to(self, moment: datetime) -> None:
        """Let it be this moment now; one that has passed is refused."""
        step = moment - self.moment()
        if step < timedelta():
            raise ValueError("the clock never goes back")
        seconds = int((self.ahead() + step).total_seconds()) + 1
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.replace(self._file)
