# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Strict RFC 4180 text to cells and back.

Python's own reader lets stray quotes pass; here each one is a fault. A file without a single quote, the usual
case, is cut by `str.split` a megabyte at a time, in time linear in its size.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

CHUNK = 1_000_000
STRAY_QUOTE = "stray quote"
STRAY_RETURN = "carriage return outside quotes that does not end a line"
OPEN_QUOTE = "quoted cell is never closed"


@dataclass(frozen=True)
class Unsound:
    """A record that cannot be read, with as much of its cells as could be made out."""

    number: int
    message: str
    cells: list[str]
    loses_its_place: bool = False  # what follows may have been swallowed


@dataclass(frozen=True)
class Batch:
    """Sound records, column by column, each with its record number (the header is record 1)."""

    numbers: Sequence[int]
    columns: list[list[str]]
    unsound: list[Unsound] = field(default_factory=list)


@dataclass(frozen=True)
class Record:
    """One record as it was cut; `fault` says what is wrong with it."""

    cells: list[str]
    fault: str | None
    spans_lines: bool


def delimiter_of(text: str) -> str:
    """Semicolon when the header has more of them outside quotes than commas, else comma."""
    commas = semicolons = 0
    quoted = started = False
    for character in text:
        if character == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif character == "\n":
            if started:
                break
            continue
        elif character == ",":
            commas += 1
        elif character == ";":
            semicolons += 1
        started = started or character != "\r"
    return ";" if semicolons > commas else ","


def _cut_quoted(line: str, following: Iterator[str], delimiter: str) -> Record:
    """Cut a record that holds a quote; a quoted cell may take lines from `following`."""
    cells: list[str] = []
    fault: str | None = None
    position = 0
    spans = False
    while True:
        text = ""
        if line.startswith('"', position):
            parts: list[str] = []
            position += 1
            while True:
                end = line.find('"', position)
                if end < 0:
                    parts.append(line[position:] + "\n")
                    more = next(following, None)
                    if more is None:
                        cells.append("".join(parts))
                        return Record(cells, OPEN_QUOTE, True)
                    line, position, spans = more, 0, True
                    continue
                parts.append(line[position:end])
                position = end + 1
                if not line.startswith('"', position):
                    break
                parts.append('"')
                position += 1
            text = "".join(parts)
        end = line.find(delimiter, position)
        rest = line[position:] if end < 0 else line[position:end]
        if end < 0 and rest.endswith("\r"):
            rest = rest[:-1]
        if (position > 0 and line[position - 1] == '"' and rest) or '"' in rest:
            fault = fault or STRAY_QUOTE
        if "\r" in rest:
            fault = fault or STRAY_RETURN
        cells.append(text + rest)
        if end < 0:
            return Record(cells, fault, spans)
        position = end + 1


def _cut_lines(lines: Iterable[str], delimiter: str) -> Iterator[Record]:
    """Cut lines (without their LF) into records; wholly empty lines are none."""
    following = iter(lines)
    for line in following:
        if line in {"", "\r"}:
            continue
        if '"' in line:
            yield _cut_quoted(line, following, delimiter)
            continue
        bare = line.removesuffix("\r")
        yield Record(bare.split(delimiter), STRAY_RETURN if "\r" in bare else None, False)


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    if lines[-1].endswith("\r"):  # no LF follows, so this CR ends no line
        lines[-1] += "\r"
    return lines


def split_header(text: str, delimiter: str) -> tuple[Record | None, str]:
    """The header and the text after it; None when there is no record at all."""
    position = 0
    while position < len(text):
        end = text.find("\n", position)
        if end < 0:
            break
        if text[position:end] not in {"", "\r"}:
            break
        position = end + 1
    end = position
    while True:  # the header goes on while a quote in it is open
        end = text.find("\n", end)
        if end < 0:
            return next(_cut_lines(_lines(text[position:]), delimiter), None), ""
        if text.count('"', position, end) % 2 == 0:
            header = next(_cut_lines([text[position:end]], delimiter), None)
            if '"' not in text[position:end] or (header and header.fault is None):
                return header, text[end + 1 :]
            first = text.find("\n", position)
            return header, text[first + 1 :]
        end += 1


def _careful_batch(records: Iterable[Record], width: int, first: int) -> Batch:
    numbers: list[int] = []
    rows: list[list[str]] = []
    unsound: list[Unsound] = []
    for number, record in enumerate(records, first):
        if record.fault:
            loses = record.spans_lines
            unsound.append(Unsound(number, record.fault, record.cells, loses))
        elif len(record.cells) != width:
            message = f"{len(record.cells)} cells where the header has {width}"
            unsound.append(Unsound(number, message, record.cells))
        else:
            numbers.append(number)
            rows.append(record.cells)
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]
    return Batch(numbers, columns, unsound)


def _chunks(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start + CHUNK)
        end = len(text) if end < 0 else end + 1
        yield text[start:end]
        start = end


def batches(body: str, delimiter: str, width: int) -> Iterator[Batch]:
    """The records after the header, in batches; record numbers count records, not lines."""
    number = 2
    if '"' in body:
        yield _careful_batch(_cut_lines(_lines(body), delimiter), width, number)
        return
    for piece in _chunks(body):
        plain = piece.replace("\r\n", "\n")
        lines = [line for line in plain.split("\n") if line]
        if "\r" in plain or any(line.count(delimiter) != width - 1 for line in lines):
            batch = _careful_batch(_cut_lines(_lines(piece), delimiter), width, number)
            number += len(batch.numbers) + len(batch.unsound)
            yield batch
            continue
        cells = delimiter.join(lines).split(delimiter) if lines else []
        yield Batch(range(number, number + len(lines)), [cells[column::width] for column in range(width)])
        number += len(lines)


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of a finished file that is known to hold, by column name; a cell may be of any length."""
    header, body = split_header(content.decode(), ",")
    names = header.cells if header else []
    records = (zip(*batch.columns, strict=True) for batch in batches(body, ",", len(names)))
    return [dict(zip(names, cells, strict=True)) for cells in chain.from_iterable(records)]


def quote(cell: str) -> str:
    """The cell as it stands in a file: quoted when it holds comma, quote, CR or LF, never otherwise."""
    if '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    if "," in cell or "\n" in cell or "\r" in cell:
        return f'"{cell}"'
    return cell


def _quoted_column(column: Sequence[str]) -> Sequence[str]:
    joined = "".join(column)
    if any(mark in joined for mark in ',"\n\r'):
        return [quote(cell) for cell in column]
    return column


def render(header: Sequence[str], columns: Sequence[Sequence[str]]) -> bytes:
    """A finished file: header, then the rows sorted as finished lines by their UTF-8 bytes.

    Text sorts by code point, which is the order of its UTF-8 bytes.
    """
    rows = sorted(map(",".join, zip(*map(_quoted_column, columns), strict=True)))
    return ("\n".join(chain([",".join(map(quote, header))], rows)) + "\n").encode()
