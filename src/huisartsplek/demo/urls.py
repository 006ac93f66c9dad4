# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the demo's own pages."""

from django.urls import path

from huisartsplek.demo import control

app_name = "demo"
urlpatterns = [
    path("demo", control.page, name="control"),
    path("demo/klok", control.put_forward, name="put_forward"),
    path("demo/antwoorden", control.answer, name="answer"),
]
