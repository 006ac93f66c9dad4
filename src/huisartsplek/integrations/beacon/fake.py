# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Example draws: values from a secret made at installation. Whoever knows the secret knows the draw."""

import hashlib
import hmac
from datetime import datetime, timedelta

from huisartsplek.integrations.beacon.port import BeaconValue, NotYet
from huisartsplek.integrations.beacon.rhythm import EXAMPLE


class ExampleBeacon:
    """A source for demo and tests, marked as such wherever its values are shown."""

    source = "example"
    is_example = True
    lead = timedelta(seconds=30)

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def round_after(self, moment: datetime) -> int:
        """Return the first number whose value is made after a moment."""
        return EXAMPLE.round_after(moment)

    def due_at(self, round_number: int) -> datetime:
        """Return when the value of a number is made."""
        return EXAMPLE.due_at(round_number)

    def value_of(self, round_number: int, *, at: datetime) -> BeaconValue | NotYet:
        """Derive the value of a number, once its moment has come."""
        if at < self.due_at(round_number):
            return NotYet(self.due_at(round_number))
        value = hmac.new(self._secret, f"example draw {round_number}".encode(), hashlib.sha256).hexdigest()
        return BeaconValue(self.source, round_number, value, signature="", is_example_draw=True)
