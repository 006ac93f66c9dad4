# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Exchanges: how moves are cut, and what is left of them when some say no."""

import json
from collections import Counter
from dataclasses import replace
from itertools import combinations

import numpy as np
from benchmarks.declines import as_pointed, longest
from benchmarks.exchange_sizes import sizes_as_pointed
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engine.markets import household_round, one_person_round, rounds

from huisartsplek.engine import Problem, RoundResult, carried_out, recut, run_round, solve
from huisartsplek.engine.mechanisms import waiting_list
from huisartsplek.engine.mechanisms.trading import trade
from huisartsplek.engine.problem import build_problem
from huisartsplek.engine.results import MoveTable
from huisartsplek.engine.tables import Tables
from huisartsplek.simulator.instances import base_instance

SEED = "drand 1234"


def moves_of(*rows: tuple[str, str, str]) -> MoveTable:
    """Moves of (person, request, source); where they go does not matter here."""
    people, requests, sources = (list(column) for column in zip(*rows, strict=True))
    count = len(rows)
    return MoveTable(people, requests, ["a"] * count, ["b"] * count, [1] * count, [1] * count, sources)


def test_one_no_ends_a_cycle() -> None:
    cycle = moves_of(("a", "a", "b"), ("b", "b", "c"), ("c", "c", "a"))
    assert carried_out(cycle, {"a", "b", "c"}) == {"a", "b", "c"}
    assert carried_out(cycle, {"a", "c"}) == set()


def test_in_a_chain_those_nearer_the_free_place_go_on() -> None:
    chain = moves_of(("a", "a", "b"), ("b", "b", "c"), ("c", "c", ""))
    assert carried_out(chain, {"a", "c"}) == {"c"}
    assert carried_out(chain, {"a", "b"}) == set()
    assert carried_out(chain, {"b", "c"}) == {"b", "c"}


def test_a_household_goes_only_when_all_its_sources_do() -> None:
    moves = moves_of(("h1", "h", "a"), ("h2", "h", ""), ("a", "a", ""), ("x", "x", "h2"))
    assert carried_out(moves, {"h", "a", "x"}) == {"h", "a", "x"}
    assert carried_out(moves, {"h", "x"}) == set()


def test_a_source_who_does_not_move_carries_nobody() -> None:
    assert carried_out(moves_of(("a", "a", "stranger")), {"a", "stranger"}) == set()


def overfull(tables: Tables, result: RoundResult, going: set[str]) -> list[str]:
    """Practices that would take more than their places and the places freed, when only these requests go."""
    swaps = dict(zip(tables.practices.practice, tables.practices.swaps, strict=True))
    trades = dict(zip(tables.members.person, tables.members.trades, strict=True))
    room = Counter(dict(zip(tables.practices.practice, tables.practices.places, strict=True)))
    moves = result.moves
    for person, request, left, to in zip(moves.person, moves.request, moves.from_, moves.to, strict=True):
        if request in going:
            room[to] -= 1
            if left and swaps[left] and trades[person]:
                room[left] += 1
    return [practice for practice in room if room[practice] < 0]


@settings(max_examples=100, deadline=None)
@given(tables=rounds(most_requests=9, largest_household=3), data=st.data())
def test_whatever_is_carried_out_fits_and_is_the_largest_that_can_be(tables: Tables, data: st.DataObject) -> None:
    result = run_round(tables, seed=SEED)
    moves = result.moves
    yes = data.draw(st.sets(st.sampled_from(sorted(set(moves.request))))) if moves.request else set()
    going = carried_out(moves, yes)
    assert going <= yes
    assert overfull(tables, result, going) == []
    request_of = dict(zip(moves.person, moves.request, strict=True))

    def holds(requests: set[str]) -> bool:
        return all(
            not source or request_of[source] in requests
            for request, source in zip(moves.request, moves.source, strict=True)
            if request in requests
        )

    assert holds(going)
    for size in range(1, len(yes - going) + 1):
        for more in combinations(sorted(yes - going), size):
            assert not holds(going | set(more))


