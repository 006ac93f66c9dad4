# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The fingerprint of a round's input, computed apart from the program that froze it."""

import hashlib
from collections.abc import Iterable

from huisartsplek.engine.tables import Tables

NEEDS_QUOTES = frozenset(',"\r\n')


def fingerprint(tables: Tables) -> str:
    """SHA-256 in hex over the four tables in their normalised form; indifferent to the order of rows."""
    practices, requests, members, wishes = tables.practices, tables.requests, tables.members, tables.wishes
    digest = hashlib.sha256()
    for name, header, rows in (
        (
            "practices.csv",
            "practice,places,swaps,region",
            zip(
                map(cell, practices.practice),
                map(decimal, practices.places),
                map(_yes_or_no, practices.swaps),
                map(cell, practices.region),
                strict=True,
            ),
        ),
        (
            "requests.csv",
            "request,priority,since",
            zip(map(cell, requests.request), map(decimal, requests.priority), requests.since, strict=True),
        ),
        (
            "members.csv",
            "person,request,practice,trades",
            zip(
                map(cell, members.person),
                map(cell, members.request),
                map(cell, members.practice),
                map(_yes_or_no, members.trades),
                strict=True,
            ),
        ),
        (
            "wishes.csv",
            "request,rank,practice",
            zip(map(cell, wishes.request), map(decimal, wishes.rank), map(cell, wishes.practice), strict=True),
        ),
    ):
        digest.update(_table(name, header, rows))
    return digest.hexdigest()


def cell(text: str) -> str:
    """A cell as it stands in a file: quoted when it holds a comma, a quote or a line break, never otherwise."""
    if NEEDS_QUOTES.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'


def decimal(value: int) -> str:
    """A whole number of any length in digits; Python itself writes no more than some thousands at once."""
    try:
        return str(value)
    except ValueError:
        head, tail = divmod(abs(value), 10**4000)
        return f"{'-' if value < 0 else ''}{decimal(head)}{tail:04000d}"


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _table(name: str, header: str, rows: Iterable[tuple[str, ...]]) -> bytes:
    # Sorting text by code point is sorting its UTF-8 by bytes.
    lines = sorted(",".join(row) for row in rows)
    return "\n".join([name, header, *lines, ""]).encode()
