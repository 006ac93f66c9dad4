# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round's files checked against its input, without any of the code that made them."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from huisartsplek.engine.tables import Tables
from huisartsplek.engine.verify import report as said
from huisartsplek.engine.verify.broken import Broken, Rule
from huisartsplek.engine.verify.claims import (
    Decision,
    Moves,
    check_outcomes,
    compare_rows,
    read_decision,
    read_moves,
)
from huisartsplek.engine.verify.consequences import expected_counts, expected_cutoffs, expected_exchanges
from huisartsplek.engine.verify.cut import check_simple, check_sources, cut
from huisartsplek.engine.verify.fingerprint import decimal, fingerprint
from huisartsplek.engine.verify.form import Rows, read_report, read_rows
from huisartsplek.engine.verify.households import decidable, restrict, widen
from huisartsplek.engine.verify.market import NONE, Market, build_market
from huisartsplek.engine.verify.replay import swaps_after, trading_cycles, waiting_list
from huisartsplek.engine.verify.rules import (
    check_floor,
    check_no_exchange_left,
    check_no_place_left,
    check_room,
    free_after,
)

HEADERS = {
    "moves.csv": "person,request,from,to,rank,exchange,source",
    "outcomes.csv": "request,outcome,practice,rank,queue_rank,reason",
    "exchanges.csv": "exchange,kind,persons,requests",
    "cutoffs.csv": "practice,state,position",
}
PRICES = "prices.csv"


@dataclass(frozen=True)
class _Round:
    """One round under verification: the input in integers, and its files read back."""

    market: Market
    mechanism: str
    report: dict[str, object]
    rows: dict[str, Rows]


def verify_files(tables: Tables, files: dict[str, bytes], seed: str | None = None) -> list[Broken]:
    """Everything in a round's output files that does not hold; an empty list when all does.

    Without a seed the one in the report is believed. Takes O(wishes x log of requests) for one-person
    requests; output files may hold any bytes whatever.
    """
    report, broken = _read_report(files)
    broken += _check_names(files, report)
    rows = {}
    for file, header in HEADERS.items():
        if file in files:
            rows[file], faults = read_rows(file, files[file], header)
            broken += faults
    if report is None:
        return broken
    broken += said.check_head(report, fingerprint(tables), seed)
    believed = seed if seed is not None else report.get("seed")
    mechanism = report.get("mechanism")
    if not isinstance(believed, str) or mechanism not in said.MECHANISMS or len(rows) < len(HEADERS):
        return broken
    market = build_market(tables, believed)
    return broken + list(_check_round(_Round(market, str(mechanism), report, rows)))


def _read_report(files: dict[str, bytes]) -> tuple[dict[str, object] | None, list[Broken]]:
    if said.REPORT not in files:
        return None, []
    return read_report(said.REPORT, files[said.REPORT])


def _check_names(files: dict[str, bytes], report: dict[str, object] | None) -> list[Broken]:
    """Exactly the files of the mechanism, no other."""
    wanted = {*HEADERS, said.REPORT}
    if PRICES in files if report is None else report.get("mechanism") == said.MAX_MOVES:
        wanted.add(PRICES)
    return [
        Broken(Rule.FILES, name, None, "is missing" if name in wanted else "is not a file of this round")
        for name in sorted(wanted ^ files.keys())
    ]


def _check_round(round_: _Round) -> Iterator[Broken]:
    market = round_.market
    decision, faults = read_decision(market, round_.rows["outcomes.csv"])
    yield from faults
    queue = yield from _check_result(round_, decision)
    yield from _check_rules(round_, decision)
    yield from check_outcomes(market, decision, queue)
    yield from compare_rows(
        round_.rows["cutoffs.csv"],
        dict(expected_cutoffs(market, queue)),
        ("state", "position"),
        (Rule.CUTOFFS, Rule.CUTOFFS),
    )
    moves, faults = read_moves(market, round_.rows["moves.csv"], decision.final)
    yield from faults
    counts = expected_counts(market, decision.final)
    yield from said.check_counts(round_.report, counts)
    yield from said.check_bounds(round_.report, market, placed=_placed(market, decision.final))
    if not faults:
        yield from _check_exchanges(round_, moves)