@settings(max_examples=100, deadline=None)
@given(tables=rounds(most_requests=9, largest_household=3))
def test_what_one_no_takes_out_is_what_the_report_says(tables: Tables) -> None:
    result = run_round(tables, seed=SEED)
    everyone = set(result.moves.request)
    falls = sorted(len(everyone - carried_out(result.moves, everyone - {request})) for request in everyone)
    said = result.report.one_no_takes_out
    assert said.largest == max(falls, default=0)
    assert said.mean == (round(sum(falls) / len(falls), 2) if falls else 0)
    assert said.p95 == (falls[-(-len(falls) * 95 // 100) - 1] if falls else 0)


def test_two_swaps_are_not_one_long_cycle() -> None:
    people = [("a1", "a", ["b"]), ("a2", "a", ["b"]), ("b1", "b", ["a"]), ("b2", "b", ["a"])]
    result = run_round(one_person_round({"a": 0, "b": 0}, people), seed=SEED)
    assert result.exchanges.kind == ["cycle", "cycle"]
    assert result.exchanges.persons == [2, 2]


def test_places_that_are_free_are_used_before_anybody_waits_for_a_leaver() -> None:
    result = run_round(one_person_round({"a": 1, "b": 1}, [("x", "a", ["b"]), ("y", "b", ["a"])]), seed=SEED)
    assert result.moves.source == ["", ""]
    assert result.exchanges.kind == ["chain", "chain"]


def test_households_of_one_size_take_each_others_places() -> None:
    tables = household_round(
        {"a": 0, "b": 0},
        [
            ("g", [("g1", "a"), ("g2", "a")], ["b"]),
            ("x", [("x1", "a")], ["b"]),
            ("y", [("y1", "b")], ["a"]),
            ("h", [("h1", "b"), ("h2", "b")], ["a"]),
        ],
    )
    result = run_round(tables, seed=SEED)
    assert dict(zip(result.moves.person, result.moves.source, strict=True)) == {
        "g1": "h1",
        "g2": "h2",
        "h1": "g1",
        "h2": "g2",
        "x1": "y1",
        "y1": "x1",
    }
    assert list(zip(result.exchanges.kind, result.exchanges.requests, strict=True)) == [("mixed", 2), ("cycle", 2)]


def test_exchanges_are_numbered_by_their_first_person_in_text_order() -> None:
    people = [("b", "p", ["q"]), ("é", "q", ["p"]), ("z", "r", ["s"]), ("a", "s", ["r"])]
    result = run_round(one_person_round(dict.fromkeys("pqrs", 0), people), seed=SEED)
    assert dict(zip(result.moves.person, result.moves.exchange, strict=True)) == {"a": 1, "z": 1, "b": 2, "é": 2}


def test_most_moves_of_a_large_round_are_in_exchanges_of_at_most_three() -> None:
    tables = base_instance(20_000, seed=7)
    result = run_round(tables, seed=SEED)
    sizes = Counter(result.exchanges.persons)
    people = sum(size * count for size, count in sizes.items())
    assert people == len(result.moves.person)
    assert sum(size * count for size, count in sizes.items() if size <= 3) >= 0.85 * people
    problem = build_problem(tables, SEED)
    pointed = sizes_as_pointed(problem, trade(problem, waiting_list(problem)))
    assert pointed.sum() == people
    assert pointed[pointed <= 3].sum() < 0.1 * people
    assert pointed.max() == longest(as_pointed(problem, result.moves)) > 20 * max(sizes)
    assert json.loads(result.files()["report.json"])["one_no_takes_out"]["mean"] < 4


def test_a_household_follows_one_other_request_rather_than_several() -> None:
    tables = household_round(
        {"a": 0, "b": 1, "c": 2},
        [
            ("x", [("x1", "a")], ["b"]),
            ("g", [("g1", "a"), ("g2", "a")], ["c"]),
            ("h", [("h1", ""), ("h2", "")], ["a"]),
        ],
    )
    result = run_round(tables, seed=SEED)
    source = dict(zip(result.moves.person, result.moves.source, strict=True))
    assert (source["h1"], source["h2"]) == ("g1", "g2")


def test_a_household_gets_the_free_places_before_one_person_does() -> None:
    tables = household_round(
        {"a": 2, "b": 1},
        [("y", [("y1", "a")], ["b"]), ("x", [("x1", "")], ["a"]), ("h", [("h1", ""), ("h2", "")], ["a"])],
    )
    result = run_round(tables, seed=SEED)
    source = dict(zip(result.moves.person, result.moves.source, strict=True))
    assert (source["h1"], source["h2"], source["x1"]) == ("", "", "y1")


def test_the_cut_changes_no_move() -> None:
    round_ = Problem.of(base_instance(3_000, seed=4), seed=SEED)
    result = solve(round_)
    pointed = replace(result, moves=as_pointed(round_.numbers, result.moves))
    again = recut(round_, pointed)
    assert pointed.moves.source != result.moves.source
    assert again.moves == result.moves

    def what(moves: MoveTable) -> list[tuple[str, str, str, int]]:
        return sorted(zip(moves.person, moves.from_, moves.to, moves.rank, strict=True))

    assert what(again.moves) == what(pointed.moves)
    moved = dict(zip(result.moves.request, result.moves.to, strict=True))
    given_ = dict(zip(result.outcomes.request, result.outcomes.practice, strict=True))
    stayed = dict(zip(round_.tables.members.request, round_.tables.members.practice, strict=True))
    assert stayed | moved == given_


def test_a_thousand_random_sets_of_exchanges_each_fit() -> None:
    tables = base_instance(20_000, seed=5)
    moves = run_round(tables, seed=SEED).moves
    number = {practice: at for at, practice in enumerate(tables.practices.practice)}
    places = np.array(tables.practices.places)
    to = np.array([number[practice] for practice in moves.to])
    left = np.array([number.get(practice, len(number)) for practice in moves.from_])
    exchange = np.array(list(moves.exchange))

    def fits(going: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> bool:
        arrive = np.bincount(to[going], minlength=len(number))
        leave = np.bincount(left[going], minlength=len(number) + 1)[:-1]
        return bool(np.all(arrive - leave <= places))

    random = np.random.default_rng(1)
    share = random.random(1_000)
    chosen = [random.random(exchange.max() + 1) < part for part in share]
    assert len({each.tobytes() for each in chosen}) == 1_000
    assert all(fits(each[exchange]) for each in chosen)
    # Single moves instead of whole exchanges do not fit.
    assert not any(fits(random.random(len(to)) < part) for part in (0.25, 0.5, 0.75))
