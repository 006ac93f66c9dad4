# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round's files checked against its input, without any of the code that made them."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from huisartsplek.engine.compiled import Flags, Ints
from huisartsplek.engine.tables import Tables
from huisartsplek.engine.verify import judgement as judge
from huisartsplek.engine.verify import report as said
from huisartsplek.engine.verify.broken import Broken, Rule
from huisartsplek.engine.verify.case import Case, Words, open_case
from huisartsplek.engine.verify.certificate import check_optimum, proved_bound, read_prices
from huisartsplek.engine.verify.claims import Decision, Moves, compare, compare_rows, read_decision, read_moves
from huisartsplek.engine.verify.figures import OUTCOMES, counts_of, one_no, outcomes_of, placed_by, sizes_of
from huisartsplek.engine.verify.fingerprint import fingerprint
from huisartsplek.engine.verify.form import Rows, read_report, read_rows
from huisartsplek.engine.verify.judgement import NONE

HEADERS = {
    "moves.csv": "person,request,from,to,rank,exchange,source",
    "outcomes.csv": "request,outcome,practice,rank,queue_rank,reason",
    "exchanges.csv": "exchange,kind,persons,requests",
    "cutoffs.csv": "practice,state,position",
}
MOVES, OUTCOME_FILE, EXCHANGES, CUTOFFS = HEADERS
PRICES = "prices.csv"
PRICES_HEADER = "practice,price"


WaitingList = Callable[[judge.Market, Flags], Ints]


@dataclass(frozen=True)
class _Round:
    """One round under verification: the input in numbers, and its files read back."""

    case: Case
    mechanism: str
    report: dict[str, object]
    rows: dict[str, Rows]
    waiting_list: WaitingList


def verify_files(tables: Tables, files: Mapping[str, bytes], seed: str | None = None) -> list[Broken]:
    """Everything in a round's output files that does not hold; an empty list when all does.

    Without a seed the one in the report is believed. Output files may hold any bytes whatever. Takes time in
    proportion to the bytes of all files, sorting and what follows a "no" apart.
    """
    return Verifier(tables).check(files, seed)


class Verifier:
    """Checks any number of results of one input, of which the input's part is worked out once.

    `waiting_list` works out the queue part anew; another one than the judge's own is for rounds with reserves.
    """

    def __init__(self, tables: Tables, waiting_list: WaitingList = judge.waiting_list) -> None:
        self._tables = tables
        self._waiting_list = waiting_list
        self._case: tuple[str, Case] | None = None

    @cached_property
    def _fingerprint(self) -> str:
        return fingerprint(self._tables)

    def _open(self, seed: str) -> Case:
        if self._case is None or self._case[0] != seed:
            self._case = (seed, open_case(self._tables, seed))
        return self._case[1]

    def check(self, files: Mapping[str, bytes], seed: str | None = None) -> list[Broken]:
        """What does not hold in one result, as `verify_files` says."""
        report, broken = _read_report(files)
        broken += _check_names(files, report)
        believed = seed if seed is not None else (report or {}).get("seed")
        case = self._open(believed if isinstance(believed, str) else "")
        rows, faults = _read_all(case, files)
        broken += faults
        if report is None:
            return broken
        broken += said.check_head(report, self._fingerprint, seed)
        mechanism = report.get("mechanism")
        if not isinstance(believed, str) or mechanism not in said.MECHANISMS or not HEADERS.keys() <= rows.keys():
            return broken
        return broken + list(_check_round(_Round(case, str(mechanism), report, rows, self._waiting_list)))


def _read_all(case: Case, files: Mapping[str, bytes]) -> tuple[dict[str, Rows], list[Broken]]:
    words = _words(case)
    broken: list[Broken] = []
    rows = {}
    for file, header in (*HEADERS.items(), (PRICES, PRICES_HEADER)):
        if file in files:
            columns = {column: words[column] for column in header.split(",")}
            rows[file], faults = read_rows(file, files[file], columns)
            broken += faults
    return rows, broken


