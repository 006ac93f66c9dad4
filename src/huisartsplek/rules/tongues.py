# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The languages we write in: which of them say everything, which way they run, and who read them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Which way a language is written."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that people can read us in.

    `is_complete`: people at work find every page in it, and what one agrees to stands in it with binding force.
    The others hold what a citizen meets. `read_by` names who read it with it as their own tongue. `on_paper`: our
    letters have its script.
    """

    code: str
    own_name: str
    is_complete: bool = False
    direction: Direction = Direction.LEFT_TO_RIGHT
    read_by: str = ""
    on_paper: bool = True

    @property
    def was_read(self) -> bool:
        """Whether somebody whose own tongue it is read all of it."""
        return bool(self.read_by)
