# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What search asks about a house: where it lies, so that distances count from the front door."""

import re
from dataclasses import dataclass
from typing import Protocol

from huisartsplek.rules.values import Postcode

_NUMBER = re.compile(r"\s*([1-9]\d{0,4})(?:\D.*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, in degrees (WGS84)."""

    lon: float
    lat: float


class AddressesSilentError(Exception):
    """The source gives no answer now; search goes on from the middle of the postcode."""


class AddressPort(Protocol):
    """Knows where Dutch addresses lie."""

    def point_of(self, postcode: Postcode, number: int) -> Point | None:
        """Say where a house lies; None where there is none with this number. Raises AddressesSilentError."""


def house_number(text: str) -> int | None:
    """Read the number of "12", "12a" or "12 B": what comes behind it is in the same building or beside it."""
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else None
