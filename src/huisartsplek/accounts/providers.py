# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Through which providers people log in, from the settings."""

from django.conf import settings
from django.urls import reverse

from huisartsplek.integrations.login.live import OpenIdProvider, Registration
from huisartsplek.integrations.login.port import Audience, LoginPort

DEMO_ISSUER_PATH = "/demo-login"


def provider_for(audience: Audience) -> LoginPort:
    """Return the provider for citizens or for staff; in a demo the local one, over the same protocol."""
    redirect_uri = settings.ORIGIN + reverse("accounts:log_in_back", args=[audience.value])
    home = settings.ORIGIN + "/"
    local = settings.ORIGIN + DEMO_ISSUER_PATH
    if audience is Audience.CITIZEN:
        return OpenIdProvider(
            Registration(
                audience=audience,
                issuer=settings.CITIZEN_ISSUER or local,
                client_id=settings.CITIZEN_CLIENT_ID,
                client_secret=settings.CITIZEN_CLIENT_SECRET or "",
                redirect_uri=redirect_uri,
                home=home,
                level=settings.CITIZEN_ASSURANCE,
            )
        )
    return OpenIdProvider(
        Registration(
            audience=audience,
            issuer=settings.STAFF_ISSUER or local,
            client_id=settings.STAFF_CLIENT_ID,
            client_secret=settings.STAFF_CLIENT_SECRET or "",
            redirect_uri=redirect_uri,
            home=home,
        )
    )
