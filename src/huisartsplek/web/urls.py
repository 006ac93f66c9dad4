# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the pages: one list, an entry per audience."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from huisartsplek.web import styleguide

# Each audience has a package with its own `urls.py` that holds whole addresses; add it here as
# path("", include("huisartsplek.web.<audience>.urls")).
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huisartsplek.web.public.urls")),
    path("", include("huisartsplek.web.citizen.urls")),
    path("", include("huisartsplek.web.practice.urls")),
    path("", include("huisartsplek.web.coordinator.urls")),
    path("", include("huisartsplek.web.desk.urls")),
    path("", include("huisartsplek.web.auditor.urls")),
    path("", include("huisartsplek.web.privacy.urls")),
    path("", include("huisartsplek.web.insurer.urls")),
    path("", include("huisartsplek.web.operator.urls")),
]
if not settings.IS_PRODUCTION:
    urlpatterns.append(path("stijl", styleguide.page, name="styleguide"))
