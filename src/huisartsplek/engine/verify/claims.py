# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the files claim: which wish each request gets, which the waiting list gave, whose place each takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huisartsplek.engine.verify.broken import Broken, Rule
from huisartsplek.engine.verify.consequences import expected_moves, expected_outcomes
from huisartsplek.engine.verify.fingerprint import decimal
from huisartsplek.engine.verify.form import Rows
from huisartsplek.engine.verify.market import NONE, Market


@dataclass(frozen=True)
class Decision:
    """Per request the wish it gets, the wish the waiting list alone gives, and its record as written."""

    final: list[int]
    queue: list[int]
    records: list[int | None]
    written: list[list[str]]


@dataclass(frozen=True)
class Moves:
    """Per person who moves: where to, whose place they take, the exchange written and the record."""

    to: dict[int, int]
    source: dict[int, int]
    exchange: dict[int, str]
    records: dict[int, int]


def read_decision(market: Market, rows: Rows) -> tuple[Decision, list[Broken]]:
    """The ranks in the outcomes as wishes; a request that is missing or unreadable gets nothing."""
    number = {name: request for request, name in enumerate(market.requests)}
    final = [NONE] * len(market.requests)
    queue = [NONE] * len(market.requests)
    records: list[int | None] = [None] * len(market.requests)
    written: list[list[str]] = [[]] * len(market.requests)
    broken = []
    for record, cells in zip(rows.records, rows.cells, strict=True):
        name, _, _, rank, queue_rank, _ = cells
        request = number.get(name)
        if request is None:
            broken.append(Broken(Rule.AGREEMENT, rows.file, record, f"no request {name!r} in the input"))
            continue
        if records[request] is not None:
            broken.append(Broken(Rule.AGREEMENT, rows.file, record, f"request {name!r} stands twice"))
            continue
        records[request] = record
        written[request] = cells
        for cell, given, rule in ((rank, final, Rule.VOLUNTARY), (queue_rank, queue, Rule.QUEUE)):
            wish = _wish(market, request, cell)
            if wish is None:
                message = f"{cell!r} is not the rank of a remaining wish of request {name!r}"
                broken.append(Broken(rule, rows.file, record, message))
            else:
                given[request] = wish
    broken += [
        Broken(Rule.AGREEMENT, rows.file, None, f"request {market.requests[request]!r} is missing")
        for request, record in enumerate(records)
        if record is None
    ]
    return Decision(final, queue, records, written), broken


def _wish(market: Market, request: int, rank: str) -> int | None:
    if not rank:
        return NONE
    for wish in market.wishes(request):
        if decimal(market.wish_rank[wish]) == rank:
            return wish
    return None


def check_outcomes(market: Market, decision: Decision, queue: Sequence[int]) -> Iterator[Broken]:
    """The columns of the outcomes that follow from the ranks, with `queue` for the waiting list alone."""
    columns = ((1, "outcome", Rule.AGREEMENT), (2, "practice", Rule.AGREEMENT), (5, "reason", Rule.REASON))
    expected = expected_outcomes(market, decision.final, queue)
    for cells, wanted, record in zip(decision.written, expected, decision.records, strict=True):
        if record is None:
            continue
        for column, name, rule in columns:
            if cells[column] != wanted[column]:
                message = f"{name} of {wanted[0]!r} is {cells[column]!r}, it must be {wanted[column]!r}"
                yield Broken(rule, "outcomes.csv", record, message)


def read_moves(market: Market, rows: Rows, final: Sequence[int]) -> tuple[Moves, list[Broken]]:
    """The rows of the moves beside what follows from the outcomes."""
    number = {name: person for person, name in enumerate(market.persons)}
    expected = expected_moves(market, final)
    moves = Moves({}, {}, {}, {})
    broken = []
    for record, cells in zip(rows.records, rows.cells, strict=True):
        person = number.get(cells[0])
        if person is None or person not in expected:
            message = f"person {cells[0]!r} does not move according to the outcomes"
            broken.append(Broken(_rule_of_stray(market, person, cells[3]), rows.file, record, message))
            continue
        if person in moves.records:
            broken.append(Broken(Rule.AGREEMENT, rows.file, record, f"person {cells[0]!r} stands twice"))
            continue
        moves.records[person] = record
        moves.exchange[person] = cells[5]
        moves.to[person] = market.wish_practice[final[market.request_of[person]]]
        columns = ("request", "from", "to", "rank")
        for column, written, wanted in zip(columns, cells[1:5], expected[person], strict=True):
            if written != wanted:
                message = f"{column} is {written!r}, by input and outcomes it is {wanted!r}"
                broken.append(Broken(Rule.AGREEMENT, rows.file, record, message))
        source = number.get(cells[6]) if cells[6] else NONE
        if source is None:
            message = f"no person {cells[6]!r} in the input"
            broken.append(Broken(Rule.EXCHANGES, rows.file, record, message))
        else:
            moves.source[person] = source
    for person in sorted(expected.keys() - moves.records.keys()):
        household = len(market.members(market.request_of[person])) > 1
        rule = Rule.TOGETHER if household else Rule.AGREEMENT
        message = f"person {market.persons[person]!r} moves according to the outcomes and is missing"
        broken.append(Broken(rule, rows.file, None, message))
    return moves, broken


def _rule_of_stray(market: Market, person: int | None, to: str) -> Rule:
    """Which rule a row breaks that the outcomes do not know of."""
    if person is None:
        return Rule.AGREEMENT
    request = market.request_of[person]
    wished = {market.practices[market.wish_practice[wish]] for wish in market.wishes(request)}
    return Rule.AGREEMENT if to in wished else Rule.VOLUNTARY


def compare_rows(
    rows: Rows, expected: dict[str, tuple[str, ...]], columns: Sequence[str], rules: Sequence[Rule]
) -> Iterator[Broken]:
    """Each row against the one that must stand under its first cell; and those that are missing."""
    seen = set()
    for record, (key, *cells) in zip(rows.records, rows.cells, strict=True):
        if key not in expected or key in seen:
            message = f"{key!r} stands twice" if key in seen else f"{key!r} does not belong here"
            yield Broken(rules[0], rows.file, record, message)
            continue
        seen.add(key)
        for column, rule, written, wanted in zip(columns, rules, cells, expected[key], strict=True):
            if written != wanted:
                message = f"{column} of {key!r} is {written!r}, it must be {wanted!r}"
                yield Broken(rule, rows.file, record, message)
    for key in expected:
        if key not in seen:
            yield Broken(rules[0], rows.file, None, f"{key!r} is missing")
