# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What search asks about the map of the country: a source of addresses answers the same questions."""

from collections.abc import Sequence
from typing import Protocol

from huisartsplek.rules.values import Postcode
from huisartsplek.simulator.geography import Located, Place


class PostcodePort(Protocol):
    """Knows where every Dutch postcode lies, exactly or about, and what places a name may mean."""

    def locate(self, postcode: Postcode) -> Located:
        """Say where a postcode lies; every postcode gets an answer, which says when it is approximate."""

    def places_named(self, text: str, *, most: int = 10) -> Sequence[Place]:
        """Give the places whose name is, starts with or holds the text; exact names first, large ones first."""

    def places_alike(self, text: str, *, most: int = 4) -> Sequence[Place]:
        """Give the places whose name looks like the text, for who mistypes."""

    def places_around(self, lon: float, lat: float, *, km: float, most: int) -> Sequence[Place]:
        """Give the largest places within so many kilometres of a point, for the names on a map."""
