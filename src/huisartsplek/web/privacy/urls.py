# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of these pages."""

from django.urls import URLPattern, path

from huisartsplek.web.privacy import log

app_name = "privacy"
urlpatterns: list[URLPattern] = [
    path("logboek", log.page, name="log"),
    path("logboek/controle", log.check, name="check"),
]
