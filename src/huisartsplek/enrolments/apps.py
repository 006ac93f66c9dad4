# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is enrolled where, and the moves from one practice to another."""

from django.apps import AppConfig


class EnrolmentsConfig(AppConfig):
    name = "huisartsplek.enrolments"
    label = "enrolments"
