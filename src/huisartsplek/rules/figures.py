# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures about people as they may be published: none below ten, and nothing from which one can be found."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

SMALLEST_TOLD = 10

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as it may be told; without a count there are fewer than ten."""

    count: int | None
    is_rounded: bool = False

    @property
    def is_small(self) -> bool:
        """Whether all one may say is that there are fewer than ten."""
        return self.count is None


def publishable(counts: Mapping[Key, int], *, whole: Key | None = None) -> dict[Key, Figure]:
    """Make counts that are published together fit to be seen.

    A count of one to nine is left out. As soon as one is, all others are rounded to ten, also those in another
    table: else the one left out could be found by subtracting. Where the whole is below ten, nothing of it is
    told, a nought neither: any of its figures could be somebody's own result.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count is never below zero")
    if whole is not None and 0 < counts[whole] < SMALLEST_TOLD:
        return dict.fromkeys(counts, Figure(None, is_rounded=True))
    if not any(_is_small(count) for count in counts.values()):
        return {key: Figure(count) for key, count in counts.items()}
    return {
        key: Figure(None, is_rounded=True) if _is_small(count) else Figure(_rounded(count), is_rounded=True)
        for key, count in counts.items()
    }


def _is_small(count: int) -> bool:
    return 0 < count < SMALLEST_TOLD


def _rounded(count: int) -> int:
    """Round to ten, half upwards."""
    return (count + 5) // 10 * 10