def _words(case: Case) -> dict[str, Words]:
    """What each column of the output speaks of; columns that do so of the same share their words."""
    numbers = Words()
    return {
        "person": case.persons,
        "source": case.persons,
        "request": case.requests,
        "from": case.practices,
        "to": case.practices,
        "practice": case.practices,
        "rank": case.ranks,
        "queue_rank": case.ranks,
        "outcome": Words(OUTCOMES),
        "reason": Words(judge.REASONS),
        "kind": Words(judge.KINDS),
        "state": Words(judge.STATES),
        "exchange": numbers,
        "persons": numbers,
        "requests": numbers,
        "position": numbers,
        "price": numbers,
    }


def _read_report(files: Mapping[str, bytes]) -> tuple[dict[str, object] | None, list[Broken]]:
    if said.REPORT not in files:
        return None, []
    return read_report(said.REPORT, files[said.REPORT])


def _check_names(files: Mapping[str, bytes], report: dict[str, object] | None) -> list[Broken]:
    """Exactly the files of the mechanism, no other."""
    wanted = {*HEADERS, said.REPORT}
    if PRICES in files if report is None else report.get("mechanism") == said.MAX_MOVES:
        wanted.add(PRICES)
    return [
        Broken(Rule.FILES, name, None, "is missing" if name in wanted else "is not a file of this round")
        for name in sorted(wanted ^ files.keys())
    ]


def _check_round(round_: _Round) -> Iterator[Broken]:
    case, rows = round_.case, round_.rows
    decision, faults = read_decision(case, rows[OUTCOME_FILE])
    yield from faults
    queue = yield from _check_result(round_, decision)
    yield from _check_rules(round_, decision)
    if PRICES in rows and round_.mechanism == said.MAX_MOVES:
        yield from _check_prices(round_, decision, queue)
    yield from _check_outcomes(round_, decision, queue)
    state, position = judge.cutoffs(case.market, queue)
    numbers = rows[CUTOFFS].words["position"]
    wanted = {
        "practice": np.arange(len(state), dtype=np.int32),
        "state": state.astype(np.int32),
        "position": np.where(position > 0, numbers.numbers(position), numbers.empty),
    }
    yield from compare_rows(rows[CUTOFFS], Rule.CUTOFFS, wanted)
    moves, faults = read_moves(case, rows[MOVES], decision.final)
    yield from faults
    yield from said.check_counts(round_.report, counts_of(case, decision.final))
    yield from said.check_bounds(round_.report, case.market, placed=placed_by(case.market, decision.final))
    if not faults:
        yield from _check_exchanges(round_, moves)


def _check_result(round_: _Round, decision: Decision) -> Generator[Broken, None, Ints]:
    """Where no household has a hand in it: not only a right result but the result, worked out anew.

    Answers with what the waiting list alone gives: as worked out where it can be, elsewhere as claimed.
    """
    market = round_.case.market
    alone = judge.decidable(market)
    queue = round_.waiting_list(market, alone)
    right = np.where(alone, queue, decision.queue)
    yield from _compare(round_, decision, decision.queue, right, Rule.QUEUE, "queue_rank")
    if round_.mechanism != said.MAX_MOVES:
        result = queue
        if round_.mechanism == said.TRADING_CYCLES:
            result = judge.trade(market, alone, np.full_like(queue, NONE))
        elif round_.mechanism == said.QUEUE_THEN_SWAPS:
            result = judge.trade(market, alone, queue)
        wanted = np.where(alone, result, decision.final)
        yield from _compare(round_, decision, decision.final, wanted, Rule.RESULT, "rank")
    return right


def _compare(
    round_: _Round, decision: Decision, claimed: Ints, right: Ints, rule: Rule, column: str
) -> Iterator[Broken]:
    case, rows = round_.case, round_.rows[OUTCOME_FILE]
    for request in np.flatnonzero(claimed != right).tolist():
        ranks = [case.rank(int(wish[request])) or "empty" for wish in (claimed, right)]
        message = f"{column} of {case.request(request)!r} is {ranks[0]}, it must be {ranks[1]}"
        yield Broken(rule, OUTCOME_FILE, rows.record(int(decision.row[request])), message)


