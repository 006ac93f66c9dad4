# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of a round read at speed, for the usual case that nothing is wrong with them.

Practices and requests are numbered across files, so that checking what refers to what is comparing numbers.
Anything that could be a fault ends the attempt: `careful` then finds all faults and says where they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from huisartsplek.engine import careful, values
from huisartsplek.engine.careful import COLUMNS, Known
from huisartsplek.engine.columns import Column, Interner, TextColumn, Texts, column_of
from huisartsplek.engine.compiled import Ints, compiled
from huisartsplek.engine.faults import Fault
from huisartsplek.engine.moments import are_normal
from huisartsplek.engine.ordering import dealt
from huisartsplek.engine.plainfile import read_plain
from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable

TEXTS = frozenset({"practice", "request", "person", "region"})
MOMENT = next(known.parse for known in COLUMNS["requests.csv"] if known.name == "since")


class _UnsoundError(ValueError):
    """Something in the files may be a fault."""


@dataclass
class _Names:
    """Texts numbered across files, by the name of their column."""

    interners: dict[str, Interner] = field(default_factory=lambda: {name: Interner() for name in TEXTS})

    def number(self, name: str, text: str) -> int:
        """The number of one text, given to it if it has none."""
        one = Texts.of([text])
        return int(self.interners[name].codes(one.data, one.start[:-1], one.start[1:])[0])

    def columns(self, name: str, *several: Ints) -> list[TextColumn]:
        """Columns over the same texts."""
        texts = self.interners[name].texts()
        return [TextColumn(codes, texts) for codes in several]


@dataclass
class _Sheet:
    """One sound file: codes of the columns that hold texts, and the other columns by value."""

    rows: int
    codes: dict[str, Ints]
    valued: dict[str, Column[Any]]


def _valued(codes: Ints, texts: Texts, parse: Callable[[str], object]) -> Column[Any]:
    """A column by value; texts that mean the same become one."""
    if parse is MOMENT and are_normal(texts):
        return TextColumn(codes, texts)
    try:
        meant = column_of([parse(text) for text in texts])
    except values.BadValueError:
        raise _UnsoundError from None
    return Column(meant.codes[codes], list(meant.values))


def _read_plainly(path: Path, names: _Names) -> _Sheet | None:
    """A plain file; None where it is not plain."""
    found: list[tuple[Known, int | None]] = []
    interners: dict[str, Interner] = {}

    def wanted(header: Sequence[str]) -> Mapping[int, Interner] | None:
        faults: list[Fault] = []
        found.extend(careful.places_of(path.name, header, faults))
        interners.update({known.name: names.interners.get(known.name, Interner()) for known, _ in found})
        return {place: interners[known.name] for known, place in found if place is not None} if not faults else None

    with path.open("rb") as stream:
        codes = read_plain(stream, wanted)
    if codes is None:
        return None
    sheet = _Sheet(len(next(iter(codes.values()))), {}, {})
    for known, place in found:
        if known.name in TEXTS:
            absent = np.full(sheet.rows, names.number(known.name, "") if place is None else 0, np.int32)
            sheet.codes[known.name] = absent if place is None else codes[place]
        elif place is None:
            sheet.valued[known.name] = Column(np.zeros(sheet.rows, np.int32), [known.absent])
        else:
            sheet.valued[known.name] = _valued(codes[place], interners[known.name].texts(), known.parse)
    return sheet


def _read(path: Path, names: _Names) -> _Sheet:
    """A sound file, plain or not."""
    try:
        sheet = _read_plainly(path, names)
    except OSError:
        raise _UnsoundError from None
    if sheet is not None:
        return sheet
    faults: list[Fault] = []
    columns = careful.read_sheet(path, faults).columns
    if faults:
        raise _UnsoundError
    sheet = _Sheet(len(next(iter(columns.values()))), {}, {})
    for name, cells in columns.items():
        if name in TEXTS:
            texts = Texts.of([str(cell) for cell in cells])
            sheet.codes[name] = names.interners[name].codes(texts.data, texts.start[:-1], texts.start[1:])
        else:
            sheet.valued[name] = column_of(cells)
    return sheet


@compiled
def _has_twice(rows: Ints, owner: Ints, codes: Ints, groups: int) -> bool:
    """Whether a code stands twice with one owner; the rows stand by owner."""
    seen = np.full(groups, -1, np.int32)
    for row in rows:
        if seen[codes[row]] == owner[row]:
            return True
        seen[codes[row]] = owner[row]
    return False


def _require(holds: bool) -> None:
    if not holds:
        raise _UnsoundError


def _read_sheets(directory: Path, names: _Names) -> list[_Sheet]:
    """The four files, with every reference between them checked."""
    practices = _read(directory / "practices.csv", names)
    _require(len(names.interners["practice"]) == practices.rows == names.number("practice", ""))
    requests = _read(directory / "requests.csv", names)
    _require(len(names.interners["request"]) == requests.rows == names.number("request", ""))
    members = _read(directory / "members.csv", names)
    _require(len(names.interners["person"]) == members.rows == names.number("person", ""))
    wishes = _read(directory / "wishes.csv", names)
    no_practice, no_request = practices.rows, requests.rows
    _require(len(names.interners["practice"]) == no_practice + 1)
    _require(len(names.interners["request"]) == no_request + 1)
    has_members = np.bincount(members.codes["request"], minlength=no_request + 1)
    _require(has_members[no_request] == 0 and bool(np.all(has_members[:no_request])))
    owner, wished, rank = wishes.codes["request"], wishes.codes["practice"], wishes.valued["rank"]
    if wishes.rows:
        _require(int(wished.max()) < no_practice and int(owner.max()) < no_request)
    each = np.arange(no_request + 1, dtype=np.int32)
    rows = dealt(np.arange(wishes.rows, dtype=np.int32), owner, each)
    _require(not _has_twice(rows, owner, wished, no_practice + 1))
    _require(not _has_twice(rows, owner, rank.codes, len(rank.values)))
    return [practices, requests, members, wishes]


def read_sound(directory: Path) -> Tables | None:
    """The four files of a round, or None when anything may be wrong with them; O(bytes)."""
    names = _Names()
    try:
        practices, requests, members, wishes = _read_sheets(directory, names)
    except _UnsoundError:
        return None
    practice = names.columns("practice", *(sheet.codes["practice"] for sheet in (practices, members, wishes)))
    request = names.columns("request", *(sheet.codes["request"] for sheet in (requests, members, wishes)))
    [region] = names.columns("region", practices.codes["region"])
    [person] = names.columns("person", members.codes["person"])
    moments = requests.valued["since"]
    since = moments if isinstance(moments, TextColumn) else TextColumn(moments.codes, moments.values)
    return Tables(
        PracticeTable(practice[0], practices.valued["places"], practices.valued["swaps"], region),
        RequestTable(request[0], requests.valued["priority"], since),
        MemberTable(person, request[1], practice[1], members.valued["trades"]),
        WishTable(request[2], wishes.valued["rank"], practice[2]),
    )


__all__ = ["COLUMNS", "read_sound"]
