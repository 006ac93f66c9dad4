# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finished files out of numbered columns: rows sorted as finished lines by their bytes.

Sorting lines is sorting cell by cell with each cell's comma behind it, for no cell with its comma begins
another one: a cell that holds a comma is quoted, and a quote inside quotes is doubled. So each distinct cell
gets a rank once, and rows are dealt out by the ranks of their cells, the last column first. Cost: O(bytes) and
the sorting of the distinct cells.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from huisartsplek.engine import csvtext, values
from huisartsplek.engine.bytewise import SLACK, eight, put_eight
from huisartsplek.engine.columns import Column, Texts, column_of, text_column_of
from huisartsplek.engine.compiled import Bytes, Flags, Ints, Longs, compiled
from huisartsplek.engine.ordering import COMMA, NOTHING, dealt, ranks_of

ROWS_AT_ONCE = 100_000


@compiled
def _has_marks(data: Bytes) -> bool:
    """Whether a comma, quote, CR or LF is among these bytes."""
    for byte in data:  # noqa: SIM110 - a loop compiles to what it says
        if byte in (44, 34, 13, 10):
            return True
    return False


def _quoted(texts: Texts) -> Texts:
    return Texts.of([csvtext.quote(text) for text in texts]) if _has_marks(texts.data) else texts


def text_cells(column: Sequence[str]) -> Column[str]:
    """Texts as they stand in a file."""
    coded = text_column_of(column)
    return Column(coded.codes, _quoted(coded.texts))


def number_cells(column: Sequence[int | None]) -> Column[str]:
    """Whole numbers as they stand in a file; nothing for None."""
    coded = column_of(column)
    return Column(coded.codes, Texts.of(["" if value is None else values.decimal(value) for value in coded.values]))


def yes_no_cells(column: Sequence[bool]) -> Column[str]:
    """Yes or no as it stands in a file."""
    coded = column_of(column)
    return Column(coded.codes, Texts.of(["yes" if value else "no" for value in coded.values]))


class _Cells(NamedTuple):
    """The distinct cells of all columns one after another; column k's cell c is number `first[k] + c`."""

    data: Bytes
    start: Longs
    first: list[int]


def _gathered(columns: Sequence[tuple[Ints, Texts]]) -> _Cells:
    data, start, first = [], [], []
    bytes_before, cells_before = 0, 0
    for _, texts in columns:
        first.append(cells_before)
        start.append(texts.start[:-1] + bytes_before)
        data.append(texts.data[: texts.start[-1]])
        bytes_before += int(texts.start[-1])
        cells_before += len(texts)
    start.append(np.array([bytes_before], np.int64))
    return _Cells(np.concatenate([*data, np.zeros(SLACK, np.uint8)]), np.concatenate(start), first)


@compiled
def _length(cells: Ints, start: Longs) -> int:
    """The bytes of some lines, each cell with the byte that follows it; cells by (column, line)."""
    total = 0
    for column in range(cells.shape[0]):
        for line in range(cells.shape[1]):
            cell = cells[column, line]
            total += start[cell + 1] - start[cell] + 1
    return total


@compiled
def _put(cells: Ints, data: Bytes, start: Longs, lines: Bytes) -> None:
    """Write lines eight bytes at a time; what is too much is written over by what follows."""
    to = 0
    for line in range(cells.shape[1]):
        for column in range(cells.shape[0]):
            cell = cells[column, line]
            begin, length = start[cell], start[cell + 1] - start[cell]
            for at in range(0, length, 8):
                put_eight(lines, to + at, eight(data, begin + at))
            to += length
            lines[to] = 44
            to += 1
        lines[to - 1] = 10


@compiled
def _ascend(codes: Ints, rank: Ints, tied: Flags) -> bool:
    """Whether no row ranks before the one above it of those that have been equal so far; who now differs is no
    longer tied."""
    for row in range(1, len(codes)):
        if tied[row]:
            before, here = rank[codes[row - 1]], rank[codes[row]]
            if here < before:
                return False
            tied[row] = here == before
    return True


def _order(cells: Sequence[tuple[Ints, Texts]]) -> Ints:
    """The rows sorted as finished lines."""
    first, last = cells[0][0], len(cells) - 1
    if len(first) and np.bincount(first).max() == 1:
        cells = cells[:1]
    ranked = [(codes, ranks_of(texts, COMMA if at < last else NOTHING)) for at, (codes, texts) in enumerate(cells)]
    rows = np.arange(len(first), dtype=np.int32)
    tied = np.ones(len(first), np.bool_)
    if all(_ascend(codes, rank, tied) for codes, rank in ranked):
        return rows
    for codes, rank in reversed(ranked):
        rows = dealt(rows, codes, rank)
    return rows


def pieces(header: Sequence[str], columns: Sequence[Column[str]]) -> Iterator[bytes]:
    """The finished file in pieces; the columns hold cells as they stand in a file."""
    yield (",".join(map(csvtext.quote, header)) + "\n").encode()
    by_column = [(column.codes, Texts.of(column.values)) for column in columns]
    order = _order(by_column)
    all_cells = _gathered(by_column)
    for begin in range(0, len(order), ROWS_AT_ONCE):
        rows = order[begin : begin + ROWS_AT_ONCE]
        cells = np.empty((len(by_column), len(rows)), np.int32)
        for (codes, _), first, line in zip(by_column, all_cells.first, cells, strict=True):
            line[:] = codes[rows] + np.int32(first)
        length = _length(cells, all_cells.start)
        lines = np.empty(length + SLACK, np.uint8)
        _put(cells, all_cells.data, all_cells.start, lines)
        yield lines[:length].tobytes()


def finished(header: Sequence[str], columns: Sequence[Column[str]]) -> bytes:
    """The finished file."""
    return b"".join(pieces(header, columns))
