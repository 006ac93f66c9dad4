# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek manage import_postcodes FILE`: make every postcode exact with a table of Statistics Netherlands."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from huisartsplek.integrations.postcodes.bundled import BadPostcodeTable, import_table


class Command(BaseCommand):
    """Put a table of four-digit postcodes in the data directory, where search finds it at once."""

    help = "Import a CSV of postcodes with the columns pc4, lon, lat, km2, inwoners, plaats and provincie."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: object, **options: object) -> None:
        """Check the table, put it in its place and say how many postcodes it has."""
        file = options["file"]
        if not isinstance(file, Path):
            raise CommandError("Name one file.")
        try:
            number = import_table(file, Path(settings.DATA_DIR))
        except (OSError, BadPostcodeTable) as error:
            raise CommandError(f"{file} was not imported: {error}") from error
        self.stdout.write(f"Imported {number} postcodes. Search uses them from now on.")
