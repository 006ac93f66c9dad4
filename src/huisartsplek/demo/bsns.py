# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""BSNs for the people of the demo: only from the 9999xxxxx range that is never given out."""

from collections.abc import Iterator
from itertools import islice

from huisartsplek.rules.values import BadValue, Bsn


def demo_bsn(number: int) -> Bsn:
    """Give the demo BSN with this number, counted from 0; there are 9,091."""
    return next(islice(_all(), number, None))


def _all() -> Iterator[Bsn]:
    for tail in range(100_000):
        try:
            yield Bsn.parse(f"9999{tail:05d}")
        except BadValue:
            continue
