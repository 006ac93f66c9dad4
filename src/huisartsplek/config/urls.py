# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every address of the site."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from huisartsplek.api.rest.v1.service import api
from huisartsplek.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", api.urls),
    path("", include("huisartsplek.accounts.urls")),
    path("", include("huisartsplek.web.urls")),
]
if settings.DEMO:
    urlpatterns += [
        path("", include("huisartsplek.demo.urls")),
        path("demo-login/", include("huisartsplek.demo.provider.urls")),
    ]

handler400 = "huisartsplek.web.errors.bad_request"
handler403 = "huisartsplek.web.errors.permission_denied"
handler404 = "huisartsplek.web.errors.not_found"
handler500 = "huisartsplek.web.errors.server_error"
