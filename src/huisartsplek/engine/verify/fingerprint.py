# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The fingerprint of a round's input, computed apart from the program that froze it."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np

from huisartsplek.engine.columns import Column, Texts, column_of, text_column_of
from huisartsplek.engine.compiled import Bytes, Ints, Longs, compiled
from huisartsplek.engine.tables import Tables
from huisartsplek.engine.verify.judgement import grouped

Value = TypeVar("Value", str, int, bool)

NEEDS_QUOTES = frozenset(',"\r\n')
LINES = 500_000  # at a time
COMMA, LF = ord(","), ord("\n")


def fingerprint(tables: Tables) -> str:
    """SHA-256 in hex over the four tables in their normalised form; indifferent to the order of rows."""
    practices, requests, members, wishes = tables.practices, tables.requests, tables.members, tables.wishes
    digest = hashlib.sha256()
    names = _Names()
    for name, header, telling, *columns in (
        (
            "practices.csv",
            "practice,places,swaps,region",
            1,
            names(practices.practice),
            _written(decimal, practices.places),
            _written(_yes_or_no, practices.swaps),
            names(practices.region),
        ),
        (
            "requests.csv",
            "request,priority,since",
            1,
            names(requests.request),
            _written(decimal, requests.priority),
            names(requests.since),
        ),
        (
            "members.csv",
            "person,request,practice,trades",
            1,
            names(members.person),
            names(members.request),
            names(members.practice),
            _written(_yes_or_no, members.trades),
        ),
        (
            "wishes.csv",
            "request,rank,practice",
            2,
            names(wishes.request),
            _written(decimal, wishes.rank),
            names(wishes.practice),
        ),
    ):
        digest.update(f"{name}\n{header}\n".encode())
        for lines in _sorted_lines(columns, telling):
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


@compiled
def is_ascending(data: Bytes, start: Longs, codes: Ints, mark: int) -> bool:
    """Whether each of these texts is above the one before it by their bytes, with this mark after each."""
    for at in range(1, len(codes)):
        one, other = start[codes[at - 1]], start[codes[at]]
        one_end, other_end = start[codes[at - 1] + 1], start[codes[at] + 1]
        while one < one_end and other < other_end and data[one] == data[other]:
            one += 1
            other += 1
        before = int(data[one]) if one < one_end else mark
        after = int(data[other]) if other < other_end else mark
        if before >= after:
            return False
    return True


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


class _Cells:
    """A column as it stands in a file: each distinct cell, and per row which of them it is."""

    def __init__(self, codes: Ints, cells: Texts) -> None:
        self.codes, self.cells = codes, cells

    @cached_property
    def place(self) -> Ints:
        """For each cell that is used its place among those in a sorted file.

        No cell with its comma is the beginning of another with its comma, so lines compare as their cells do.
        """
        used = np.flatnonzero(np.bincount(self.codes, minlength=len(self.cells))).astype(np.int32)
        place = np.zeros(len(self.cells), np.int32)
        place[used] = np.arange(len(used))
        if not is_ascending(self.cells.data, self.cells.start, used, COMMA):
            ended = [cell + b"," for cell in self.cells.encoded()]
            place[sorted(used.tolist(), key=ended.__getitem__)] = np.arange(len(used))
        return place


class _Names:
    """Columns of texts as cells, the texts that several columns share written and placed once.

    The first column to hold some texts uses all of them that the others do, if those others have to be placed.
    """

    def __init__(self) -> None:
        self._known: list[tuple[Texts, _Cells]] = []

    def __call__(self, names: Sequence[str]) -> _Cells:
        column = text_column_of(names)
        texts = column.texts
        for known, shared in self._known:
            if known is texts:
                cells = _Cells(column.codes, shared.cells)
                cells.place = shared.place
                return cells
        quotes = any(np.any(texts.data == ord(mark)) for mark in NEEDS_QUOTES)
        cells = _Cells(column.codes, Texts.of([cell(text) for text in texts]) if quotes else texts)
        self._known.append((texts, cells))
        return cells


def _written(write: Callable[[Value], str], values: Sequence[Value]) -> _Cells:
    column: Column[Value] = column_of(values)
    return _Cells(column.codes, Texts.of([write(value) for value in column.values]))


def _sorted_lines(columns: Sequence[_Cells], telling: int) -> Iterator[bytes]:
    """The lines of a table in order, some at a time; the first columns, so many, tell all rows apart."""
    rows = np.arange(len(columns[0].codes), dtype=np.int32)
    first, second = columns[0], columns[telling - 1]
    if not _is_in_order(first.place[first.codes], second.place[second.codes]):  # most files are
        for column in reversed(columns[:telling]):
            rows = rows[grouped(column.place[column.codes[rows]], len(column.cells))[1]]
    for start in range(0, len(rows), LINES):
        some = rows[start : start + LINES]
        cells = [(column.codes[some], column.cells) for column in columns]
        length = np.full(len(some), len(cells))
        for codes, texts in cells:
            length += texts.start[codes + 1] - texts.start[codes]
        at = np.cumsum(length) - length
        lines = np.empty(int(length.sum()), np.uint8)
        for number, (codes, texts) in enumerate(cells, 1):
            _write(lines, at, codes, texts.data, texts.start, LF if number == len(cells) else COMMA)
        yield lines.tobytes()


@compiled
def _is_in_order(first: Ints, second: Ints) -> bool:
    for row in range(1, len(first)):
        if first[row] < first[row - 1] or (first[row] == first[row - 1] and second[row] <= second[row - 1]):
            return False
    return True


@compiled
def _write(lines: Bytes, at: Longs, codes: Ints, data: Bytes, start: Longs, mark: int) -> None:
    """Each row's cell where its line has come to, with the mark that follows it."""
    for row in range(len(codes)):
        for byte in range(start[codes[row]], start[codes[row] + 1]):
            lines[at[row]] = data[byte]
            at[row] += 1
        lines[at[row]] = mark
        at[row] += 1
