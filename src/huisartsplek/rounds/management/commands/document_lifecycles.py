# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek manage document_lifecycles`: write docs/lifecycles.md from the tables of states."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huisartsplek.rounds.lifecycle_page import PAGE, lifecycles_page


class Command(BaseCommand):
    """Write the page, or with `--check` only say whether it is still right."""

    help = "Write docs/lifecycles.md from the tables of states."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--check`."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is out of date")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write or compare."""
        text = lifecycles_page()
        if options["check"]:
            if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
                raise CommandError(f"{PAGE} is out of date: run `huisartsplek manage document_lifecycles`")
            return
        PAGE.write_text(text, encoding="utf-8")
