# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the people app says how a citizen who logged in becomes a person it knows."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from huisartsplek.audit.actors import Actor
from huisartsplek.integrations.login.port import LoginAnswer

Link = Callable[..., UUID | None]
_links: list[Link] = []


def register(link: Link) -> None:
    """Make `link(answer, *, actor, at, language)`, the one asked who logs in: a person id, or None.

    It runs in the transaction of the login and may only read and write our own tables.
    """
    _links[:] = [link]


def person_of(answer: LoginAnswer, *, actor: Actor, at: datetime, language: str) -> UUID | None:
    """Return the person a citizen's login belongs to, or nothing while nobody is known by it."""
    return _links[0](answer, actor=actor, at=at, language=language) if _links else None
