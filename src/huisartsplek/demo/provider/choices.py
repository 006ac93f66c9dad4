# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom one can log in as; the demo world says who they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from huisartsplek.integrations.login.port import Audience


@dataclass(frozen=True, slots=True)
class LoginChoice:
    """One person of the demo, as the login page shows and the provider proves them."""

    subject: str
    name: str
    story: str
    audience: Audience
    bsn: str = field(default="", repr=False)
    represents: tuple[str, ...] = field(default=(), repr=False)  # BSNs of whom this person may act for


Source = Callable[[], Sequence[LoginChoice]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Make this the list of people one can log in as."""
    _sources[:] = [source]


def choices_for(audience: Audience) -> list[LoginChoice]:
    """List whom one can log in as, as a citizen or as staff."""
    return [choice for source in _sources for choice in source() if choice.audience is audience]


def choice_of(audience: Audience, subject: str) -> LoginChoice | None:
    """Find one of them."""
    return next((choice for choice in choices_for(audience) if choice.subject == subject), None)
