# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of a round read with care: every fault of all four is found in one go, and none that merely follows
from a table that could not be read. Cells are turned into values once per distinct text.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from huisartsplek.engine import csvtext, values
from huisartsplek.engine.faults import BadInput, Fault
from huisartsplek.engine.references import check_references
from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable


@dataclass(frozen=True)
class Known:
    """A known column: its English and Dutch name, what its cells hold, and whether it may be absent."""

    name: str
    dutch: str
    parse: Callable[[str], object]
    absent: object = None  # the value where the column is not there; None: it must be there


_PRACTICE = Known("practice", "praktijk", values.required(values.identifier))
_REQUEST = Known("request", "verzoek", values.required(values.identifier))
COLUMNS: dict[str, tuple[Known, ...]] = {
    "practices.csv": (
        _PRACTICE,
        Known("places", "plekken", values.required(values.whole_number)),
        Known("swaps", "ruilt", values.defaulting(values.yes_or_no, True), True),
        Known("region", "regio", values.free_text, ""),
    ),
    "requests.csv": (
        _REQUEST,
        Known("priority", "voorrang", values.defaulting(values.signed_number, 1), 1),
        Known("since", "sinds", values.required(values.moment)),
    ),
    "members.csv": (
        Known("person", "persoon", values.required(values.identifier)),
        _REQUEST,
        Known("practice", "praktijk", values.free_text),
        Known("trades", "ruilbaar", values.defaulting(values.yes_or_no, True), True),
    ),
    "wishes.csv": (
        _REQUEST,
        Known("rank", "rang", values.required(values.rank)),
        _PRACTICE,
    ),
}


@dataclass(frozen=True)
class _Bad:
    message: str


class _Memo(dict[str, object]):
    """Text to value, worked out once per distinct text; equal texts come out as one object."""

    def __init__(self, parse: Callable[[str], object]) -> None:
        super().__init__()
        self.parse = parse
        self.has_bad = False

    def __missing__(self, text: str) -> object:
        value: object
        try:
            value = self.parse(text)
        except values.BadValueError as bad:
            value = _Bad(str(bad))
            self.has_bad = True
        self[text] = value
        return value


@dataclass
class Sheet:
    """One file as read: its columns, which record each row is, and ids seen in records that are not sound."""

    file: str
    columns: dict[str, list[object]] = field(default_factory=dict)
    numbers: "array[int]" = field(default_factory=lambda: array("q"))
    whole: bool = True  # false: rows may be missing, so nothing is said about what refers to it
    doubtful: dict[str, set[str]] = field(default_factory=dict)


def _decode(path: Path, faults: list[Fault]) -> str | None:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        faults.append(Fault(path.name, None, None, "file is missing"))
        return None
    except OSError as error:
        faults.append(Fault(path.name, None, None, f"file cannot be read: {error.strerror}"))
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        sound = data[: error.start].decode()
        before = sum(1 for line in sound.split("\n")[:-1] if line not in {"", "\r"})
        faults.append(Fault(path.name, before + 1, None, "not UTF-8"))
        return None


def places_of(file: str, header: Sequence[str], faults: list[Fault]) -> list[tuple[Known, int | None]]:
    """Which cell each known column is; None where it is absent, left out where it cannot be told."""
    found: list[tuple[Known, int | None]] = []
    for column in COLUMNS[file]:
        at = [place for place, name in enumerate(header) if name in {column.name, column.dutch}]
        if len(at) > 1:
            faults.append(Fault(file, 1, column.name, "column is there twice"))
        elif at:
            found.append((column, at[0]))
        elif column.absent is not None:
            found.append((column, None))
        else:
            faults.append(Fault(file, 1, column.name, "column is missing"))
    return found


