# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The values of drand's chain quicknet, fetched over HTTPS and believed only with its signature."""

from datetime import datetime, timedelta

import httpx
from django.core.exceptions import ImproperlyConfigured

from huisartsplek.integrations.beacon.drand_signature import (
    QUICKNET_HASH,
    VERIFIER,
    is_signed_by_quicknet,
    is_verifier_installed,
    value_in,
)
from huisartsplek.integrations.beacon.port import BeaconRefused, BeaconValue, NotYet
from huisartsplek.integrations.beacon.rhythm import QUICKNET

_TIMEOUT_SECONDS = 10
_ASK_AGAIN = timedelta(seconds=30)


class Drand:
    """The League of Entropy's public source; anybody can fetch the same value for ever."""

    source = "drand-quicknet"
    is_example = False
    lead = timedelta(minutes=10)

    def __init__(self, url: str, *, transport: httpx.BaseTransport | None = None) -> None:
        if not is_verifier_installed():
            raise ImproperlyConfigured(f"draws from drand need the package {VERIFIER}, which checks signatures")
        self._url = f"{url.rstrip('/')}/{QUICKNET_HASH}/public"
        self._transport = transport

    def round_after(self, moment: datetime) -> int:
        """Return the first number whose value is made after a moment."""
        return QUICKNET.round_after(moment)

    def due_at(self, round_number: int) -> datetime:
        """Return when the value of a number is made."""
        return QUICKNET.due_at(round_number)

    def value_of(self, round_number: int, *, at: datetime) -> BeaconValue | NotYet:
        """Fetch the value of a number; refuse one that the chain did not sign."""
        if at < self.due_at(round_number):
            return NotYet(self.due_at(round_number))
        signature = self._fetch(round_number)
        if signature is None:
            return NotYet(at + _ASK_AGAIN)
        if not is_signed_by_quicknet(round_number, signature):
            raise BeaconRefused(f"the value of number {round_number} is not signed by {self.source}")
        return BeaconValue(
            source=self.source,
            round_number=round_number,
            value=value_in(signature),
            signature=signature.hex(),
            is_example_draw=False,
        )

    def _fetch(self, round_number: int) -> bytes | None:
        try:
            with httpx.Client(transport=self._transport, timeout=_TIMEOUT_SECONDS) as client:
                response = client.get(f"{self._url}/{round_number}")
            if response.status_code != httpx.codes.OK:
                return None
            return bytes.fromhex(str(response.json()["signature"]))
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return None
