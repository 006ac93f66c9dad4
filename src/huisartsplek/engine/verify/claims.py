# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the files claim: which wish each request gets, which the waiting list gave, whose place each takes."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from huisartsplek.engine.compiled import Ints, Longs, compiled
from huisartsplek.engine.verify.broken import Broken, Rule
from huisartsplek.engine.verify.case import Case
from huisartsplek.engine.verify.form import Rows
from huisartsplek.engine.verify.judgement import NONE, goes_to

NO_SUCH = -2


@dataclass(frozen=True)
class Decision:
    """Per request the wish it gets, the wish the waiting list alone gives, and its row in the file."""

    final: Ints
    queue: Ints
    row: Longs


@dataclass(frozen=True)
class Moves:
    """Per person whose practice changes: where to, whose place they take, and the row in the file."""

    to: Ints
    source: Ints
    row: Longs


@dataclass(frozen=True)
class Matched:
    """Which row of a file is about which thing: NONE for a thing without; rows too many, and rows about none."""

    row: Longs
    again: Longs
    stray: Longs


def match(keys: Ints, things: Ints) -> Matched:
    """Rows with these keys to the things that have these keys, each only once."""
    thing_of = np.full(max(keys.max(initial=0), things.max(initial=0)) + 1, NONE, np.int64)
    thing_of[things] = np.arange(len(things))
    thing = thing_of[keys]
    known = np.flatnonzero(thing != NONE)
    row = np.full(len(things), NONE, np.int64)
    row[thing[known[::-1]]] = known[::-1]  # the first of several stays
    return Matched(row, known[row[thing[known]] != known], np.flatnonzero(thing == NONE))


def read_decision(case: Case, rows: Rows) -> tuple[Decision, list[Broken]]:
    """The ranks in the outcomes as wishes; a request that is missing or unreadable gets nothing."""
    matched = match(rows.cells["request"], case.market.request_row)
    broken = []
    for row in sorted([*matched.stray.tolist(), *matched.again.tolist()]):
        name = rows.text("request", row)
        twice = rows.cells["request"][row] < case.requests.known
        message = f"request {name!r} stands twice" if twice else f"no request {name!r} in the input"
        broken.append(Broken(Rule.AGREEMENT, rows.file, rows.record(row), message))
    there = matched.row != NONE
    given: dict[str, Ints] = {}
    for column, rule in (("rank", Rule.VOLUNTARY), ("queue_rank", Rule.QUEUE)):
        rank = np.where(there, rows.cells[column][matched.row] if len(rows) else NONE, case.ranks.empty)
        wish = _wish_of_rank(case.market.first_wish, case.rank_of, rank.astype(np.int32), case.ranks.empty)
        for request in np.flatnonzero(wish == NO_SUCH).tolist():
            row = int(matched.row[request])
            cell, name = rows.text(column, row), case.request(request)
            message = f"{cell!r} is not the rank of a remaining wish of request {name!r}"
            broken.append(Broken(rule, rows.file, rows.record(row), message))
        given[column] = np.where(wish == NO_SUCH, np.int32(NONE), wish)
    broken += [
        Broken(Rule.AGREEMENT, rows.file, None, f"request {case.request(request)!r} is missing")
        for request in np.flatnonzero(~there).tolist()
    ]
    return Decision(given["rank"], given["queue_rank"], matched.row), broken


@compiled
def _wish_of_rank(first_wish: Ints, rank_of: Ints, rank: Ints, empty: int) -> Ints:
    wishes = np.full(len(rank), NONE, np.int32)
    for request in range(len(rank)):
        if rank[request] != empty:
            wishes[request] = NO_SUCH
            for wish in range(first_wish[request], first_wish[request + 1]):
                if rank_of[wish] == rank[request]:
                    wishes[request] = wish
    return wishes


