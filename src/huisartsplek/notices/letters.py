# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the pages say how a letter is made up: what it tells stands in other apps, and its paper with the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huisartsplek.notices.models import Notice

Writer = Callable[["Notice"], bytes]
_writers: list[Writer] = []


def register(writer: Writer) -> None:
    """Make this the one who writes the paper of a letter, as a PDF."""
    _writers[:] = [writer]


def paper_of(notice: Notice) -> bytes:
    """Give the paper of a letter; empty where nobody writes it, and its text alone is sent."""
    return _writers[0](notice) if _writers else b""
