# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Coordinators and other staff in their browsers, and what their pages say."""

from itertools import count
from uuid import UUID

from django.test import Client
from tests.builders import AT, SYSTEM
from tests.integration.web.citizen.logged_in import client_of

from huisartsplek.accounts.models import User
from huisartsplek.accounts.roles import Role
from huisartsplek.accounts.services import grant_role
from huisartsplek.practices.models import Region

_numbers = count(1)


def staff_browser(role: Role, scope_id: UUID | None = None) -> Client:
    """Give a browser in which somebody with this role has just logged in."""
    user = User.objects.create(
        kind=User.Kind.STAFF,
        issuer="https://werk.example",
        subject=f"elders-{next(_numbers)}",
        display_name="Carla Jansen",
        created_at=AT,
    )
    grant_role(user, role, scope_id=scope_id, actor=SYSTEM, at=AT)
    return client_of(user)


def coordinator_of(region: Region) -> Client:
    """Give a browser in which a coordinator of this region has just logged in."""
    return staff_browser(Role.COORDINATOR, region.pk)
