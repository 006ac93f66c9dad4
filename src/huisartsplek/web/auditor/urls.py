# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of these pages."""

from django.urls import URLPattern, path

from huisartsplek.web.auditor import rounds

app_name = "auditor"
urlpatterns: list[URLPattern] = [
    path("audit/rondes", rounds.rounds, name="rounds"),
    path("audit/rondes/<uuid:round_id>", rounds.one_round, name="round"),
]
