# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must stand in the files, given which wish each request gets and got from the waiting list alone."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from huisartsplek.engine.verify.cut import Exchange
from huisartsplek.engine.verify.fingerprint import decimal
from huisartsplek.engine.verify.market import NONE, Market
from huisartsplek.engine.verify.rules import free_after

Outcome = tuple[str, str, str, str, str, str]


def expected_moves(market: Market, final: Sequence[int]) -> dict[int, tuple[str, str, str, str]]:
    """For each person whose practice changes: request, from, to and rank."""
    moves = {}
    for request, wish in enumerate(final):
        if wish == NONE:
            continue
        practice = market.wish_practice[wish]
        for person in market.members(request):
            present = market.present[person]
            if present != practice:
                moves[person] = (
                    market.requests[request],
                    _name(market, present),
                    market.practices[practice],
                    decimal(market.wish_rank[wish]),
                )
    return moves


def expected_outcomes(market: Market, final: Sequence[int], queue: Sequence[int]) -> list[Outcome]:
    """For each request its whole row of the outcomes."""
    reasons = expected_reasons(market, final, queue)
    rows: list[Outcome] = []
    for request, (wish, floor) in enumerate(zip(final, queue, strict=True)):
        present = [market.present[person] for person in market.members(request)]
        if wish != NONE:
            outcome, practice = "moved", market.wish_practice[wish]
        else:
            outcome = "waits" if NONE in present else "stays"
            practice = present[0] if present.count(present[0]) == len(present) else NONE
        rows.append(
            (
                market.requests[request],
                outcome,
                _name(market, practice),
                _rank(market, wish),
                _rank(market, floor),
                reasons[request],
            )
        )
    return rows


def expected_reasons(market: Market, final: Sequence[int], queue: Sequence[int]) -> list[str]:
    """For each request the first reason that holds."""
    free = free_after(market, final)
    passed_by = [NONE] * len(market.practices)  # the last in the queue who came in beside the waiting list
    for request, (wish, floor) in enumerate(zip(final, queue, strict=True)):
        if wish != NONE:
            practice = market.wish_practice[wish]
            if floor == NONE or market.wish_practice[floor] != practice:
                passed_by[practice] = request
    exchangeable = Counter(market.present[person] for person, frees in enumerate(market.frees) if frees)

    def reason(request: int) -> str:
        if final[request] != NONE:
            return "moved"
        wished = [market.wish_practice[wish] for wish in market.wishes(request)]
        if not wished:
            return "no-wish"
        if any(free[practice] > 0 for practice in wished):
            return "household-does-not-fit"
        if any(passed_by[practice] > request for practice in wished):
            return "passed-in-swap"
        holds = [market.present[person] for person in market.members(request) if market.frees[person]]
        for practice in wished:
            if any(exchangeable[practice] > (place == practice) for place in holds):
                return "full-swap-needs-taker"
        return "full"

    return [reason(request) for request in range(len(market.requests))]


def expected_cutoffs(market: Market, queue: Sequence[int]) -> dict[str, tuple[str, str]]:
    """For each practice its state and the position of the last newcomer whom the waiting list let in."""
    free = free_after(market, queue)
    last = [NONE] * len(market.practices)
    for request, wish in enumerate(queue):
        if wish != NONE:
            last[market.wish_practice[wish]] = request
    cutoffs = {}
    for practice, name in enumerate(market.practices):
        if market.capacity[practice] > 0 and free[practice] > 0:
            cutoffs[name] = ("open", "")
        elif last[practice] == NONE:
            cutoffs[name] = ("own", "")
        else:
            cutoffs[name] = ("full", str(last[practice] + 1))
    return cutoffs


def expected_exchanges(exchanges: list[Exchange]) -> dict[str, tuple[str, str, str]]:
    """For each exchange its kind, persons and requests."""
    return {
        str(number): (exchange.kind, str(len(exchange.people)), str(exchange.requests))
        for number, exchange in enumerate(exchanges, 1)
    }


def expected_counts(market: Market, final: Sequence[int]) -> dict[str, object]:
    """The counts of the report that follow from who gets what."""
    requests = {"moved": 0, "stays": 0, "waits": 0}
    persons = dict(requests)
    ranks: Counter[str] = Counter()
    for request, wish in enumerate(final):
        members = market.members(request)
        if wish != NONE:
            outcome = "moved"
            ranks[decimal(market.wish_rank[wish])] += 1
        else:
            outcome = "waits" if any(market.present[person] == NONE for person in members) else "stays"
        requests[outcome] += 1
        persons[outcome] += len(members)
    return {
        "persons_by_outcome": persons,
        "placed": persons["moved"],
        "requests_by_outcome": requests,
        "requests_by_rank": dict(ranks),
    }


def expected_exchange_counts(exchanges: list[Exchange]) -> tuple[dict[str, int], int, Fraction, int]:
    """Exchanges by size, and of the requests that one "no" takes out the largest, the mean and the p95."""
    sizes = Counter(str(len(exchange.people)) for exchange in exchanges)
    falls = sorted(fall for exchange in exchanges for fall in exchange.falls)
    if not falls:
        return {}, 0, Fraction(0), 0
    nearest_rank = -(-95 * len(falls) // 100)
    return dict(sizes), falls[-1], Fraction(sum(falls), len(falls)), falls[nearest_rank - 1]


def _name(market: Market, practice: int) -> str:
    return market.practices[practice] if practice != NONE else ""


def _rank(market: Market, wish: int) -> str:
    return decimal(market.wish_rank[wish]) if wish != NONE else ""
