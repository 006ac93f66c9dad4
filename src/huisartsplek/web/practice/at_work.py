# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""For which practice somebody works here: one of those their role reaches over, looked up at every request."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huisartsplek.accounts.identity import held_roles, origin_of
from huisartsplek.accounts.models import User
from huisartsplek.accounts.roles import PRACTICE_ROLES, Role
from huisartsplek.audit.actors import Actor
from huisartsplek.practices.queries import practices_by_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from huisartsplek.practices.models import Practice

P = ParamSpec("P")
CHOSEN = "practice"  # where the session keeps which practice was picked
NAMED = "praktijk"  # the field by which a form says for which practice it was made


@dataclass(frozen=True, slots=True)
class AtWork:
    """Somebody at work for one practice, in the role they hold there."""

    practice: Practice
    actor: Actor
    name: str
    has_others: bool  # they work at another practice too


def own_practices(request: HttpRequest) -> dict[UUID, Role]:
    """Give the practices where who sends this request works now, with their role there."""
    return {
        held.scope_id: held.role for held in held_roles(request) if held.role in PRACTICE_ROLES and held.scope_id
    }


def pick(request: HttpRequest, practice_id: UUID) -> None:
    """Keep for which practice somebody works in this session."""
    request.session[CHOSEN] = str(practice_id)


def at_work(request: HttpRequest) -> AtWork | None:
    """Tell for which practice somebody works now; nothing while they still have to say which."""
    roles = own_practices(request)
    practices = {str(practice.pk): practice for practice in practices_by_id(list(roles))}
    if not practices:
        raise Http404
    chosen = request.session.get(CHOSEN)
    practice = practices.get(str(chosen)) if len(practices) > 1 else next(iter(practices.values()))
    if practice is None or not isinstance(request.user, User):
        return None
    role = roles[practice.pk]
    actor = Actor.staff(request.user.pk, role, ground=role.ground, origin=origin_of(request))
    return AtWork(practice, actor, request.user.display_name, has_others=len(practices) > 1)


def for_a_practice(
    view: Callable[Concatenate[HttpRequest, AtWork, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Give the view the practice it is for; who works at several and has not picked one is asked that first.

    A form that was made for another practice than the one picked since does nothing.
    """

    @functools.wraps(view)
    def working(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        here = at_work(request)
        if here is None:
            return redirect("practice:choose")
        if request.POST.get(NAMED, str(here.practice.pk)) != str(here.practice.pk):
            messages.info(request, _("U koos intussen een andere praktijk. Er is niets veranderd."))
            return redirect("practice:today")
        return view(request, here, *args, **kwargs)

    return working
