# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The moment, the parties and the numbers that these tests agree on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

from django.conf import settings
from django.test import override_settings

from huisartsplek.audit.actors import Actor, Ground
from huisartsplek.config.values import KeyRing
from huisartsplek.people.models import Person, Representation
from huisartsplek.rules.values import Bsn

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
ISSUER = "https://login.example"
SYSTEM = Actor.system("tests")
DESK = Actor.system("desk", ground=Ground.TREATMENT_RELATION)

PersonMaker = Callable[..., Person]
LogIn = Callable[[Person], Actor]
ParentMaker = Callable[..., Representation]
Change = Callable[[], AbstractContextManager[None]]


def demo_bsn(start: int) -> Bsn:
    """Give the first number from the demo range, at or after a start, that passes the test of eleven."""
    for tail in range(start, 100_000):
        digits = f"9999{tail:05}"
        if sum(w * int(d) for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0:
            return Bsn(digits)
    raise AssertionError("the range is used up")


def only_newest() -> override_settings:
    """Take the older keys out of the ring."""
    return override_settings(BSN_KEYS=KeyRing(settings.BSN_KEYS.keys[:1]))