def _check_rules(round_: _Round, decision: Decision) -> Iterator[Broken]:
    """The rules that the mechanism promises, and that the queue part is one that can be."""
    case, market = round_.case, round_.case.market
    yield from _check_places(round_, decision, decision.queue, "the queue part", all_given=True)
    exact = round_.mechanism in {said.TRADING_CYCLES, said.QUEUE_THEN_SWAPS}
    yield from _check_places(round_, decision, decision.final, "the result", all_given=exact)
    if round_.mechanism == said.WAITING_LIST:
        if len(market.request_of) > len(market.request_row):
            column = "rank under waiting-list"
            yield from _compare(round_, decision, decision.final, decision.queue, Rule.FLOOR, column)
    elif round_.mechanism != said.TRADING_CYCLES:
        for request in np.flatnonzero(judge.below_floor(decision.final, decision.queue)).tolist():
            rank = case.rank(int(decision.queue[request]))
            message = f"request {case.request(request)!r} gets less than wish {rank} of the waiting list"
            record = round_.rows[OUTCOME_FILE].record(int(decision.row[request]))
            yield Broken(Rule.FLOOR, OUTCOME_FILE, record, message)
    if exact:
        left = np.flatnonzero(judge.left_to_exchange(market, decision.final)).tolist()
        if left:
            some = ", ".join(repr(case.practice(practice)) for practice in left[:5])
            message = f"people could still improve by exchanging among {len(left)} practices, such as {some}"
            yield Broken(Rule.NOTHING_LEFT, OUTCOME_FILE, None, message)


def _check_prices(round_: _Round, decision: Decision, queue: Ints) -> Iterator[Broken]:
    """What the prices prove: the optimum where each request is one person, elsewhere the bound in the report."""
    case, rows = round_.case, round_.rows[PRICES]
    prices, faults = read_prices(case, rows)
    yield from faults
    if faults:
        return
    bound, placed = round_.report.get("bound"), placed_by(case.market, decision.final)
    if len(case.market.request_of) == len(case.market.request_row):
        yield from check_optimum(case, decision.final, queue, prices, PRICES)
        if bound is not None and bound != placed:
            yield Broken(Rule.BOUND, said.REPORT, None, f"bound is {bound}, the optimum is the {placed} placed")
        if round_.report.get("replayable") is not True:
            message = "replayable must be true: no clock can stop what is decided for one person each"
            yield Broken(Rule.REPORT, said.REPORT, None, message)
    elif bound is not None and bound != (proved := proved_bound(case, queue, prices)):
        yield Broken(Rule.BOUND, said.REPORT, None, f"bound is {bound}, what the prices prove is {proved}")


def _check_places(
    round_: _Round, decision: Decision, given: Ints, which: str, *, all_given: bool
) -> Iterator[Broken]:
    """No more arrivals than places; and where the places must all be given, none that somebody waits for."""
    case, market = round_.case, round_.case.market
    free = judge.free_after(market, given)
    for practice in np.flatnonzero(free < 0).tolist():
        name = case.practice(practice)
        message = f"{which}: {name!r} takes {-free[practice]} more than its places and the places freed there"
        yield Broken(Rule.ROOM, OUTCOME_FILE, None, message)
    left = judge.left_free(market, given, free) if all_given else np.full_like(given, NONE)
    for request in np.flatnonzero(left != NONE).tolist():
        message = (
            f"{which}: request {case.request(request)!r} would rather have"
            f" {case.practice(market.wish_practice[left[request]])!r}, which has a free place it fits in"
        )
        record = round_.rows[OUTCOME_FILE].record(int(decision.row[request]))
        yield Broken(Rule.NOTHING_LEFT, OUTCOME_FILE, record, message)


