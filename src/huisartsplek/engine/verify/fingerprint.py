# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The fingerprint of a round's input, computed apart from the program that froze it."""

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

from huisartsplek.engine.tables import Tables

Value = TypeVar("Value", str, int, bool)

NEEDS_QUOTES = frozenset(',"\r\n')


def fingerprint(tables: Tables) -> str:
    """SHA-256 in hex over the four tables in their normalised form; indifferent to the order of rows."""
    practices, requests, members, wishes = tables.practices, tables.requests, tables.members, tables.wishes
    digest = hashlib.sha256()
    for name, header, *columns in (
        (
            "practices.csv",
            "practice,places,swaps,region",
            _written(cell, practices.practice),
            _written(decimal, practices.places),
            _written(_yes_or_no, practices.swaps),
            _written(cell, practices.region),
        ),
        (
            "requests.csv",
            "request,priority,since",
            _written(cell, requests.request),
            _written(decimal, requests.priority),
            requests.since,
        ),
        (
            "members.csv",
            "person,request,practice,trades",
            _written(cell, members.person),
            _written(cell, members.request),
            _written(cell, members.practice),
            _written(_yes_or_no, members.trades),
        ),
        (
            "wishes.csv",
            "request,rank,practice",
            _written(cell, wishes.request),
            _written(decimal, wishes.rank),
            _written(cell, wishes.practice),
        ),
    ):
        # Sorting text by code point is sorting its UTF-8 by bytes.
        lines = sorted(map(",".join, zip(*columns, strict=True)))
        digest.update("\n".join([name, header, *lines, ""]).encode())
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


def _written(write: Callable[[Value], str], column: list[Value]) -> Iterable[str]:
    """A column as cells, each distinct value written once."""
    texts = {value: write(value) for value in set(column)}
    return map(texts.__getitem__, column)
