# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom a member of staff helps in this request: put there by who has looked it up, read by policies and pages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from huisartsplek.accounts.roles import Role


@dataclass(frozen=True, slots=True)
class Helping:
    """Somebody at a desk with one person beside them, for a bounded time."""

    help_id: UUID
    person_id: UUID
    person_name: str
    role: Role
    ends_at: datetime
    desk_url: str  # where the help is ended, and below which the person's own pages are


def helping_of(request: HttpRequest) -> Helping | None:
    """Give whom the one who sends this request helps in it; nobody where they do their own work."""
    found = getattr(request, "huisartsplek_helping", None)
    return found if isinstance(found, Helping) else None


def put_helping(request: HttpRequest, helping: Helping) -> None:
    """Say whom the one who sends this request helps in it."""
    request.huisartsplek_helping = helping  # type: ignore[attr-defined]  # read a few lines up
