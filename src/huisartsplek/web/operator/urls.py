# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of these pages."""

from django.urls import URLPattern, path

from huisartsplek.web.operator import board

app_name = "operator"
urlpatterns: list[URLPattern] = [
    path("beheer", board.page, name="board"),
    path("beheer/opnieuw", board.retry, name="retry"),
]
