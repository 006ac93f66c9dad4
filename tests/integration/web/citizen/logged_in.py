# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging people in for tests of pages, without the way through the login provider."""

from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.builders import a_citizen

from huisartsplek.accounts.models import User
from huisartsplek.accounts.roles import Role
from huisartsplek.accounts.session import LOGGED_IN_AT, SEEN_AT
from huisartsplek.people.models import Person


def client_of(user: User) -> Client:
    """Give a browser in which somebody has just logged in."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session[LOGGED_IN_AT] = session[SEEN_AT] = timezone.now().timestamp()
    session.save()
    return client


def browser_of(person: Person) -> Client:
    """Give a browser in which a citizen has just logged in."""
    user_id = a_citizen(person).user_id
    assert user_id is not None
    return client_of(User.objects.get(pk=user_id))


def browser_of_staff() -> Client:
    """Give a browser in which somebody at work has just logged in, in every role there is."""
    user = User.objects.create(
        kind=User.Kind.STAFF,
        issuer="https://werk.example",
        subject="w",
        display_name="W",
        created_at=timezone.now(),
    )
    for role in Role:
        user.role_grants.create(
            role=role,
            scope_type=role.scope_type,
            scope_id=None if role.scope_type == "country" else user.pk,
            granted_at=timezone.now(),
        )
    return client_of(user)