def read_moves(case: Case, rows: Rows, final: Ints) -> tuple[Moves, list[Broken]]:
    """The rows of the moves beside what follows from the outcomes."""
    market = case.market
    to = goes_to(market, final)
    movers = np.flatnonzero(to != NONE)
    matched = match(rows.cells["person"], market.person_row[movers])
    broken = list(_strays(case, rows, matched))
    row = np.full(len(to), NONE, np.int64)
    row[movers] = matched.row
    there = movers[matched.row != NONE]
    columns = (
        ("request", case.market.request_row[market.request_of[there]]),
        ("from", case.practices.or_empty(market.present[there])),
        ("to", to[there]),
        ("rank", case.rank_of[final[market.request_of[there]]]),
    )
    for column, wanted in columns:
        for at in np.flatnonzero(rows.cells[column][row[there]] != wanted).tolist():
            written = rows.text(column, int(row[there[at]]))
            by_right = rows.words[column].text(int(wanted[at]))
            message = f"{column} is {written!r}, by input and outcomes it is {by_right!r}"
            broken.append(Broken(Rule.AGREEMENT, rows.file, rows.record(int(row[there[at]])), message))
    source = np.full(len(to), NONE, np.int32)
    source[there] = _persons(case, rows.cells["source"][row[there]])
    for person in np.flatnonzero(source == NO_SUCH).tolist():
        message = f"no person {rows.text('source', int(row[person]))!r} in the input"
        broken.append(Broken(Rule.EXCHANGES, rows.file, rows.record(int(row[person])), message))
    for person in movers[matched.row == NONE].tolist():
        request = market.request_of[person]
        household = market.first_member[request + 1] - market.first_member[request] > 1
        rule = Rule.TOGETHER if household else Rule.AGREEMENT
        message = f"person {case.person(person)!r} moves according to the outcomes and is missing"
        broken.append(Broken(rule, rows.file, None, message))
    return Moves(to, source, row), broken


def _persons(case: Case, written: Ints) -> Ints:
    """The persons that are written; NONE for nobody and NO_SUCH for somebody who is not in the input."""
    person = np.full(max(case.persons.known, case.persons.empty, written.max(initial=0)) + 1, NO_SUCH, np.int32)
    person[case.market.person_row] = np.arange(case.persons.known)
    person[case.persons.empty] = NONE
    return person[written]


def _strays(case: Case, rows: Rows, matched: Matched) -> Iterator[Broken]:
    """Rows about somebody who does not move by the outcomes, and second ones about the same person."""
    number = _persons(case, rows.cells["person"])
    again = set(matched.again.tolist())
    for row in sorted([*matched.stray.tolist(), *again]):
        name = rows.text("person", row)
        if row in again:
            yield Broken(Rule.AGREEMENT, rows.file, rows.record(row), f"person {name!r} stands twice")
            continue
        rule = Rule.AGREEMENT
        if number[row] >= 0:
            request = case.market.request_of[number[row]]
            wishes = slice(case.market.first_wish[request], case.market.first_wish[request + 1])
            if rows.cells["to"][row] not in case.market.wish_practice[wishes]:
                rule = Rule.VOLUNTARY
        message = f"person {name!r} does not move according to the outcomes"
        yield Broken(rule, rows.file, rows.record(row), message)


def compare(rows: Rows, key: str, column: str, rule: Rule, at: Longs, wanted: Ints) -> Iterator[Broken]:
    """A column in these rows against what must stand there; NONE is no row. The key names a row."""
    there = np.flatnonzero(at != NONE)
    for thing in there[rows.cells[column][at[there]] != wanted[there]].tolist():
        row = int(at[thing])
        written, by_right = rows.text(column, row), rows.words[column].text(int(wanted[thing]))
        message = f"{column} of {rows.text(key, row)!r} is {written!r}, it must be {by_right!r}"
        yield Broken(rule, rows.file, rows.record(row), message)


def compare_rows(rows: Rows, rule: Rule, wanted: dict[str, Ints]) -> Iterator[Broken]:
    """Each row against the one that must stand under its first cell; and those that are missing."""
    key, *columns = wanted
    matched = match(rows.cells[key], wanted[key])
    again = set(matched.again.tolist())
    for row in sorted([*matched.stray.tolist(), *again]):
        message = f"{rows.text(key, row)!r} {'stands twice' if row in again else 'does not belong here'}"
        yield Broken(rule, rows.file, rows.record(row), message)
    for column in columns:
        yield from compare(rows, key, column, rule, matched.row, wanted[column])
    for thing in np.flatnonzero(matched.row == NONE).tolist():
        name = rows.words[key].text(int(wanted[key][thing]))
        yield Broken(rule, rows.file, None, f"{name!r} is missing")
