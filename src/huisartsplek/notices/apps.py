# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages to people as a Django application."""

from django.apps import AppConfig

from huisartsplek.notices.connector import enqueue_in_transactions


class NoticesConfig(AppConfig):
    """The outbox, and its delivery."""

    name = "huisartsplek.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enqueue messages together with what they tell."""
        enqueue_in_transactions()
