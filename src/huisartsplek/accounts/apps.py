# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Users, roles and logging in as a Django application."""

from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import import_string


class AccountsConfig(AppConfig):
    """Who may log in, in which roles, and what each view asks of them."""

    name = "huisartsplek.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuse to start while a view has no declared policy."""
        # Named as text: the check reads models, which exist only once every application is loaded.
        check = import_string("huisartsplek.accounts.declarations.check_every_view_declares")
        checks.register(check, checks.Tags.security)
