# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real clock."""

from datetime import datetime

from django.utils import timezone


class LiveClock:
    """The clock of this machine."""

    def moment(self) -> datetime:
        """Give the present moment."""
        return timezone.now()
