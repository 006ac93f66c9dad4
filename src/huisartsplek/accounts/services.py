# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changing who may log in and which roles they hold."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.accounts.models import RoleGrant, User
from huisartsplek.accounts.roles import Role
from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import (
    ROLE_GRANTED,
    ROLE_REVOKED,
    USER_CREATED,
    USER_STOPPED,
    EventKind,
    Fact,
)
from huisartsplek.audit.services import Line, record, record_many


def register_user(
    kind: User.Kind, *, issuer: str, subject: str, display_name: str = "", actor: Actor, at: datetime
) -> User:
    """Return the user of a login, made now if it is the first time that this login is seen."""
    with transaction.atomic():
        user, is_new = User.objects.get_or_create(
            issuer=issuer,
            subject=subject,
            defaults={"kind": kind, "display_name": display_name, "created_at": at},
        )
        if is_new:
            record(USER_CREATED, actor=actor, at=at, thing=user, which=kind)
        return user


def grant_role(user: User, role: Role, *, scope_id: UUID | None = None, actor: Actor, at: datetime) -> RoleGrant:
    """Give a member of staff a role, or return the grant they already hold."""
    if user.kind != User.Kind.STAFF:
        raise ValueError("only staff hold roles")
    with transaction.atomic():
        grant, is_new = RoleGrant.objects.get_or_create(
            user=user,
            role=role,
            scope_id=scope_id,
            revoked_at=None,
            defaults={"scope_type": role.scope_type, "granted_at": at},
        )
        if is_new:
            _record_role(ROLE_GRANTED, user, role, scope_id, actor, at)
        return grant


def revoke_role(user: User, role: Role, *, scope_id: UUID | None = None, actor: Actor, at: datetime) -> None:
    """Take a role back; it is gone at the user's next request."""
    with transaction.atomic():
        held = RoleGrant.objects.filter(user=user, role=role, scope_id=scope_id, revoked_at__isnull=True)
        if held.update(revoked_at=at):
            _record_role(ROLE_REVOKED, user, role, scope_id, actor, at)


def stop_user(user: User, *, actor: Actor, at: datetime) -> None:
    """Let somebody in no more; their sessions end at their next request."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if not locked.is_active:
            return
        User.objects.filter(pk=user.pk).update(is_active=False, session_epoch=locked.session_epoch + 1)
        record(USER_STOPPED, actor=actor, at=at, thing=locked)


def _record_role(
    kind: EventKind, user: User, role: Role, scope_id: UUID | None, actor: Actor, at: datetime
) -> None:
    facts: dict[str, Fact] = {"role": role}
    if scope_id is not None:
        facts["scope_id"] = scope_id
    record_many(kind, [Line(thing=user, facts=facts)], actor=actor, at=at)
