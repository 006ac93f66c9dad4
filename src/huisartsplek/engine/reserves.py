# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reserves: how many of a practice's places go first to newcomers of a priority class, as published beforehand.

A reserve is part of `places`; places that leavers free are nobody's reserve.
"""

import hashlib
from collections import Counter
from pathlib import Path

from huisartsplek.engine import csvtext, values
from huisartsplek.engine.besides import Columns, in_order, read_rows
from huisartsplek.engine.faults import BadInput, Fault
from huisartsplek.engine.tables import PracticeTable, ReserveTable

COLUMNS: Columns = {
    "practice": ("praktijk", values.required(values.identifier)),
    "class": ("klasse", values.required(values.signed_number)),
    "places": ("plekken", values.required(values.whole_number)),
}
HASHED_AS = "reserves.csv"


def class_of(priority: int) -> int:
    """The priority class that a number in the column `priority` belongs to."""
    return priority // 2


def reserves_sha256(reserves: ReserveTable) -> str:
    """The hash that is published: the same for every form of the file."""
    columns = (reserves.practice, values.decimals(reserves.of_class), values.decimals(reserves.places))
    content = csvtext.render(list(COLUMNS), columns)
    return hashlib.sha256(HASHED_AS.encode() + b"\n" + content).hexdigest()


def read_reserves(path: Path, practices: PracticeTable) -> ReserveTable:
    """Read a file of reserves, or raise `BadInput` with every fault in it.

    Faults beside those of form: an unknown practice, a practice and class twice, and more places reserved at a
    practice than it has.
    """
    faults: list[Fault] = []
    there = dict(zip(practices.practice, practices.places, strict=True))
    read: dict[tuple[str, int], int] = {}
    reserved: Counter[str] = Counter()
    for record, row in read_rows(path, COLUMNS, faults):
        practice, of_class, places = row["practice"], row["class"], row["places"]
        if not isinstance(practice, str):
            continue
        if practice not in there:
            faults.append(Fault(path.name, record, "practice", f"unknown practice {practice}"))
        elif isinstance(of_class, int) and isinstance(places, int):
            if (practice, of_class) in read:
                faults.append(Fault(path.name, record, "class", f"practice {practice} has this class twice"))
            read[practice, of_class] = places
            reserved[practice] += places
            if reserved[practice] > there[practice]:
                message = f"more places are reserved at {practice} than it has"
                faults.append(Fault(path.name, record, "places", message))
    if faults:
        raise BadInput(in_order(faults))
    return ReserveTable([practice for practice, _ in read], [of for _, of in read], list(read.values()))
