# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bring the schema up to date and have the demo world in it, in one process."""

import importlib
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

WORLD = "huisartsplek.demo.load"


class Command(BaseCommand):
    """Migrate as the owner, then make the demo world with no more rights than the application has."""

    help = "Migrate, and make the demo world unless it is there."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Prepare everything that the demo needs before it serves."""
        if not settings.DEMO:
            raise CommandError("HP_DEMO is off: there is no demo world to prepare.")
        self.progress("Bringing the database up to date")
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()
        connection.settings_dict["OPTIONS"]["assume_role"] = settings.APPLICATION_ROLE
        # Loaded here, because the models of the demo are installed only where there is a demo.
        for line in importlib.import_module(WORLD).ensure_world(self.progress):
            self.stdout.write(line)

    def progress(self, text: str) -> None:
        """Tell how far it is."""
        self.stderr.write(text)
