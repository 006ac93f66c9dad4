# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of these pages."""

from django.urls import URLPattern, path

from huisartsplek.web.insurer import cases

app_name = "insurer"
urlpatterns: list[URLPattern] = [path("verzekeraar", cases.page, name="cases")]
