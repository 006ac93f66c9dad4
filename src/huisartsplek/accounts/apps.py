# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Users, roles and logging in as a Django application."""

from django.apps import AppConfig
from django.core import checks

from huisartsplek.accounts.declarations import check_every_view_declares


class AccountsConfig(AppConfig):
    """Who may log in, in which roles, and what each view asks of them."""

    name = "huisartsplek.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuse to start while a view has no declared policy."""
        checks.register(check_every_view_declares, checks.Tags.security)
