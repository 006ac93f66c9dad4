# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the pages: one list, an entry per audience."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from huisartsplek.web import styleguide

# Each audience has a package with its own `urls.py` that holds whole addresses; add it here as
# path("", include("huisartsplek.web.<audience>.urls")).
urlpatterns: list[URLPattern | URLResolver] = []
if not settings.IS_PRODUCTION:
    urlpatterns.append(path("stijl", styleguide.page, name="styleguide"))
