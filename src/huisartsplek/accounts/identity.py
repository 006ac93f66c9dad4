# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who sends a request: the actor, from the session and the roles held at this moment."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest

from huisartsplek.accounts.acting import acts_for
from huisartsplek.accounts.helping import helping_of
from huisartsplek.accounts.models import User
from huisartsplek.accounts.queries import roles_of
from huisartsplek.accounts.roles import HeldRole, Role
from huisartsplek.audit.actors import Actor, Ground


def actor_from(request: HttpRequest) -> Actor:
    """Return who acts: the citizen, perhaps in another's name, the member of staff in their role, or a stranger.

    Somebody at a desk acts on behalf of the person they help, who asked for it.
    """
    origin = origin_of(request)
    user = request.user
    if not isinstance(user, User):
        return Actor.anonymous(origin=origin)
    if user.kind == User.Kind.CITIZEN:
        own, other = Actor.person(user.pk, origin=origin), acts_for(request)
        return own if other is None else own.acting_for(other, ground=Ground.MANDATE)
    if (helping := helping_of(request)) is not None:
        at_desk = Actor.staff(user.pk, helping.role, ground=helping.role.ground, origin=origin)
        return at_desk.acting_for(helping.person_id, ground=Ground.OWN_REQUEST)
    role = getattr(request, "huisartsplek_role", None)
    if not isinstance(role, Role):
        return Actor.staff(user.pk, "staff", ground=Ground.OPERATIONS, origin=origin)
    return Actor.staff(user.pk, role, ground=role.ground, origin=origin)


def own_actor_from(request: HttpRequest) -> Actor:
    """Return the citizen who is logged in as acting for themselves, whoever they act for."""
    return replace(actor_from(request), on_behalf_of=None, ground=Ground.OWN_REQUEST)


def held_roles(request: HttpRequest) -> tuple[HeldRole, ...]:
    """List the roles of who sends this request, read from the database once per request."""
    known: tuple[HeldRole, ...] | None = getattr(request, "huisartsplek_held_roles", None)
    if known is None:
        known = roles_of(request.user) if isinstance(request.user, User) else ()
        request.huisartsplek_held_roles = known  # type: ignore[attr-defined]  # read a few lines up
    return known


def origin_of(request: HttpRequest) -> str:
    """Return the address a request came from; behind a proxy of ours, the one that proxy saw."""
    if settings.VARIABLES.trusts_proxy:
        seen = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
        if seen:
            return seen[:64]
    return str(request.META.get("REMOTE_ADDR", ""))[:64]
