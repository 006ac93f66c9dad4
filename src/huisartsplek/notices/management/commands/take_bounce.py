# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek manage take_bounce`: take an e-mail that came back, from standard input."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from huisartsplek.audit.actors import Actor
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.integrations.notify.bounces import bounced_key
from huisartsplek.notices.services import take_bounce

_MOST_BYTES = 1_000_000


class Command(BaseCommand):
    """Let the mail server of the installation pipe what comes back to our sender's address into this."""

    help = "Take an e-mail that came back (RFC 3464) from standard input: its message goes by another way."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Read one mail; any other mail than a bounce of ours changes nothing."""
        key = bounced_key(sys.stdin.buffer.read(_MOST_BYTES))
        is_ours = key is not None and take_bounce(key, actor=Actor.system("notices"), at=current_moment())
        self.stdout.write("Taken: it goes by another way." if is_ours else "Not a bounce of a message underway.")
