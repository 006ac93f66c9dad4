# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changing who may log in and which roles they hold."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.accounts.models import RoleGrant, User
from huisartsplek.accounts.roles import Role
from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import ROLE_GRANTED, ROLE_REVOKED, USER_CREATED, USER_STOPPED
from huisartsplek.audit.services import record


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
            record(ROLE_GRANTED, actor=actor, at=at, thing=user, role=role, **_scope(scope_id))
        return grant


def revoke_role(user: User, role: Role, *, scope_id: UUID | None = None, actor: Actor, at: datetime) -> None:
    """Take a role back; it is gone at the user's next request."""
    with transaction.atomic():
        held = RoleGrant.objects.filter(user=user, role=role, scope_id=scope_id, revoked_at__isnull=True)
        if held.update(revoked_at=at):
            record(ROLE_REVOKED, actor=actor, at=at, thing=user, role=role, **_scope(scope_id))


def stop_user(user: User, *, actor: Actor, at: datetime) -> None:
    """Let somebody in no more; their sessions end at their next request."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if not locked.is_active:
            return
        User.objects.filter(pk=user.pk).update(is_active=False, session_epoch=locked.session_epoch + 1)
        record(USER_STOPPED, actor=actor, at=at, thing=locked)


def _scope(scope_id: UUID | None) -> dict[str, UUID]:
    return {} if scope_id is None else {"scope_id": scope_id}
