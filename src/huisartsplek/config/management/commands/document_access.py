# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Write docs/access-matrix.md from what every view declares."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huisartsplek.config.access_page import PAGE, access_page


class Command(BaseCommand):
    """Write the page, or with `--check` only say whether it is still right."""

    help = "Write docs/access-matrix.md from what every view declares."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--check`."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is out of date")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Write or compare."""
        text = access_page()
        if options["check"]:
            if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
                raise CommandError(f"{PAGE} is out of date: run `huisartsplek manage document_access`")
            return
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