def read_sheet(path: Path, faults: list[Fault], shared: Mapping[Known, _Memo] | None = None) -> Sheet:
    """One file; the texts of a column that is `shared` with other files are held once for all of them."""
    shared = shared or {}
    file = path.name
    sheet = Sheet(file)
    text = _decode(path, faults)
    if text is None:
        sheet.whole = False
        return sheet
    delimiter = csvtext.delimiter_of(text)
    header, body = csvtext.split_header(text, delimiter)
    del text  # the body is another copy of nearly all of it
    if header is not None and header.fault is not None:
        faults.append(Fault(file, 1, None, header.fault))
        sheet.whole = False
        return sheet
    names = header.cells if header else []
    found = places_of(file, names, faults)
    memos = {column.name: shared[column] if column in shared else _Memo(column.parse) for column, _ in found}
    sheet.columns = {column.name: [] for column, _ in found}
    for batch in csvtext.batches(body, delimiter, len(names)):
        _take_batch(sheet, batch, found, memos, faults)
    for column, _ in found:
        if memos[column.name].has_bad:
            faults.extend(
                Fault(file, number, column.name, value.message)
                for number, value in zip(sheet.numbers, sheet.columns[column.name], strict=True)
                if isinstance(value, _Bad)
            )
            sheet.columns[column.name] = _sound(sheet.columns[column.name])
    return sheet


def _take_batch(
    sheet: Sheet,
    batch: csvtext.Batch,
    found: Sequence[tuple[Known, int | None]],
    memos: Mapping[str, _Memo],
    faults: list[Fault],
) -> None:
    """Add the sound records to the sheet, and of the others what ids they may have meant."""
    sheet.numbers.extend(batch.numbers)
    for column, place in found:
        if place is None:
            sheet.columns[column.name].extend([column.absent] * len(batch.numbers))
        else:
            memo = memos[column.name]
            sheet.columns[column.name].extend(map(memo.__getitem__, batch.columns[place]))
    for unsound in batch.unsound:
        faults.append(Fault(sheet.file, unsound.number, None, unsound.message))
        sheet.whole = sheet.whole and not unsound.loses_its_place
        for column, place in found:
            if place is not None and place < len(unsound.cells):
                cell = unsound.cells[place]
                sheet.doubtful.setdefault(column.name, set()).update({cell, cell.replace('"', "")})


def _sound(values_of: Iterable[object]) -> list[object]:
    """The same column with None where a cell held no value."""
    return [None if isinstance(value, _Bad) else value for value in values_of]


def read_carefully(directory: Path) -> Tables:
    """Read the four files of a round, or raise `BadInput` with every fault in them."""
    faults: list[Fault] = []
    shared = {column: _Memo(column.parse) for column in (_PRACTICE, _REQUEST)}
    sheets = {file: read_sheet(directory / file, faults, shared) for file in COLUMNS}
    faults.extend(check_references(sheets))
    if faults:
        files = list(COLUMNS)
        names = {file: [column.name for column in COLUMNS[file]] for file in files}
        faults.sort(
            key=lambda fault: (
                files.index(fault.file),
                fault.record or 0,
                names[fault.file].index(fault.column) if fault.column else -1,
                fault.message,
            )
        )
        raise BadInput(faults)
    practices, requests, members, wishes = (sheets[file].columns for file in COLUMNS)
    return Tables(
        PracticeTable(
            practice=cast("list[str]", practices["practice"]),
            places=cast("list[int]", practices["places"]),
            swaps=cast("list[bool]", practices["swaps"]),
            region=cast("list[str]", practices["region"]),
        ),
        RequestTable(
            request=cast("list[str]", requests["request"]),
            priority=cast("list[int]", requests["priority"]),
            since=cast("list[str]", requests["since"]),
        ),
        MemberTable(
            person=cast("list[str]", members["person"]),
            request=cast("list[str]", members["request"]),
            practice=cast("list[str]", members["practice"]),
            trades=cast("list[bool]", members["trades"]),
        ),
        WishTable(
            request=cast("list[str]", wishes["request"]),
            rank=cast("list[int]", wishes["rank"]),
            practice=cast("list[str]", wishes["practice"]),
        ),
    )
