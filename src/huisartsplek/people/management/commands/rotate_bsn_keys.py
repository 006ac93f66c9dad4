# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command with which an operator retires an older key of the ring."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from huisartsplek.audit.actors import Actor
from huisartsplek.people.bsn import rotate_bsn_keys


class Command(BaseCommand):
    """Seal every stored BSN with the first key of HP_BSN_KEYS."""

    help = "Seal every stored BSN with the first key of HP_BSN_KEYS; after that the other keys can be removed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Rotate, say how many, and fail when a key must stay because something did not open."""
        rotation = rotate_bsn_keys(Actor.system("rotate_bsn_keys"), at=timezone.now())
        self.stdout.write(f"{rotation.resealed} sealed anew")
        if rotation.unreadable:
            people = ", ".join(map(str, rotation.unreadable))
            raise CommandError(f"keep the older keys: the stored BSN does not open of {people}")
