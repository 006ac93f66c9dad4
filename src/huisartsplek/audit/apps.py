# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The audit log as a Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what to whom, on what ground: kept for five years and sealed."""

    name = "huisartsplek.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
