# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files read back to the byte: any bytes whatever give rows, or what is wrong with them, never a crash.

A file that is as it should be and holds no quote is read straight into numbers; any other is read with care.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from huisartsplek.engine.compiled import Bytes, Ints, Longs, compiled
from huisartsplek.engine.plainfile import read_plain_bytes
from huisartsplek.engine.verify.broken import Broken, Rule
from huisartsplek.engine.verify.case import Words

# A quoted cell must hold something that needs the quotes, which is checked apart.
CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))([,\n])')
NEEDS_QUOTES = re.compile(r'[",\r\n]')


@dataclass(frozen=True)
class Rows:
    """The well-formed records of one file, without the header, each with its record number.

    `cells` has for each column the numbers of the texts in it, by the `words` of that column.
    """

    file: str
    records: Longs
    cells: dict[str, Ints]
    words: Mapping[str, Words]

    def __len__(self) -> int:
        return len(self.records)

    def text(self, column: str, row: int) -> str:
        """A cell as it stands in the file."""
        return self.words[column].text(int(self.cells[column][row]))

    def record(self, row: int) -> int | None:
        """The record number of a row; None for no row."""
        return int(self.records[row]) if row >= 0 else None


def read_rows(file: str, raw: bytes, words: Mapping[str, Words]) -> tuple[Rows, list[Broken]]:
    """The records of a CSV file in the output form, and every way in which the file departs from it.

    The columns are those of `words`, in that order.
    """
    columns = list(words)
    plain = _read_plain(raw, words)
    if plain is not None:
        count = len(plain[0])
        return Rows(file, np.arange(2, count + 2), dict(zip(columns, plain.values(), strict=True)), words), []
    records, cells, broken = _read_carefully(file, raw, ",".join(columns))
    numbers = {column: words[column].codes([row[at] for row in cells]) for at, column in enumerate(columns)}
    return Rows(file, np.array(records, np.int64), numbers, words), broken


def rows_of(raw: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file that was found to hold, by column name; a cell may be of any length."""
    _, (header, *rows), _ = _records("", raw.decode())
    return [dict(zip(header, row, strict=True)) for row in rows]


def read_report(file: str, raw: bytes) -> tuple[dict[str, object] | None, list[Broken]]:
    """The report as an object, if its bytes are exactly those of the JSON form."""
    text, broken = _decode(file, raw)
    if text is None:
        return None, broken
    try:
        report = json.loads(text)
        as_it_should_be = json.dumps(report, sort_keys=True, indent=2, ensure_ascii=False) + "\n"
        exact = as_it_should_be.encode() == raw
    except (ValueError, RecursionError):
        return None, [Broken(Rule.FORMAT, file, None, "this is not JSON in UTF-8")]
    if not isinstance(report, dict):
        return None, [Broken(Rule.FORMAT, file, None, "the report must be one JSON object")]
    if not exact:
        message = "the form must be: keys sorted, two spaces, non-ASCII as is, one LF at the end"
        return None, [Broken(Rule.FORMAT, file, None, message)]
    return report, []


def _read_plain(raw: bytes, words: Mapping[str, Words]) -> dict[int, Ints] | None:
    """All columns of a file that is as it should be without any quote; None for any other file."""
    header = ",".join(words).encode() + b"\n"
    if not raw.startswith(header) or not raw.endswith(b"\n") or b"\r" in raw or b"\n\n" in raw:
        return None
    if not _is_ascending(np.frombuffer(raw, np.uint8), len(header)):
        return None
    return read_plain_bytes(raw, lambda _: {at: word.interner for at, word in enumerate(words.values())})


@compiled
def _is_ascending(data: Bytes, start: int) -> bool:
    """Whether every line is above the one before it by its bytes."""
    before, begin = start, start
    for at in range(start, len(data)):
        if data[at] != 10:
            continue
        length = 0
        while before < begin and data[before + length] == data[begin + length] != 10:
            length += 1
        one, other = data[before + length], data[begin + length]
        if before < begin and (other == 10 or (one != 10 and one > other)):
            return False
        before, begin = begin, at + 1
    return True


def _read_carefully(file: str, raw: bytes, header: str) -> tuple[list[int], list[list[str]], list[Broken]]:
    text, broken = _decode(file, raw)
    if text is None:
        return [], [], broken
    lines, split, faults = _records(file, text)
    broken += faults
    if not lines or lines[0] != header:
        broken.append(Broken(Rule.FORMAT, file, 1, f"the header must be {header}"))
        return [], [], broken
    for number, (before, after) in enumerate(pairwise(lines[1:]), 3):
        if before >= after:
            how = "stands twice" if before == after else "is not in the order of the lines' bytes"
            broken.append(Broken(Rule.FORMAT, file, number, f"this record {how}"))
    width = header.count(",") + 1
    records, cells = [], []
    for number, row in enumerate(split[1:], 2):
        if len(row) == width:
            records.append(number)
            cells.append(row)
        else:
            message = f"this record has {len(row)} cells, the header has {width}"
            broken.append(Broken(Rule.FORMAT, file, number, message))
    return records, cells, broken


def _decode(file: str, raw: bytes) -> tuple[str | None, list[Broken]]:
    try:
        return raw.decode(), []
    except UnicodeDecodeError as error:
        return None, [Broken(Rule.FORMAT, file, None, f"not UTF-8 at byte {error.start}")]


def _records(file: str, text: str) -> tuple[list[str], list[list[str]], list[Broken]]:
    """Each record as its line and as its cells, up to the first place where the text is not a CSV file."""
    if not text.endswith("\n"):
        return [], [], [Broken(Rule.FORMAT, file, None, "the file must end with LF")]
    if '"' not in text and "\r" not in text:
        lines = text[:-1].split("\n")
        return lines, [line.split(",") for line in lines], []
    lines, split, row = [], [], list[str]()
    broken = []
    start = at = 0
    while at < len(text):
        found = CELL.match(text, at)
        if found is None:
            message = "a stray quote or carriage return"
            broken.append(Broken(Rule.FORMAT, file, len(lines) + 1, message))
            break
        quoted, plain, end = found.groups()
        if quoted is not None and not NEEDS_QUOTES.search(quoted):
            message = "a cell is quoted that holds no comma, quote or line break"
            broken.append(Broken(Rule.FORMAT, file, len(lines) + 1, message))
        row.append(plain if quoted is None else quoted.replace('""', '"'))
        at = found.end()
        if end == "\n":
            lines.append(text[start : at - 1])
            split.append(row)
            start, row = at, []
    return lines, split, broken
