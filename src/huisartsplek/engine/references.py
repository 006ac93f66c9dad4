# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold between the rows of the four tables: nothing twice, nothing unknown, nobody left out.

Cells that already hold a fault arrive as None and are passed over, and a table that could not be read whole is
never the ground for a fault elsewhere.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from huisartsplek.engine.faults import Fault


class Sheet(Protocol):
    """One file as read."""

    file: str
    columns: dict[str, list[object]]
    numbers: "array[int]"
    whole: bool
    doubtful: dict[str, set[str]]


def check_references(sheets: Mapping[str, Sheet]) -> Iterator[Fault]:
    """Every fault that lies between rows."""
    practices, requests = sheets["practices.csv"], sheets["requests.csv"]
    members, wishes = sheets["members.csv"], sheets["wishes.csv"]
    yield from _twice(practices, "practice")
    yield from _twice(requests, "request")
    yield from _twice(members, "person")
    yield from _unknown(members, "request", requests, "request")
    yield from _unknown(wishes, "request", requests, "request")
    yield from _unknown(members, "practice", practices, "practice")
    yield from _unknown(wishes, "practice", practices, "practice")
    yield from _without_members(requests, members)
    yield from _twice_in_request(wishes, "rank")
    yield from _twice_in_request(wishes, "practice")


def _twice(sheet: Sheet, column: str) -> Iterator[Fault]:
    cells = sheet.columns.get(column, [])
    if len(set(cells)) == len(cells):
        return
    seen: set[object] = {None}
    for number, cell in zip(sheet.numbers, cells, strict=True):
        if cell in seen and cell is not None:
            yield Fault(sheet.file, number, column, f"{cell} is there twice")
        seen.add(cell)


def _unknown(sheet: Sheet, column: str, known_in: Sheet, key: str) -> Iterator[Fault]:
    if not known_in.whole or key not in known_in.columns or column not in sheet.columns:
        return
    cells = sheet.columns[column]
    known = {*known_in.columns[key], *known_in.doubtful.get(key, ()), None}
    if column == "practice" and sheet.file == "members.csv":
        known.add("")
    unknown = set(cells)
    unknown -= known
    if unknown:
        for number, cell in zip(sheet.numbers, cells, strict=True):
            if cell in unknown:
                yield Fault(sheet.file, number, column, f"unknown {key} {cell}")


def _without_members(requests: Sheet, members: Sheet) -> Iterator[Fault]:
    if not members.whole or "request" not in members.columns or "request" not in requests.columns:
        return
    cells = requests.columns["request"]
    without = set(cells)
    without.difference_update(members.columns["request"], members.doubtful.get("request", ()), [None])
    if without:
        seen: set[object] = set()
        for number, cell in zip(requests.numbers, cells, strict=True):
            if cell in without and cell not in seen:
                seen.add(cell)
                yield Fault(requests.file, number, "request", f"request {cell} has no members")


def _codes(cells: Sequence[object]) -> npt.NDArray[np.int64]:
    code = {cell: number for number, cell in enumerate(dict.fromkeys(cells))}
    return np.fromiter(map(code.__getitem__, cells), np.int64, len(cells))


def _twice_in_request(wishes: Sheet, column: str) -> Iterator[Fault]:
    if "request" not in wishes.columns or column not in wishes.columns:
        return
    request, cells = wishes.columns["request"], wishes.columns[column]
    if not cells:
        return
    second = _codes(cells)
    pair = _codes(request) * (int(second.max()) + 1) + second
    order = np.argsort(pair, kind="stable")
    again = np.sort(order[1:][pair[order[1:]] == pair[order[:-1]]])
    for row in again.tolist():
        if request[row] is not None and cells[row] is not None:
            message = f"{column} {cells[row]} is there twice in request {request[row]}"
            yield Fault(wishes.file, wishes.numbers[row], column, message)
