# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the desks."""

from django.urls import path

from huisartsplek.web.desk import desk, helping, numbers

app_name = "desk"
urlpatterns = [
    path("regio/loket", desk.region, name="region"),
    path("regio/loket/zonder-nummer", numbers.numbers, name="numbers"),
    path("regio/loket/<uuid:help_id>", helping.region, name="region_help"),
    path("regio/loket/<uuid:help_id>/klaar", helping.region_ends, name="region_help_ends"),
    path("praktijk/loket", desk.practice, name="practice"),
    path("praktijk/loket/<uuid:help_id>", helping.practice, name="practice_help"),
    path("praktijk/loket/<uuid:help_id>/klaar", helping.practice_ends, name="practice_help_ends"),
]
