# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Example addresses: a house lies somewhere in its postcode area, always at the same spot; some do not exist."""

import hashlib
import math

from huisartsplek.integrations.addresses.port import AddressesSilentError, Point
from huisartsplek.integrations.postcodes.port import PostcodePort
from huisartsplek.rules.values import Postcode

LAST_NUMBER = 400
SILENT_AT = 99_999  # asking for this house is how a test or a developer sees what happens without an answer
_METRES = 400
_METRES_A_DEGREE = 111_320


class ExampleAddresses:
    """Streets of four hundred houses, within some hundreds of metres of the middle of their postcode."""

    def __init__(self, postcodes: PostcodePort) -> None:
        self._postcodes = postcodes

    def point_of(self, postcode: Postcode, number: int) -> Point | None:
        """Say where the example house lies: one street a postcode, a metre from each number to the next."""
        if number == SILENT_AT:
            raise AddressesSilentError
        if number > LAST_NUMBER:
            return None
        middle = self._postcodes.locate(Postcode(postcode.pc4))
        street = hashlib.sha256(str(postcode).encode()).digest()
        angle = 2 * math.pi * street[0] / 256
        metres = _METRES * street[1] / 256 + number
        north, east = metres * math.cos(angle), metres * math.sin(angle)
        shrunk = math.cos(math.radians(middle.lat))
        return Point(middle.lon + east / (_METRES_A_DEGREE * shrunk), middle.lat + north / _METRES_A_DEGREE)
