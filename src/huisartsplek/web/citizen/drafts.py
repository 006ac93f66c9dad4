# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The short list of practices somebody has chosen, kept in their session until the request is filed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from huisartsplek.accounts.helping import helping_of
from huisartsplek.practices.queries import practices_by_slug
from huisartsplek.requests.services import MOST_WISHES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from huisartsplek.practices.models import Practice

T = TypeVar("T")
STEPS = frozenset({"hoger", "lager", "weg"})
_TO = re.compile(r"naar-([1-9]|10)")
_WISHES = "wishes"


def drafted(request: HttpRequest) -> list[Practice]:
    """Give the chosen practices, best first."""
    kept = request.session.get(_kept_at(request), [])
    slugs = [slug for slug in kept if isinstance(slug, str)] if isinstance(kept, list) else []
    return practices_by_slug(slugs[:MOST_WISHES])


def _kept_at(request: HttpRequest) -> str:
    """Where the list is kept: one for each person who is helped at a desk."""
    helping = helping_of(request)
    return _WISHES if helping is None else f"{_WISHES}:{helping.help_id}"


def add_to_draft(request: HttpRequest, practice: Practice) -> bool:
    """Put a practice at the end of the list; False when there is no room for it."""
    chosen = drafted(request)
    if practice in chosen:
        return True
    if len(chosen) >= MOST_WISHES:
        return False
    keep_draft(request, [*chosen, practice])
    return True


def keep_draft(request: HttpRequest, chosen: Sequence[Practice]) -> None:
    """Keep this list."""
    request.session[_kept_at(request)] = [practice.slug for practice in chosen]


def forget_draft(request: HttpRequest) -> None:
    """Drop the list."""
    request.session.pop(_kept_at(request), None)


def is_step(step: str) -> bool:
    """Whether this is something that can be done to a wish on a list."""
    return step in STEPS or _TO.fullmatch(step) is not None


def rearranged(things: Sequence[T], thing: T, step: str) -> list[T]:
    """Give the list with one thing higher ("hoger"), lower ("lager"), at a place ("naar-3") or gone ("weg")."""
    row = list(things)
    place = row.index(thing)
    row.remove(thing)
    if to := _TO.fullmatch(step):
        row.insert(int(to[1]) - 1, thing)
    elif step != "weg":
        row.insert(max(0, place - 1 if step == "hoger" else place + 1), thing)
    return row
