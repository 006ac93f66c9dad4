# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages are read at a moment that a test chooses."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.builders import AT

from huisartsplek.integrations.clock import chosen

SetClock = Callable[[datetime], None]


class StoppedClock:
    """A clock that stands still."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def moment(self) -> datetime:
        """Give the moment at which it stopped."""
        return self._moment


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Let the pages be read at this moment."""

    def act(moment: datetime) -> None:
        monkeypatch.setattr(chosen, "clock", lambda: StoppedClock(moment))

    return act


@pytest.fixture(autouse=True)
def at_the_builders_moment(set_clock: SetClock) -> None:
    """Read every page at the moment from which the builders work."""
    set_clock(AT)
