# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small rounds made for the verifier's tests: input tables, and output files without the engine.

The files are made from the verifier's own second implementation and a cut of the simplest kind. What that
cannot show, a shared mistake, the tests against the engine and against written-out files do.
"""

import json
from collections.abc import Sequence
from random import Random

import numpy as np
from hypothesis import strategies as st

from huisartsplek.engine.compiled import Flags, Ints
from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable
from huisartsplek.engine.verify.case import Case, open_case
from huisartsplek.engine.verify.figures import OUTCOMES, counts_of, one_no, outcomes_of, sizes_of
from huisartsplek.engine.verify.fingerprint import cell, fingerprint
from huisartsplek.engine.verify.judgement import (
    KINDS,
    NONE,
    REASONS,
    STATES,
    Market,
    cut,
    cutoffs,
    decidable,
    free_after,
    goes_to,
    reasons,
    trade,
    waiting_list,
)
from huisartsplek.engine.verify.verifier import HEADERS

ONE_PERSON_MECHANISMS = ("waiting-list", "trading-cycles", "queue-then-swaps")


def tables(
    practices: list[tuple[str, int] | tuple[str, int, bool]],
    people: list[tuple[str, str, list[str]]],
) -> Tables:
    """A round of one-person requests in queue order: practices, and per person the present one and wishes."""
    wishes = [
        (f"r-{person}", rank, practice) for person, _, wished in people for rank, practice in enumerate(wished, 1)
    ]
    return Tables(
        PracticeTable(
            [row[0] for row in practices],
            [row[1] for row in practices],
            [row[2] if len(row) == 3 else True for row in practices],
            ["" for _ in practices],
        ),
        RequestTable(
            [f"r-{person}" for person, _, _ in people],
            [1 for _ in people],
            [f"2026-01-01T00:00:{second:02d}.000000Z" for second in range(len(people))],
        ),
        MemberTable(
            [person for person, _, _ in people],
            [f"r-{person}" for person, _, _ in people],
            [present for _, present, _ in people],
            [True for _ in people],
        ),
        WishTable(
            [request for request, _, _ in wishes],
            [rank for _, rank, _ in wishes],
            [practice for _, _, practice in wishes],
        ),
    )


def random_round(random: Random, practices: int, requests: int, largest_household: int = 1) -> Tables:
    """A round of the given size in which places are scarce and nearby wishes overlap."""
    names = [f"p{number}" for number in range(practices)]
    members = []
    wishes = []
    for number in range(requests):
        request = f"r{number}"
        together = random.choice(["", *names])
        for member in range(random.randint(1, largest_household)):
            present = random.choice(["", *names]) if random.random() < 0.2 else together
            members.append((f"m{number}-{member}", request, present, random.random() < 0.9))
        wished = random.sample(names, random.randint(0, min(5, practices)))
        ranks = sorted(random.sample(range(1, 9), len(wished)))
        wishes += [(request, rank, practice) for rank, practice in zip(ranks, wished, strict=True)]
    random.shuffle(wishes)
    random.shuffle(members)
    return Tables(
        PracticeTable(
            names,
            [random.choice([0, 0, 0, 1, 2, 4]) for _ in names],
            [random.random() < 0.85 for _ in names],
            ["" for _ in names],
        ),
        RequestTable(
            [f"r{number}" for number in range(requests)],
            [random.randint(0, 2) for _ in range(requests)],
            [f"2026-01-{random.randint(10, 30)}T00:00:00.000000Z" for _ in range(requests)],
        ),
        MemberTable(*map(list, zip(*members, strict=True))),
        WishTable(*map(list, zip(*wishes, strict=True))),
    )


NAMES = st.sampled_from(["a", "b", "ç", 'q"t', "c,d", "n\nl", "0012", "-", "~", "Z"])
RANKS = st.integers(1, 12) | st.sampled_from([10**25])


@st.composite
def small_rounds(draw: st.DrawFn, largest_household: int = 1) -> Tables:
    """Random rounds of a few practices and requests, with every switch of the input thrown either way."""
    practices = [f"p{name}" for name in draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))]
    requests = [f"r{name}" for name in draw(st.lists(NAMES, max_size=8, unique=True))]
    members: list[tuple[str, str, str, bool]] = []
    wishes: list[tuple[str, int, str]] = []
    for number, request in enumerate(requests):
        size = draw(st.integers(1, largest_household))
        together = draw(st.sampled_from(["", *practices]))
        for member in range(size):
            apart = draw(st.integers(0, 3)) == 0
            present = draw(st.sampled_from(["", *practices])) if apart else together
            members.append((f"{(number * 7 + member) % 11}{request}", request, present, draw(rarely_not())))
        wished = draw(st.lists(st.sampled_from(practices), max_size=4, unique=True))
        ranks = sorted(draw(st.sets(RANKS, min_size=len(wished), max_size=len(wished))))
        wishes += [(request, rank, practice) for rank, practice in zip(ranks, wished, strict=True)]
    shuffled = draw(st.permutations(wishes))
    return Tables(
        PracticeTable(
            practices,
            [draw(st.sampled_from([0, 0, 0, 1, 1, 2, 3, 10**25])) for _ in practices],
            [draw(rarely_not()) for _ in practices],
            [draw(st.sampled_from(["", "n"])) for _ in practices],
        ),
        RequestTable(
            requests,
            [draw(st.sampled_from([0, 1, 1, -(10**30)])) for _ in requests],
            [f"2026-01-0{draw(st.integers(1, 2))}T00:00:00.000000Z" for _ in requests],
        ),
        MemberTable(*map(list, zip(*members, strict=True))) if members else MemberTable([], [], [], []),
        WishTable(*map(list, zip(*shuffled, strict=True))) if shuffled else WishTable([], [], []),
    )


def rarely_not() -> st.SearchStrategy[bool]:
    """True three times in four."""
    return st.sampled_from([True, True, True, False])


def wishes_of(market: Market, request: int) -> range:
    """The remaining wishes of a request, most wanted first."""
    return range(int(market.first_wish[request]), int(market.first_wish[request + 1]))


def ints(numbers: Sequence[int]) -> Ints:
    """An array as the verifier holds it."""
    return np.array(numbers, np.int32)


def everybody(market: Market) -> Flags:
    """All requests, each of one person."""
    return np.ones(len(market.request_row), np.bool_)


def nobody_given(market: Market) -> Ints:
    """No wish for anybody."""
    return np.full(len(market.request_row), NONE, np.int32)


def decided(market: Market, mechanism: str, alone: Flags) -> tuple[Ints, Ints]:
    """What a mechanism and the waiting list give among these one-person requests, by the second implementation."""
    queue = waiting_list(market, alone)
    if mechanism == "waiting-list":
        return queue, queue
    return trade(market, alone, nobody_given(market) if mechanism == "trading-cycles" else queue), queue


def make_files(tables: Tables, mechanism: str, seed: str) -> dict[str, bytes]:
    """All output files of a round: exact for one-person requests, with households `waiting-list` only."""
    case = open_case(tables, seed)
    if mechanism == "waiting-list":
        queue = final = fill_free_places(case.market)
    else:
        final, queue = decided(case.market, mechanism, everybody(case.market))
    return write_files(tables, case, final, queue, mechanism, seed)


def fill_free_places(market: Market) -> Ints:
    """The waiting list, and where households have a hand in it something that will do in its stead.

    There each request in queue order gets its best wish with room, again and again until nothing changes.
    """
    alone = decidable(market)
    given = waiting_list(market, alone)
    while True:
        before = given.copy()
        for request in np.flatnonzero(~alone).tolist():
            for wish in wishes_of(market, request):
                if wish == given[request]:
                    break
                trial = given.copy()
                trial[request] = wish
                if free_after(market, trial).min(initial=0) >= 0:
                    given = trial
                    break
        if np.array_equal(given, before):
            return given


def write_files(
    tables: Tables,
    case: Case,
    final: Ints,
    queue: Ints,
    mechanism: str,
    seed: str,
    source: Ints | None = None,
) -> dict[str, bytes]:
    """The files that say that this is who gets what, from these sources or any that will do."""
    market = case.market
    to = goes_to(market, final)
    if source is None:
        source = random_sources(market, to, Random(0))
    movers = text_ordered(case, to)
    exchanges = cut(market, movers, to, source)
    no = one_no(market, to, source)
    report = counts_of(case, final) | {
        "bound": None,
        "bound_without_floor": None,
        "exchanges_by_size": sizes_of(exchanges),
        "input_sha256": fingerprint(tables),
        "mechanism": mechanism,
        "one_no_takes_out": {"largest": no.largest, "mean": float(round(no.mean, 2)), "p95": no.p95},
        "replayable": True,
        "rules_version": "1",
        "seed": seed,
    }
    outcome, practice = outcomes_of(market, final)
    reason = reasons(market, final, queue)
    state, position = cutoffs(market, queue)
    rows: dict[str, list[tuple[str, ...]]] = {
        "moves.csv": [
            (
                case.person(person),
                case.request(int(market.request_of[person])),
                case.practice(int(market.present[person])),
                case.practice(int(to[person])),
                case.rank(int(final[market.request_of[person]])),
                str(number + 1),
                case.person(int(source[person])),
            )
            for person, number in zip(movers.tolist(), exchanges.of.tolist(), strict=True)
        ],
        "outcomes.csv": [
            (
                case.request(request),
                OUTCOMES[outcome[request]],
                case.practice(int(practice[request])),
                case.rank(int(final[request])),
                case.rank(int(queue[request])),
                REASONS[reason[request]],
            )
            for request in range(len(final))
        ],
        "exchanges.csv": [
            (str(number), KINDS[kind], str(persons), str(requests))
            for number, (kind, persons, requests) in enumerate(
                zip(exchanges.kind, exchanges.persons, exchanges.requests, strict=True), 1
            )
        ],
        "cutoffs.csv": [
            (case.practice(number), STATES[of], str(last) if last else "")
            for number, (of, last) in enumerate(zip(state, position.tolist(), strict=True))
        ],
    }
    files = {file: csv_bytes(HEADERS[file], lines) for file, lines in rows.items()}
    files["report.json"] = json_bytes(report)
    return files


def text_ordered(case: Case, to: Ints) -> Ints:
    """The persons who move, by name."""
    return ints(sorted(np.flatnonzero(to != NONE).tolist(), key=lambda person: case.person(person).encode()))


def csv_bytes(header: str, rows: list[tuple[str, ...]]) -> bytes:
    """A table in the output form."""
    return "".join(f"{line}\n" for line in [header, *sorted(",".join(map(cell, row)) for row in rows)]).encode()


def json_bytes(report: object) -> bytes:
    """A report in the output form."""
    return (json.dumps(report, sort_keys=True, indent=2, ensure_ascii=False) + "\n").encode()


def random_sources(market: Market, to: Ints, random: Random) -> Ints:
    """A source for every arrival, with no exchange of one-person requests arriving at a practice twice."""
    source = np.full(len(to), NONE, np.int32)
    movers = np.flatnonzero(to != NONE).tolist()
    for practice, places in enumerate(market.places.tolist()):
        arrivals = [person for person in movers if to[person] == practice]
        leavers = [person for person in movers if market.present[person] == practice and market.frees[person]]
        givers = [*leavers, *[NONE] * min(places, len(arrivals))]
        random.shuffle(givers)
        for person, giver in zip(arrivals, [*givers, *[NONE] * len(arrivals)], strict=False):
            source[person] = giver
    while True:
        twice = arrived_at_twice(market, to, source)
        if twice is None:
            return source
        one, other = twice
        source[one], source[other] = source[other], source[one]


def arrived_at_twice(market: Market, to: Ints, source: Ints) -> tuple[int, int] | None:
    """Two arrivals at one practice within one exchange of one-person requests."""
    movers = ints(np.flatnonzero(to != NONE).tolist())
    exchanges = cut(market, movers, to, source)
    first: dict[tuple[int, int], int] = {}
    for person, number in zip(movers.tolist(), exchanges.of.tolist(), strict=True):
        if exchanges.twice[number]:
            if (number, int(to[person])) in first:
                return first[number, int(to[person])], person
            first[number, int(to[person])] = person
    return None


def household_pair() -> Tables:
    """A household of two that can swap with one person if it also gets a free place; and one too large."""
    return Tables(
        PracticeTable(["p", "q", "r"], [0, 1, 1], [True, True, False], ["", "", ""]),
        RequestTable(
            ["far", "home", "none", "other"],
            [1, 1, 1, 1],
            [f"2026-01-0{day}T00:00:00.000000Z" for day in (1, 2, 3, 4)],
        ),
        MemberTable(
            ["d", "e", "a", "b, jr", "f", "c"],
            ["far", "far", "home", "home", "none", "other"],
            ["", "", "p", "", "r", "q"],
            [True] * 6,
        ),
        WishTable(["far", "home", "none", "other"], [1, 5, 3, 1], ["r", "q", "r", "p"]),
    )