def _placed(market: Market, final: Sequence[int]) -> int:
    return sum(len(market.members(request)) for request, wish in enumerate(final) if wish != NONE)


def _check_result(round_: _Round, decision: Decision) -> Generator[Broken, None, list[int]]:
    """Where no household has a hand in it: not only a right result but the result, worked out anew.

    Answers with what the waiting list alone gives: as worked out where it can be, elsewhere as claimed.
    """
    market = round_.market
    requests = decidable(market)
    alone = market if market.one_person_each else restrict(market, requests)
    queue = waiting_list(alone)
    results = {
        said.WAITING_LIST: lambda: queue,
        said.TRADING_CYCLES: lambda: trading_cycles(alone),
        said.QUEUE_THEN_SWAPS: lambda: swaps_after(alone, queue),
    }
    right_queue = list(decision.queue)
    right_final = list(decision.final)
    for request, wish in zip(requests, widen(market, requests, alone, queue), strict=True):
        right_queue[request] = wish
    yield from _compare(market, decision, decision.queue, right_queue, Rule.QUEUE, "queue_rank")
    if round_.mechanism in results:
        result = results[round_.mechanism]()
        for request, wish in zip(requests, widen(market, requests, alone, result), strict=True):
            right_final[request] = wish
        yield from _compare(market, decision, decision.final, right_final, Rule.RESULT, "rank")
    return right_queue


def _compare(
    market: Market,
    decision: Decision,
    claimed: Sequence[int],
    right: Sequence[int],
    rule: Rule,
    column: str,
) -> Iterator[Broken]:
    for request, (claim, wish) in enumerate(zip(claimed, right, strict=True)):
        if claim != wish:
            ranks = [decimal(market.wish_rank[one]) if one != NONE else "empty" for one in (claim, wish)]
            message = f"{column} of {market.requests[request]!r} is {ranks[0]}, it must be {ranks[1]}"
            yield Broken(rule, "outcomes.csv", decision.records[request], message)


def _check_rules(round_: _Round, decision: Decision) -> Iterator[Broken]:
    """The rules that the mechanism promises, and that the queue part is one that can be."""
    market, records = round_.market, decision.records
    queue_free, free = free_after(market, decision.queue), free_after(market, decision.final)
    yield from check_room(market, queue_free, "the queue part")
    yield from check_no_place_left(market, decision.queue, queue_free, "the queue part", records)
    yield from check_room(market, free, "the result")
    if round_.mechanism == said.WAITING_LIST:
        if not market.one_person_each:
            yield from _compare(
                market, decision, decision.final, decision.queue, Rule.FLOOR, "rank under waiting-list"
            )
    elif round_.mechanism != said.TRADING_CYCLES:
        yield from check_floor(market, decision.final, decision.queue, records)
    if round_.mechanism in (said.TRADING_CYCLES, said.QUEUE_THEN_SWAPS):
        yield from check_no_place_left(market, decision.final, free, "the result", records)
        yield from check_no_exchange_left(market, decision.final)
    if round_.mechanism == said.MAX_MOVES:
        yield Broken(Rule.MECHANISM, said.REPORT, None, "mechanism not supported by this verifier")


def _check_exchanges(round_: _Round, moves: Moves) -> Iterator[Broken]:
    market = round_.market
    faults = list(check_sources(market, moves.to, moves.source, moves.records))
    yield from faults
    if faults:
        return
    exchanges = cut(market, moves.to, moves.source)
    yield from check_simple(market, moves.to, exchanges)
    for number, exchange in enumerate(exchanges, 1):
        for person in exchange.people:
            if moves.exchange[person] != str(number):
                message = f"exchange is {moves.exchange[person]!r}, by the sources it is {number}"
                yield Broken(Rule.EXCHANGES, "moves.csv", moves.records[person], message)
    yield from compare_rows(
        round_.rows["exchanges.csv"],
        dict(expected_exchanges(exchanges)),
        ("kind", "persons", "requests"),
        (Rule.EXCHANGES,) * 3,
    )
    yield from said.check_exchange_counts(round_.report, exchanges)
