# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round with reserves, checked: the waiting list worked out anew with them, and what the files say of them.

The waiting list is written here as rounds of asking, in which a practice chooses anew among all who ask; it shares
no code with the one that decides. All other rules are those of any round, and checked as such.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from huisartsplek.engine.compiled import Flags, Ints
from huisartsplek.engine.tables import ReserveTable, Tables
from huisartsplek.engine.verify.broken import Broken, Rule
from huisartsplek.engine.verify.case import open_case
from huisartsplek.engine.verify.fingerprint import cell, decimal
from huisartsplek.engine.verify.form import rows_of
from huisartsplek.engine.verify.judgement import NONE, Market
from huisartsplek.engine.verify.verifier import Verifier

REPORT, RESERVED, KEY = "report.json", "reserved.csv", "reserves_sha256"
MECHANISMS = ("waiting-list", "queue-then-swaps")

Reserved = Mapping[int, int]  # class: places


def choose(asking: Iterable[int], room: int, reserved: Reserved, classes: Sequence[int]) -> list[int]:
    """Of the newcomers who ask: the first of each class up to its reserve, then the first of all up to the room."""
    in_order = sorted(asking)
    taken: dict[int, int] = defaultdict(int)
    first, others = [], []
    for request in in_order:
        if taken[classes[request]] < reserved.get(classes[request], 0):
            taken[classes[request]] += 1
            first.append(request)
        else:
            others.append(request)
    return first + others[: room - len(first)]


def waiting_list_with(
    market: Market, alone: Flags, reserved: Mapping[int, Reserved], classes: Sequence[int]
) -> Ints:
    """Deferred acceptance among these one-person requests; all who were let go ask for their next wish at once."""
    room = market.places.tolist()
    returns = (market.can_give & alone).tolist()
    here, wishes, first_wish = market.here.tolist(), market.wish_practice.tolist(), market.first_wish.tolist()
    for request in np.flatnonzero(returns).tolist():
        room[here[request]] += 1
    asked = first_wish[:-1]
    held: dict[int, list[int]] = defaultdict(list)
    asking = np.flatnonzero(alone).tolist()
    while asking:
        touched = set()
        for request in asking:
            if asked[request] < first_wish[request + 1]:
                practice = wishes[asked[request]]
                held[practice].append(request)
            elif returns[request]:
                practice = here[request]
                room[practice] -= 1
            else:
                continue
            touched.add(practice)
        asking = []
        for practice in touched:
            kept = choose(held[practice], room[practice], reserved.get(practice, {}), classes)
            asking += set(held[practice]).difference(kept)
            held[practice] = kept
        for request in asking:
            asked[request] += 1
    given = np.full(len(alone), NONE, np.int32)
    for requests in held.values():
        for request in requests:
            given[request] = asked[request]
    return given


def verify_with_reserves(
    tables: Tables, reserves: ReserveTable, files: Mapping[str, bytes], seed: str | None = None
) -> list[Broken]:
    """Everything that does not hold in the output files of a round with these reserves."""
    try:
        report = json.loads(files.get(REPORT, b""))
    except ValueError:
        report = None
    if not isinstance(report, dict) or KEY not in report:
        return [Broken(Rule.REPORT, REPORT, None, f"has no {KEY}")]
    said = report.pop(KEY)
    right = reserves_fingerprint(reserves)
    if said != right:
        return [Broken(Rule.INPUT, REPORT, None, f"{KEY} is {said!r}, by these reserves it is {right!r}")]
    if report.get("mechanism") not in MECHANISMS:
        return [Broken(Rule.MECHANISM, REPORT, None, f"reserves are for {' and '.join(MECHANISMS)} only")]
    if files[REPORT] != _json(report | {KEY: said}):
        return [Broken(Rule.FORMAT, REPORT, None, "is not written as a report is")]
    places = dict(zip(tables.practices.practice, tables.practices.places, strict=True))
    practice_at = {name: number for number, name in enumerate(tables.practices.practice)}
    reserved: dict[int, dict[int, int]] = defaultdict(dict)
    for name, of_class, number in zip(reserves.practice, reserves.of_class, reserves.places, strict=True):
        reserved[practice_at[name]][of_class] = number
        places[name] -= number
        if places[name] < 0:
            return [Broken(Rule.ROOM, REPORT, None, f"more places are reserved at {name!r} than it has")]
    priority = list(tables.requests.priority)

    def waiting_list(market: Market, alone: Flags) -> Ints:
        classes = [priority[row] // 2 for row in market.request_row.tolist()]
        return waiting_list_with(market, alone, reserved, classes)

    own = {name: content for name, content in files.items() if name != RESERVED} | {REPORT: _json(report)}
    broken = Verifier(tables, waiting_list).check(own, seed)
    if not broken:
        broken = list(_check_reserved(tables, reserves, files, str(report["seed"])))
    return broken


def reserves_fingerprint(reserves: ReserveTable) -> str:
    """SHA-256 over `reserves.csv`, LF, and the reserves in their normalised form."""
    return hashlib.sha256(b"reserves.csv\n" + _table("practice,class,places", _rows(reserves))).hexdigest()


def _rows(reserves: ReserveTable) -> list[list[str]]:
    columns = zip(reserves.practice, reserves.of_class, reserves.places, strict=True)
    return [[name, decimal(of_class), decimal(places)] for name, of_class, places in columns]


def _check_reserved(
    tables: Tables, reserves: ReserveTable, files: Mapping[str, bytes], seed: str
) -> Iterator[Broken]:
    """What became of each reserve, counted from what the waiting list gave according to files that hold."""
    wished = {
        (request, decimal(rank)): practice
        for request, rank, practice in zip(
            tables.wishes.request, tables.wishes.rank, tables.wishes.practice, strict=True
        )
    }
    goes = {
        row["request"]: wished[row["request"], row["queue_rank"]]
        for row in rows_of(files["outcomes.csv"])
        if row["queue_rank"]
    }
    names, priority = list(tables.requests.request), list(tables.requests.priority)
    order = open_case(tables, seed).market.request_row.tolist()
    position = {names[row]: number for number, row in enumerate(order, 1)}
    of_class = {name: number // 2 for name, number in zip(names, priority, strict=True)}
    came: dict[tuple[str, int], list[int]] = defaultdict(list)
    for request, present in zip(tables.members.request, tables.members.practice, strict=True):
        if request in goes and goes[request] != present:
            came[goes[request], of_class[request]].append(position[request])
    lines = []
    for row, key in zip(_rows(reserves), zip(reserves.practice, reserves.of_class, strict=True), strict=True):
        let_in = came.get(key, [])
        taken = row[2] if len(row[2]) < 18 and int(row[2]) < len(let_in) else str(len(let_in))
        lines.append([*row, taken, str(max(let_in)) if let_in else ""])
    if files.get(RESERVED) != _table("practice,class,places,taken,position", lines):
        yield Broken(Rule.AGREEMENT, RESERVED, None, "is not what the waiting list makes of the reserves")


def _table(header: str, rows: list[list[str]]) -> bytes:
    return ("\n".join([header, *sorted(",".join(map(cell, row)) for row in rows)]) + "\n").encode()


def _json(content: object) -> bytes:
    return (json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()
