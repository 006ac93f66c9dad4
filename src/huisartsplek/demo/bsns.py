# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""BSNs for the people of the demo: only from the 9999xxxxx range that is never given out."""

from functools import cache

from huisartsplek.rules.values import BadValue, Bsn


def demo_bsn(number: int) -> Bsn:
    """Give the demo BSN with this number, counted from 0; there are 9,091."""
    return Bsn.parse(f"9999{_tails()[number]:05d}")


@cache
def _tails() -> tuple[int, ...]:
    """Give the last five digits of every number of the range that passes the 11-test."""
    return tuple(tail for tail in range(100_000) if _is_bsn(f"9999{tail:05d}"))


def _is_bsn(digits: str) -> bool:
    try:
        Bsn.parse(digits)
    except BadValue:
        return False
    return True
