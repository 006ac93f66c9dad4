# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the Netherlands from PDOK, the public map service of the Dutch government.

It is told a postcode and a house number and nothing about who asks: the question comes from this server.
Source: the Locatieserver of PDOK, version 3.1, `free`, which answers from the national register of addresses (BAG).
"""

import re
import time
from collections.abc import Callable

import httpx

from huisartsplek.integrations.addresses.port import AddressesSilentError, Point
from huisartsplek.rules.values import Postcode

_POINT = re.compile(r"POINT\((-?\d+\.?\d*) (-?\d+\.?\d*)\)", re.ASCII)
_SECONDS = 1.0
_PAUSE_SECONDS = 30.0  # after silence nobody waits for it again so soon


class Pdok:
    """The Locatieserver at an address."""

    def __init__(
        self,
        url: str,
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = f"{url.rstrip('/')}/free"
        self._transport = transport
        self._clock = clock
        self._silent_until = float("-inf")

    def point_of(self, postcode: Postcode, number: int) -> Point | None:
        """Ask where a house lies; of several with one number the first."""
        if self._clock() < self._silent_until:
            raise AddressesSilentError
        asked: list[tuple[str, str | int | float | bool | None]] = [
            ("fq", "type:adres"),
            ("fq", f"postcode:{postcode.pc4}{postcode.letters}"),
            ("fq", f"huisnummer:{number}"),
            ("fl", "centroide_ll"),
            ("rows", "1"),
        ]
        try:
            with httpx.Client(transport=self._transport, timeout=_SECONDS) as client:
                found = client.get(self._url, params=asked).raise_for_status().json()["response"]["docs"]
            return _point(found[0]["centroide_ll"]) if found else None
        except (httpx.HTTPError, ValueError, KeyError, TypeError, IndexError):
            self._silent_until = self._clock() + _PAUSE_SECONDS
            raise AddressesSilentError from None


def _point(text: str) -> Point:
    found = _POINT.fullmatch(text)
    if found is None:
        raise ValueError("not a point")
    return Point(float(found[1]), float(found[2]))
