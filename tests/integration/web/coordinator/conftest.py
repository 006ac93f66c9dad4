# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages and jobs run at a moment that a test chooses, with a draw that these tests know."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.integration.rounds.running import BEACON
from tests.integration.web.citizen.conftest import StoppedClock

from huisartsplek.integrations.clock import chosen
from huisartsplek.rounds import jobs

SetClock = Callable[[datetime], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Let pages and jobs find this moment on the clock."""

    def act(moment: datetime) -> None:
        monkeypatch.setattr(chosen, "clock", lambda: StoppedClock(moment))

    return act


@pytest.fixture(autouse=True)
def known_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw from a source whose values these tests can make too."""
    monkeypatch.setattr(jobs, "chosen_beacon", lambda: BEACON)
