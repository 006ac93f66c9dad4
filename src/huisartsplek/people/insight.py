# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who looked at a person's data: which organisation, in which role, when, on what ground; never which employee."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from huisartsplek.accounts.models import User
from huisartsplek.accounts.queries import scopes_held_by
from huisartsplek.accounts.roles import Role, ScopeType
from huisartsplek.audit.actors import Actor, ActorKind, Ground
from huisartsplek.audit.models import AuditEvent
from huisartsplek.audit.queries import events_about
from huisartsplek.people.queries import person_of
from huisartsplek.practices.models import Insurer, Practice, Region


class Who(StrEnum):
    """What sort of party it was, seen from the person."""

    SELF = "self"
    HOUSEMATE = "housemate"
    PARENT = "parent"
    REPRESENTATIVE = "representative"
    STAFF = "staff"
    SYSTEM = "system"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Look:
    """One time that somebody did something with a person's data."""

    at: datetime
    who: Who
    organisation: str  # the practice, region or insurer; empty: none
    role: str
    kind: str
    ground: str
    facts: Mapping[str, object]


def looks_at(actor: Actor, *, at: datetime, own: bool, most: int = 100) -> list[Look]:
    """Give who used the data of the one who asks, newest first: they themselves and our jobs, or others."""
    viewer = person_of(actor)
    if viewer is None:
        return []
    events = events_about(actor, viewer.pk, at=at, own=own, most=most)
    own_users: set[UUID | None] = set(User.objects.filter(person_id=viewer.pk).values_list("pk", flat=True))
    if actor.on_behalf_of is None:
        own_users.add(actor.user_id)
    organisations = _organisations({event.actor_id for event in events if event.actor_kind == ActorKind.STAFF})
    return [
        Look(
            at=event.at,
            who=_who(event, own_users),
            organisation=organisations.get((event.actor_id, event.role), ""),
            role=event.role,
            kind=event.kind,
            ground=event.ground,
            facts=event.facts,
        )
        for event in events
    ]


_SORTS = {ActorKind.STAFF: Who.STAFF, ActorKind.SYSTEM: Who.SYSTEM}


def _who(event: AuditEvent, own_users: Collection[UUID | None]) -> Who:
    if event.actor_kind != ActorKind.PERSON:
        return _SORTS.get(ActorKind(event.actor_kind), Who.STRANGER)
    if event.ground == Ground.MANDATE:
        return Who.REPRESENTATIVE
    if event.actor_id in own_users:
        return Who.SELF
    return Who.PARENT if event.ground == Ground.PARENTAL_AUTHORITY else Who.HOUSEMATE


def _organisations(user_ids: Collection[UUID | None]) -> dict[tuple[UUID | None, str], str]:
    """Give for each of these staff and each role they ever held the organisation they held it for."""
    held = scopes_held_by({user_id for user_id in user_ids if user_id})
    names: dict[UUID, str] = {}
    for scope_type, model in (
        (ScopeType.PRACTICE, Practice),
        (ScopeType.REGION, Region),
        (ScopeType.INSURER, Insurer),
    ):
        wanted = {scope_id for _, role, scope_id in held if Role(role).scope_type is scope_type}
        names |= dict(model._default_manager.filter(pk__in=wanted).values_list("pk", "name"))
    return {(user_id, role): names.get(scope_id, "") for user_id, role, scope_id in held}
