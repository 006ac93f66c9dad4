# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading who somebody is and what they may be."""

from collections.abc import Collection
from uuid import UUID

from huisartsplek.accounts.models import RoleGrant, User
from huisartsplek.accounts.roles import HeldRole, Role


def roles_of(user: User) -> tuple[HeldRole, ...]:
    """List the roles that a user holds at this moment; none for a citizen or for who was stopped."""
    if not user.is_active or user.kind != User.Kind.STAFF:
        return ()
    grants = RoleGrant.objects.filter(user=user, revoked_at__isnull=True).order_by("granted_at", "id")
    return tuple(HeldRole(Role(grant.role), grant.scope_id) for grant in grants)


def scopes_of(user: User, *roles: Role) -> frozenset[UUID]:
    """Return the practices, regions or insurers over which a user holds one of these roles."""
    return frozenset(held.scope_id for held in roles_of(user) if held.role in roles and held.scope_id)


def scopes_held_by(user_ids: Collection[UUID]) -> list[tuple[UUID, str, UUID]]:
    """List over what these staff hold or held which role: user, role, and the practice, region or insurer."""
    grants = RoleGrant.objects.filter(user_id__in=list(user_ids), scope_id__isnull=False).order_by("granted_at")
    rows = grants.values_list("user_id", "role", "scope_id")
    return [(user_id, role, scope_id) for user_id, role, scope_id in rows if scope_id is not None]


def staff_with(role: Role, scope_id: UUID | None) -> list[User]:
    """List the staff who hold a role over one practice, region or insurer now."""
    grants = {"role_grants__role": role, "role_grants__scope_id": scope_id}
    return list(User.objects.filter(**grants, role_grants__revoked_at__isnull=True, is_active=True).order_by("id"))


def names_of_staff(user_ids: Collection[UUID]) -> dict[UUID, str]:
    """Give the names of these staff, for who works with them."""
    named = User.objects.filter(pk__in=list(user_ids), kind=User.Kind.STAFF)
    return dict(named.values_list("pk", "display_name"))
