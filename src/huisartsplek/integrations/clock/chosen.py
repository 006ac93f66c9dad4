# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which clock this installation runs on."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from huisartsplek.integrations.clock.fake import ForwardClock
from huisartsplek.integrations.clock.live import LiveClock
from huisartsplek.integrations.clock.port import Clock


def clock() -> Clock:
    """Return the real clock, or in the demo world the one that can be put forward."""
    return forward_clock() if settings.DEMO else LiveClock()


def forward_clock() -> ForwardClock:
    """Return the demo world's clock, the same for every process on this machine."""
    return ForwardClock(Path(settings.DATA_DIR) / "clock-ahead")


def current_moment() -> datetime:
    """Give the present moment."""
    return clock().moment()
