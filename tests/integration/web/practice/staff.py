# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Staff of practices who have just logged in, and the forms they send."""

from itertools import count
from typing import Any

from django.test import Client
from tests.builders import AT, SYSTEM
from tests.integration.web.citizen.logged_in import client_of

from huisartsplek.accounts.models import User
from huisartsplek.accounts.roles import Role
from huisartsplek.accounts.services import grant_role
from huisartsplek.practices.models import Places, Practice

_numbers = count(1)


def somebody_at(*practices: Practice, role: Role = Role.PRACTICE_OWNER) -> User:
    """Give a member of staff with a role over these practices."""
    number = next(_numbers)
    user = User.objects.create(
        kind=User.Kind.STAFF,
        issuer="https://werk.example",
        subject=f"staff-{number}",
        display_name=f"Anna Wiersma {number}",
        created_at=AT,
    )
    for practice in practices:
        grant_role(user, role, scope_id=practice.pk, actor=SYSTEM, at=AT)
    return user


def browser_at(*practices: Practice, role: Role = Role.PRACTICE_OWNER) -> Client:
    """Give a browser in which somebody of these practices has just logged in."""
    return client_of(somebody_at(*practices, role=role))


def policy_form(practice: Practice, **changes: Any) -> dict[str, Any]:
    """Fill in the form of a policy: under conditions, five people, unless said otherwise."""
    filled = {
        "gezien": Places.objects.get(pk=practice.pk).version,
        "regels": "1",
        "stap": "bewaar",
        "standing": "voorwaarden",
        "stop_reason": "full_list",
        "people_more": "5",
        "weekly": "2",
        "valid_from": "01-03-2026",
        "valid_until": "",
        "waiting_list": "on",
        "regel-0-postcodes": "on",
        "regel-0-postcodes_detail": "2512-2518, 2521",
    }
    return {name: value for name, value in {**filled, **changes}.items() if value is not None}
