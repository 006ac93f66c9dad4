# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of these pages."""

from django.urls import URLPattern

app_name = "practice"
urlpatterns: list[URLPattern] = []