def _check_outcomes(round_: _Round, decision: Decision, queue: Ints) -> Iterator[Broken]:
    """The columns of the outcomes that follow from the ranks, with `queue` for the waiting list alone."""
    market = round_.case.market
    outcome, practice = outcomes_of(market, decision.final)
    for column, rule, wanted in (
        ("outcome", Rule.AGREEMENT, outcome),
        ("practice", Rule.AGREEMENT, round_.case.practices.or_empty(practice)),
        ("reason", Rule.REASON, judge.reasons(market, decision.final, queue)),
    ):
        codes = wanted.astype(np.int32)
        yield from compare(round_.rows[OUTCOME_FILE], "request", column, rule, decision.row, codes)


def _check_exchanges(round_: _Round, moves: Moves) -> Iterator[Broken]:
    case, rows = round_.case, round_.rows[MOVES]
    faults = list(_check_sources(case, rows, moves))
    yield from faults
    if faults:
        return
    movers = _in_text_order(case, moves)
    cut = judge.cut(case.market, movers, moves.to, moves.source)
    for number in np.flatnonzero(cut.twice).tolist():
        message = f"exchange {number + 1} of one-person requests arrives at a practice twice"
        yield Broken(Rule.EXCHANGES, MOVES, None, message)
    numbers = rows.words["exchange"]
    names = numbers.numbers(np.arange(1, len(cut.kind) + 1))
    of = names[cut.of]
    for mover in np.flatnonzero(rows.cells["exchange"][moves.row[movers]] != of).tolist():
        row = int(moves.row[movers[mover]])
        message = f"exchange is {rows.text('exchange', row)!r}, by the sources it is {cut.of[mover] + 1}"
        yield Broken(Rule.EXCHANGES, MOVES, rows.record(row), message)
    wanted = {
        "exchange": names,
        "kind": cut.kind.astype(np.int32),
        "persons": numbers.numbers(cut.persons),
        "requests": numbers.numbers(cut.requests),
    }
    yield from compare_rows(round_.rows[EXCHANGES], Rule.EXCHANGES, wanted)
    no = one_no(case.market, moves.to, moves.source)
    yield from said.check_exchange_counts(round_.report, sizes_of(cut), no)


def _in_text_order(case: Case, moves: Moves) -> Ints:
    """The persons who move by name, which is the order in which they stand in the file but for odd names."""
    movers = np.flatnonzero(moves.to != NONE).astype(np.int32)
    movers = movers[np.argsort(moves.row[movers])]
    return movers[case.persons.order(case.market.person_row[movers])]


def _check_sources(case: Case, rows: Rows, moves: Moves) -> Iterator[Broken]:
    """Each arrival has one source there that serves nobody else: somebody who frees a place, or a free place."""
    for person in np.flatnonzero(judge.false_sources(case.market, moves.to, moves.source)).tolist():
        giver, practice = case.person(int(moves.source[person])), case.practice(int(moves.to[person]))
        message = f"{giver!r} frees no place at {practice!r}"
        yield Broken(Rule.EXCHANGES, MOVES, rows.record(int(moves.row[person])), message)
    taken = np.flatnonzero((moves.to != NONE) & (moves.source != NONE))
    if np.bincount(moves.source[taken]).max(initial=0) > 1:
        taken = taken[np.lexsort((moves.row[taken], moves.source[taken]))]
    for person in taken[1:][moves.source[taken[1:]] == moves.source[taken[:-1]]].tolist():
        message = f"the place of {case.person(int(moves.source[person]))!r} is taken twice"
        yield Broken(Rule.EXCHANGES, MOVES, rows.record(int(moves.row[person])), message)
    free = np.flatnonzero((moves.to != NONE) & (moves.source == NONE))
    places = case.market.places
    for number in np.flatnonzero(np.bincount(moves.to[free], minlength=len(places)) > places).tolist():
        first_too_many = np.sort(moves.row[free][moves.to[free] == number])[places[number]]
        message = f"more people take a free place at {case.practice(number)!r} than it has places"
        yield Broken(Rule.EXCHANGES, MOVES, rows.record(int(first_too_many)), message)
