# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""In whose name a citizen acts in this session. Nothing of it outlives the session: every login begins anew."""

from uuid import UUID

from django.http import HttpRequest

_ACTS_FOR = "acts_for"


def acts_for(request: HttpRequest) -> UUID | None:
    """Return the person in whose name is acted, or nothing: for oneself."""
    kept = request.session.get(_ACTS_FOR) if hasattr(request, "session") else None
    return UUID(kept) if isinstance(kept, str) else None


def begin_acting(request: HttpRequest, person_id: UUID) -> None:
    """Act in this person's name from now on; the caller has found them in the answer of this session's login."""
    request.session[_ACTS_FOR] = str(person_id)


def end_acting(request: HttpRequest) -> None:
    """Act for oneself again."""
    request.session.pop(_ACTS_FOR, None)
