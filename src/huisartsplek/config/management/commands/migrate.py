# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bring the schema up to date, and give the application its rights on what is new."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from huisartsplek.config.database.roles import grant_application_role


class Command(migrate.Command):
    """Django's `migrate`, followed by the rights of the application's role."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate as the owner; in production the owner is never the role the application runs as."""
        connection = connections[options["database"]]
        if settings.IS_PRODUCTION and connection.settings_dict["USER"] == settings.APPLICATION_ROLE:
            raise CommandError(
                "Set DATABASE_OWNER_URL: the role in DATABASE_URL must not own the schema,"
                " or it could rewrite the audit log."
            )
        super().handle(*args, **options)
        grant_application_role(connection, settings.APPLICATION_ROLE)
