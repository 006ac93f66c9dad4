# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A place in a queue as it is told: a band, wide where it is far, and never a number."""

from dataclasses import dataclass

ENDS = (10, 25, 50, 100)


@dataclass(frozen=True, order=True, slots=True)
class Band:
    """From one place up to and including another; without an end: farther than the last that is told."""

    first: int
    last: int | None

    def __contains__(self, position: int) -> bool:
        return self.first <= position and (self.last is None or position <= self.last)


def band_of(position: int) -> Band:
    """Give the band of a place, or of a number of people; nobody and one to ten are one band."""
    if position < 0:
        raise ValueError("nobody stands before the first place")
    first = 1
    for last in ENDS:
        if position <= last:
            return Band(first, last)
        first = last + 1
    return Band(first, None)
