# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finished files out of numbered columns: rows sorted as finished lines by their bytes.

Sorting lines is sorting cell by cell with each cell's comma behind it, for no cell with its comma begins
another one: a cell that holds a comma is quoted, and a quote inside quotes is doubled. So each distinct cell
gets a rank once, and rows are dealt out by the ranks of their cells, the last column first. Cost: O(bytes) and
the sorting of the distinct cells.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from huisartsplek.engine import csvtext, values
from huisartsplek.engine.columns import Column, Texts, column_of, text_column_of
from huisartsplek.engine.compiled import Bytes, Ints, Longs, compiled
from huisartsplek.engine.ordering import COMMA, NOTHING, dealt, ranks_of

ROWS_AT_ONCE = 100_000
NEW_LINE = 10


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
    return Column(coded.codes, Texts.of(values.decimals(coded.values)))


def yes_no_cells(column: Sequence[bool]) -> Column[str]:
    """Yes or no as it stands in a file."""
    coded = column_of(column)
    return Column(coded.codes, Texts.of(["yes" if value else "no" for value in coded.values]))


@compiled
def _add_lengths(rows: Ints, codes: Ints, start: Longs, lengths: Longs) -> None:
    for at in range(len(rows)):
        code = codes[rows[at]]
        lengths[at] += start[code + 1] - start[code] + 1


@compiled
def _put(rows: Ints, codes: Ints, data: Bytes, start: Longs, follower: int, place: Longs, lines: Bytes) -> None:
    """Write one column's cells, each with the byte that follows it, and move on in each line."""
    for at in range(len(rows)):
        code = codes[rows[at]]
        to = place[at]
        for byte in range(start[code], start[code + 1]):
            lines[to] = data[byte]
            to += 1
        lines[to] = follower
        place[at] = to + 1


def _order(cells: Sequence[tuple[Ints, Texts]]) -> Ints:
    """The rows sorted as finished lines."""
    last = len(cells) - 1
    first = cells[0][0]
    rows = np.arange(len(first), dtype=np.int32)
    if len(first) and np.bincount(first).max() == 1:
        cells = cells[:1]
    for number, (codes, texts) in reversed(list(enumerate(cells))):
        rows = dealt(rows, codes, ranks_of(texts, COMMA if number < last else NOTHING))
    return rows


def pieces(header: Sequence[str], columns: Sequence[Column[str]]) -> Iterator[bytes]:
    """The finished file in pieces; the columns hold cells as they stand in a file."""
    yield (",".join(map(csvtext.quote, header)) + "\n").encode()
    cells = [(column.codes, Texts.of(column.values)) for column in columns]
    order = _order(cells)
    for first in range(0, len(order), ROWS_AT_ONCE):
        rows = order[first : first + ROWS_AT_ONCE]
        lengths = np.zeros(len(rows), np.int64)
        for codes, texts in cells:
            _add_lengths(rows, codes, texts.start, lengths)
        ends = np.cumsum(lengths)
        place = ends - lengths
        lines = np.empty(int(ends[-1]), np.uint8)
        for number, (codes, texts) in enumerate(cells, 1):
            follower = COMMA if number < len(cells) else NEW_LINE
            _put(rows, codes, texts.data, texts.start, follower, place, lines)
        yield lines.tobytes()


def finished(header: Sequence[str], columns: Sequence[Column[str]]) -> bytes:
    """The finished file."""
    return b"".join(pieces(header, columns))
