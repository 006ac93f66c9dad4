# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek manage check_invariants`: look whether everything that must be true is true."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.rounds.invariants import INVARIANTS, broken_invariants


class Command(BaseCommand):
    """Print each broken invariant with the rows concerned; exit 1 when there is one."""

    help = "Check that everything that must always be true is true (I1-I12)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Look at everything once."""
        broken = broken_invariants(at=current_moment())
        for one in broken:
            self.stderr.write(f"{one.invariant.name}: {one.invariant.says}: {one.rows} rows, first {one.example}")
        if broken:
            raise CommandError(f"{len(broken)} of {len(INVARIANTS)} invariants are broken")
        self.stdout.write(f"All {len(INVARIANTS)} invariants hold.")
