# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small rounds made for the verifier's tests: input tables, and output files without the engine.

The files are made from the verifier's own second implementation and a cut of the simplest kind. What that
cannot show, a shared mistake, the tests against the engine and against written-out files do.
"""

import json
from random import Random

from hypothesis import strategies as st

from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable
from huisartsplek.engine.verify.consequences import (
    expected_counts,
    expected_cutoffs,
    expected_exchange_counts,
    expected_exchanges,
    expected_moves,
    expected_outcomes,
)
from huisartsplek.engine.verify.cut import cut
from huisartsplek.engine.verify.fingerprint import cell, fingerprint
from huisartsplek.engine.verify.households import decidable, restrict, widen
from huisartsplek.engine.verify.market import NONE, Market, build_market
from huisartsplek.engine.verify.replay import swaps_after, trading_cycles, waiting_list
from huisartsplek.engine.verify.rules import free_after
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


def make_files(tables: Tables, mechanism: str, seed: str) -> dict[str, bytes]:
    """All output files of a round: exact for one-person requests, with households `waiting-list` only."""
    market = build_market(tables, seed)
    queue = fill_free_places(market)
    final = {
        "waiting-list": lambda: queue,
        "trading-cycles": lambda: trading_cycles(market),
        "queue-then-swaps": lambda: swaps_after(market, queue),
    }[mechanism]()
    return write_files(tables, market, final, queue, mechanism, seed)


def fill_free_places(market: Market) -> list[int]:
    """The waiting list, and where households have a hand in it something that will do in its stead.

    There each request in queue order gets its best wish with room, again and again until nothing changes.
    """
    given = [NONE] * len(market.requests)
    exact = decidable(market)
    alone = restrict(market, exact)
    for request, wish in zip(exact, widen(market, exact, alone, waiting_list(alone)), strict=True):
        given[request] = wish
    while True:
        before = list(given)
        for request in sorted(set(range(len(given))) - set(exact)):
            for wish in market.wishes(request):
                if wish == given[request]:
                    break
                trial = [*given[:request], wish, *given[request + 1 :]]
                if min(free_after(market, trial)) >= 0:
                    given = trial
                    break
        if given == before:
            return given


def write_files(
    tables: Tables,
    market: Market,
    final: list[int],
    queue: list[int],
    mechanism: str,
    seed: str,
    source: dict[int, int] | None = None,
) -> dict[str, bytes]:
    """The files that say that this is who gets what, from these sources or any that will do."""
    moves = expected_moves(market, final)
    to = {person: market.practices.index(row[2]) for person, row in moves.items()}
    if source is None:
        source = random_sources(market, final, Random(0))
    exchanges = cut(market, to, source)
    number = {person: n for n, exchange in enumerate(exchanges, 1) for person in exchange.people}
    sizes, largest, mean, p95 = expected_exchange_counts(exchanges)
    report = expected_counts(market, final) | {
        "bound": None,
        "bound_without_floor": None,
        "exchanges_by_size": sizes,
        "input_sha256": fingerprint(tables),
        "mechanism": mechanism,
        "one_no_takes_out": {"largest": largest, "mean": float(round(mean, 2)), "p95": p95},
        "replayable": True,
        "rules_version": "1",
        "seed": seed,
    }
    rows: dict[str, list[tuple[str, ...]]] = {
        "moves.csv": [
            (market.persons[person], *row, str(number[person]), name_of(market, source[person]))
            for person, row in moves.items()
        ],
        "outcomes.csv": list(expected_outcomes(market, final, queue)),
        "exchanges.csv": [(key, *row) for key, row in expected_exchanges(exchanges).items()],
        "cutoffs.csv": [(key, *row) for key, row in expected_cutoffs(market, queue).items()],
    }
    files = {file: csv_bytes(HEADERS[file], lines) for file, lines in rows.items()}
    files["report.json"] = json_bytes(report)
    return files


def name_of(market: Market, person: int) -> str:
    """The person's name; empty for nobody."""
    return market.persons[person] if person != NONE else ""


def csv_bytes(header: str, rows: list[tuple[str, ...]]) -> bytes:
    """A table in the output form."""
    return "".join(f"{line}\n" for line in [header, *sorted(",".join(map(cell, row)) for row in rows)]).encode()


def json_bytes(report: object) -> bytes:
    """A report in the output form."""
    return (json.dumps(report, sort_keys=True, indent=2, ensure_ascii=False) + "\n").encode()


def random_sources(market: Market, final: list[int], random: Random) -> dict[int, int]:
    """A source for every arrival, with no exchange of one-person requests arriving at a practice twice."""
    moves = expected_moves(market, final)
    to = {person: market.practices.index(row[2]) for person, row in moves.items()}
    source: dict[int, int] = {}
    for practice, places in enumerate(market.places):
        arrivals = [person for person in to if to[person] == practice]
        leavers = [person for person in to if market.present[person] == practice and market.frees[person]]
        givers = [*leavers, *[NONE] * min(places, len(arrivals))]
        random.shuffle(givers)
        source |= dict(zip(arrivals, [*givers, *[NONE] * len(arrivals)], strict=False))
    while True:
        twice = arrived_at_twice(market, to, source)
        if twice is None:
            return source
        one, other = twice
        source[one], source[other] = source[other], source[one]


def arrived_at_twice(market: Market, to: dict[int, int], source: dict[int, int]) -> tuple[int, int] | None:
    """Two arrivals at one practice within one exchange of one-person requests."""
    for exchange in cut(market, to, source):
        first: dict[int, int] = {}
        alone = all(len(market.members(market.request_of[person])) == 1 for person in exchange.people)
        for person in exchange.people if alone else ():
            if to[person] in first:
                return first[to[person]], person
            first[to[person]] = person
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
