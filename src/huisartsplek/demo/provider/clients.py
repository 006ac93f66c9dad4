# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may ask the local provider who somebody is: our own two registrations."""

import secrets
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse

from huisartsplek.integrations.login.port import Audience


@dataclass(frozen=True, slots=True)
class Client:
    """One registration."""

    audience: Audience
    client_id: str
    secret: str = field(repr=False)
    redirect_uri: str


def issuer() -> str:
    """Return what the local provider calls itself."""
    return f"{settings.ORIGIN}/demo-login"


def client_of(client_id: str) -> Client | None:
    """Find a registration by its name."""
    return next((client for client in _clients() if client.client_id == client_id), None)


def is_secret_of(client: Client, secret: str) -> bool:
    """Whether a secret is the client's, without telling by time how much of it is right."""
    return secrets.compare_digest(client.secret.encode(), secret.encode())


def _clients() -> tuple[Client, ...]:
    known = (
        (Audience.CITIZEN, settings.CITIZEN_CLIENT_ID, settings.CITIZEN_CLIENT_SECRET),
        (Audience.STAFF, settings.STAFF_CLIENT_ID, settings.STAFF_CLIENT_SECRET),
    )
    return tuple(
        Client(
            audience, name, secret or "", settings.ORIGIN + reverse("accounts:log_in_back", args=[audience.value])
        )
        for audience, name, secret in known
    )
