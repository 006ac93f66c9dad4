# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The fingerprint of a round's input, computed apart from the program that froze it."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from huisartsplek.engine.columns import Column, Texts, column_of, text_column_of
from huisartsplek.engine.compiled import Bytes, Ints, Longs, compiled
from huisartsplek.engine.tables import Tables

Value = TypeVar("Value", str, int, bool)

NEEDS_QUOTES = frozenset(',"\r\n')
LINES = 500_000  # at a time
COMMA, LF = ord(","), ord("\n")


def fingerprint(tables: Tables) -> str:
    """SHA-256 in hex over the four tables in their normalised form; indifferent to the order of rows."""
    practices, requests, members, wishes = tables.practices, tables.requests, tables.members, tables.wishes
    digest = hashlib.sha256()
    written = _Written()
    for name, header, *columns in (
        (
            "practices.csv",
            "practice,places,swaps,region",
            written.texts(practices.practice),
            written.other(decimal, practices.places),
            written.other(_yes_or_no, practices.swaps),
            written.texts(practices.region),
        ),
        (
            "requests.csv",
            "request,priority,since",
            written.texts(requests.request),
            written.other(decimal, requests.priority),
            written.texts(requests.since),
        ),
        (
            "members.csv",
            "person,request,practice,trades",
            written.texts(members.person),
            written.texts(members.request),
            written.texts(members.practice),
            written.other(_yes_or_no, members.trades),
        ),
        (
            "wishes.csv",
            "request,rank,practice",
            written.texts(wishes.request),
            written.other(decimal, wishes.rank),
            written.texts(wishes.practice),
        ),
    ):
        digest.update(f"{name}\n{header}\n".encode())
        for lines in _sorted_lines(columns):
            digest.update(lines)
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


class _Cells:
    """A column as written: per row a code, per code the cell and how many cells come before it in a file."""

    def __init__(self, codes: Ints, cells: Texts, place: Ints) -> None:
        self.codes, self.cells, self.place = codes, cells, place


class _Written:
    """Columns as cells, each distinct value written and placed once, however many columns hold it."""

    def __init__(self) -> None:
        self._texts: list[tuple[Texts, Texts, Ints]] = []

    def texts(self, names: Sequence[str]) -> _Cells:
        """A column of texts."""
        column = text_column_of(names)
        for texts, cells, place in self._texts:
            if texts is column.texts:
                return _Cells(column.codes, cells, place)
        texts = column.texts
        needs = any(byte in texts.data for byte in map(ord, NEEDS_QUOTES))
        cells = Texts.of([cell(text) for text in texts]) if needs else texts
        place = _places(cells)
        self._texts.append((texts, cells, place))
        return _Cells(column.codes, cells, place)

    def other(self, write: Callable[[Value], str], values: Sequence[Value]) -> _Cells:
        """A column of other values; two values may be written alike."""
        column: Column[Value] = column_of(values)
        cells = Texts.of([write(value) for value in column.values])
        return _Cells(column.codes, cells, _places(cells))


def _places(cells: Texts) -> Ints:
    """For each cell its place when they are sorted as they stand in a line, before a comma or the line's end.

    No cell with its comma is the beginning of another with its comma. So lines compare as their cells do, one
    after the other; and in the last column, where nothing follows, a longer cell comes after its beginning.
    """
    ended = [one + b"," for one in cells.encoded()]
    place = np.empty(len(ended), np.int32)
    place[sorted(range(len(ended)), key=ended.__getitem__)] = np.arange(len(ended))
    return place


def _sorted_lines(columns: Sequence[_Cells]) -> Iterator[bytes]:
    raise NotImplementedError
