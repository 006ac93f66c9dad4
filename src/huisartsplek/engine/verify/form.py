# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files read back to the byte: any bytes whatever give rows, or what is wrong with them, never a crash."""

import json
import re
from dataclasses import dataclass
from itertools import pairwise

from huisartsplek.engine.verify.broken import Broken, Rule

# A quoted cell must hold something that needs the quotes, which is checked apart.
CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))([,\n])')
NEEDS_QUOTES = re.compile(r'[",\r\n]')


@dataclass(frozen=True)
class Rows:
    """The well-formed records of one file, without the header, each with its record number."""

    file: str
    records: list[int]
    cells: list[list[str]]


def read_rows(file: str, raw: bytes, header: str) -> tuple[Rows, list[Broken]]:
    """The records of a CSV file in the output form, and every way in which the file departs from it."""
    text, broken = _decode(file, raw)
    if text is None:
        return Rows(file, [], []), broken
    lines, split, faults = _records(file, text)
    broken += faults
    if not lines or lines[0] != header:
        broken.append(Broken(Rule.FORMAT, file, 1, f"the header must be {header}"))
        return Rows(file, [], []), broken
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
    return Rows(file, records, cells), broken


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
