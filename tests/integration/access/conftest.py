# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page is read at the moment at which the offers of the rounds are open."""

import pytest
from tests.integration.rounds.running import PUBLISHED_AT
from tests.integration.web.citizen.conftest import SetClock, set_clock

__all__ = ["set_clock"]


@pytest.fixture(autouse=True)
def while_offers_are_open(set_clock: SetClock) -> None:
    """Read every page just after the rounds were published."""
    set_clock(PUBLISHED_AT)
