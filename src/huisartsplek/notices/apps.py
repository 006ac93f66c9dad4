# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages to people as a Django application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The outbox, and its delivery."""

    name = "huisartsplek.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
