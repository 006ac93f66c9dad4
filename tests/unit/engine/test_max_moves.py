# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Max-moves: against every outcome of small rounds, against other solvers, and with its prices checked."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import highspy
import numpy as np
import pytest
from benchmarks.peers import linear_programme, min_cost_flow, network_simplex, slot_matching
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engine.markets import household_round, one_person_round, rounds, shuffled
from tests.unit.engine.oracle import Outcome, SmallRound, small_round

from huisartsplek.engine import run_round
from huisartsplek.engine.compiled import Longs
from huisartsplek.engine.mechanisms import free_places, waiting_list, whole_households
from huisartsplek.engine.mechanisms.max_moves import (
    PER_PERSON,
    Best,
    bounds_of,
    max_moves,
    one_person_weights,
    persons_placed,
    placed_at_most,
    positions,
    size_by_size,
)
from huisartsplek.engine.mechanisms.trading import trade
from huisartsplek.engine.mechanisms.whole_households import Effort, Search, SolverMissingError, programme
from huisartsplek.engine.problem import Problem, build_problem
from huisartsplek.engine.tables import Tables
from huisartsplek.engine.verify.prices import PER_PERSON as CHECKED_PER_PERSON
from huisartsplek.engine.verify.prices import Asked, PriceFault, check_prices
from huisartsplek.engine.verify.prices import placed_at_most as checked_placed_at_most
from huisartsplek.simulator.instances import base_instance

SEED = "drand 1234"
one_each = rounds(most_requests=5, most_practices=4)
families = rounds(most_requests=5, most_practices=3, largest_household=3)


def decided(tables: Tables) -> tuple[Problem, Longs, Best]:
    """The round in numbers, what its waiting list gives, and its max-moves."""
    problem = build_problem(tables, SEED)
    queue = waiting_list(problem)
    return problem, queue, max_moves(problem, queue)


def figures(problem: Problem, given: Longs) -> tuple[int, int]:
    """Persons placed, and the sum of their positions as a number that is better when higher."""
    got = given < problem.wish_start[1:]
    size = np.diff(problem.member_start)
    return persons_placed(problem, given), -int((size[got] * positions(problem)[given[got]]).sum())


def faults(problem: Problem, queue: Longs, best: Best) -> list[PriceFault]:
    """What the verifier's check says of these prices."""
    unit = np.full(len(queue), -1)
    unit[np.diff(problem.unit_start) > 0] = problem.unit_practice
    return list(
        check_prices(
            problem.capacity,
            problem.wish_start,
            problem.wish_practice,
            best.given,
            queue,
            unit,
            best.price.tolist(),
        )
    )


def proved(problem: Problem, floor: Longs, price: Longs) -> int:
    """What the verifier says these prices prove."""
    return checked_placed_at_most(
        problem.capacity,
        np.diff(problem.member_start),
        Asked(problem.wish_start, problem.wish_practice, floor),
        problem.wish_demand,
        problem.unit_start,
        problem.unit_practice,
        problem.unit_count,
        price.tolist(),
    )


def outcomes_of(small: SmallRound, floor: Outcome) -> Iterator[Outcome]:
    """All outcomes in which nobody is below the floor."""
    for outcome in small.outcomes():
        if all(got <= least for got, least in zip(outcome, floor, strict=True)):
            yield outcome


@settings(max_examples=120, deadline=None)
@given(tables=one_each)
def test_no_outcome_above_the_floor_places_more_or_as_many_at_better_wishes(tables: Tables) -> None:
    problem, queue, best = decided(tables)
    small = small_round(tables, SEED)
    floor = tuple((queue - problem.wish_start[:-1]).tolist())

    def worth(outcome: Outcome) -> tuple[int, int]:
        got = [at for person, at in zip(small.people, outcome, strict=True) if at < len(person.wishes)]
        return len(got), -sum(at + 1 for at in got)

    mine = tuple((best.given - problem.wish_start[:-1]).tolist())
    possible = list(outcomes_of(small, floor))
    assert mine in possible
    assert worth(mine) == max(map(worth, possible))
    assert bounds_of(problem, queue) == (
        worth(mine)[0],
        max(worth(outcome)[0] for outcome in small.outcomes()),
    )
    assert bounds_of(problem, queue, best).with_floor == worth(mine)[0]


def all_results(problem: Problem, queue: Longs) -> Iterator[Longs]:
    """Every result with room and the floor, by enumeration."""
    starts, ends = problem.wish_start[:-1].tolist(), problem.wish_start[1:].tolist()
    allowed = [
        range(start, least + 1) if least < end else range(start, end + 1)
        for start, end, least in zip(starts, ends, queue.tolist(), strict=True)
    ]
    for wishes in product(*allowed):
        given_ = np.array(wishes, np.int64)
        if np.all(free_places(problem, given_) >= 0):
            yield given_


@settings(max_examples=100, deadline=None)
@given(tables=families)
def test_with_small_households_too_the_result_is_the_best_there_is(tables: Tables) -> None:
    problem, queue, best = decided(tables)
    results = [figures(problem, given_) for given_ in all_results(problem, queue)]
    assert figures(problem, best.given) == max(results)
    assert np.all(best.given <= queue)
    assert np.all(free_places(problem, best.given) >= 0)
    assert max(results)[0] <= bounds_of(problem, queue).with_floor <= bounds_of(problem, queue).without_floor
    assert max(results)[0] <= bounds_of(problem, queue, best).with_floor


@settings(max_examples=100, deadline=None)
@given(tables=families, prices=st.lists(st.integers(0, 3 * PER_PERSON), min_size=3, max_size=3))
def test_any_prices_prove_a_bound_and_the_verifier_sees_the_same(tables: Tables, prices: list[int]) -> None:
    problem, queue, _ = decided(tables)
    price = np.array(prices[: len(problem.practices)], np.int64)
    placed = max(persons_placed(problem, given_) for given_ in all_results(problem, queue))
    assert placed <= placed_at_most(problem, queue, price) == proved(problem, queue, price)
    assert PER_PERSON == CHECKED_PER_PERSON


@settings(max_examples=120, deadline=None)
@given(tables=one_each)
def test_the_prices_of_a_result_pass_the_verifiers_check(tables: Tables) -> None:
    problem, queue, best = decided(tables)
    assert faults(problem, queue, best) == []


@settings(max_examples=120, deadline=None)
@given(tables=one_each, data=st.data())
def test_any_other_result_with_room_passes_only_when_it_is_as_good(tables: Tables, data: st.DataObject) -> None:
    problem, queue, best = decided(tables)
    other = data.draw(st.sampled_from(list(all_results(problem, queue))))
    equal = figures(problem, other) == figures(problem, best.given)
    assert (faults(problem, queue, best._replace(given=other)) == []) == equal


@settings(max_examples=100, deadline=None)
@given(tables=one_each, data=st.data())
def test_prices_below_those_written_prove_nothing(tables: Tables, data: st.DataObject) -> None:
    problem, queue, best = decided(tables)
    dear = np.flatnonzero(best.price > 0)
    if len(dear):
        practice = data.draw(st.sampled_from(dear.tolist()))
        price = best.price.copy()
        price[practice] -= data.draw(st.integers(1, int(price[practice])))
        assert faults(problem, queue, best._replace(price=price)) != []


@settings(max_examples=50, deadline=None)
@given(tables=rounds(most_requests=9, most_practices=4, largest_household=3), seed=st.integers(0, 99))
def test_the_order_of_the_rows_changes_no_byte_of_the_prices_and_bounds(tables: Tables, seed: int) -> None:
    one, other = (
        run_round(rows, seed=SEED, mechanism="max-moves", bound=True).files()
        for rows in (tables, shuffled(tables, seed))
    )
    assert one == other
    assert "prices.csv" in one


@settings(max_examples=100, deadline=None)
@given(tables=rounds(most_requests=9, most_practices=4, largest_household=3))
def test_it_places_at_least_as_many_as_queue_then_swaps_and_no_more_than_the_bounds(tables: Tables) -> None:
    most, swaps, cycles = (
        run_round(tables, seed=SEED, mechanism=mechanism, bound=True).report
        for mechanism in ("max-moves", "queue-then-swaps", "trading-cycles")
    )
    assert swaps.placed <= most.placed <= (most.bound or 0)
    assert swaps.bound is not None
    assert most.placed <= swaps.bound
    assert swaps.bound_without_floor == most.bound_without_floor == cycles.bound_without_floor
    assert cycles.placed <= (cycles.bound_without_floor or 0)


def test_only_max_moves_writes_prices_and_bounds_are_null_unless_asked() -> None:
    tables = one_person_round({"a": 1}, [("x", "", ["a"]), ("y", "", ["a"])])
    files = run_round(tables, seed=SEED, mechanism="max-moves").files()
    assert files["prices.csv"] == b"practice,price\na,2\n"
    assert b'"bound": null' in files["report.json"]
    assert "prices.csv" not in run_round(tables, seed=SEED, bound=True).files()
    assert run_round(tables, seed=SEED, bound=True).report.bound == 1


def test_the_floor_can_cost_a_placement() -> None:
    # The queue gives first place b; without that floor first could wait and let two others pass.
    tables = one_person_round({"b": 1, "c": 0}, [("first", "", ["b"]), ("y", "c", ["b"]), ("z", "", ["c"])])
    problem, queue, best = decided(tables)
    assert persons_placed(problem, best.given) == 1
    assert bounds_of(problem, queue) == (1, 2)


def test_a_member_who_is_already_there_keeps_that_place() -> None:
    tables = household_round(
        {"a": 1, "b": 0}, [("x", [("m3", "")], ["a"]), ("h", [("m1", "a"), ("m2", "b")], ["a"])], no_swaps=["a"]
    )
    problem, _, best = decided(tables)
    assert problem.wish_demand.tolist() == [1, 1]
    assert persons_placed(problem, best.given) == 1


def weight_of(problem: Problem, given_: Longs) -> int:
    """The weight of a result for requests of one person."""
    return int(one_person_weights(problem)[given_[given_ < problem.wish_start[1:]]].sum(dtype=np.int64))


@pytest.mark.parametrize("seed", range(5))
def test_five_solvers_agree_on_some_hundreds_of_requests(seed: int) -> None:
    problem, queue, best = decided(base_instance(200 + 50 * seed, seed=seed))
    for peer in (min_cost_flow, linear_programme, network_simplex, slot_matching):
        given_ = peer.decide(problem, queue)
        assert weight_of(problem, given_) == weight_of(problem, best.given)
        assert np.all(free_places(problem, given_) >= 0)
        assert np.all(given_ <= queue)
    assert faults(problem, queue, best) == []
    assert np.all(best.given <= queue)
    assert weight_of(problem, queue) < weight_of(problem, best.given)


@pytest.mark.soak
def test_three_solvers_agree_on_ten_thousand_requests() -> None:
    problem, queue, best = decided(base_instance(10_000, seed=1))
    for peer in (min_cost_flow, linear_programme):
        assert weight_of(problem, peer.decide(problem, queue)) == weight_of(problem, best.given)
    assert faults(problem, queue, best) == []


def test_the_base_instance_is_placed_as_the_contract_expects() -> None:
    problem, queue, best = decided(base_instance(10_000, seed=3))
    limit = bounds_of(problem, queue, best)
    assert persons_placed(problem, best.given) == limit.with_floor
    assert limit.with_floor >= 0.97 * limit.without_floor
    assert persons_placed(problem, trade(problem, queue)) >= 0.75 * limit.without_floor


def test_without_households_no_solver_is_needed_and_with_them_its_absence_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(whole_households, "SOLVER", "a_solver_that_is_not_there")
    alone = one_person_round({"a": 1}, [("x", "", ["a"])])
    assert run_round(alone, seed=SEED, mechanism="max-moves", bound=True).report.bound == 1
    together = household_round({"a": 2}, [("h", [("m1", ""), ("m2", "")], ["a"])])
    assert run_round(together, seed=SEED, bound=True).report.bound == 2
    with pytest.raises(SolverMissingError):
        run_round(together, seed=SEED, mechanism="max-moves")


def with_households(requests: int, seed: int) -> Tables:
    """The base instance in which every third request is of two people and every ninth of three."""
    tables = base_instance(requests, seed=seed)
    members = tables.members
    rows = [row for row in range(requests) for size in range(1 + (row % 3 == 0) + (row % 9 == 0))]
    return replace(
        tables,
        members=replace(
            members,
            person=[f"{members.person[row]}-{number}" for number, row in enumerate(rows)],
            request=[members.request[row] for row in rows],
            practice=[members.practice[row] for row in rows],
            trades=[members.trades[row] for row in rows],
        ),
    )


@settings(max_examples=100, deadline=None)
@given(tables=rounds(most_requests=9, most_practices=4, largest_household=3))
def test_placing_size_by_size_keeps_room_and_floor_and_never_loses(tables: Tables) -> None:
    problem = build_problem(tables, SEED)
    queue = waiting_list(problem)
    start, better = trade(problem, queue), size_by_size(problem, queue)
    assert figures(problem, better) >= figures(problem, start)
    assert np.all(better <= queue)
    assert np.all(free_places(problem, better) >= 0)


def test_placing_size_by_size_moves_a_pair_that_trading_leaves_behind() -> None:
    # Trading gives the first its first wish; had it taken its second, nobody would be left behind.
    pairs = (("v", "b", ["c", "a"]), ("w", "a", ["c", "b"]), ("x", "b", ["c"]), ("y", "c", ["b"]))
    tables = household_round(
        {"a": 0, "b": 0, "c": 0},
        [(name, [(f"{name}1", at), (f"{name}2", at)], wishes) for name, at, wishes in pairs],
    )
    problem = build_problem(tables, SEED)
    queue = waiting_list(problem)
    assert persons_placed(problem, trade(problem, queue)) == 6
    assert persons_placed(problem, size_by_size(problem, queue)) == 8


@settings(max_examples=40, deadline=None)
@given(tables=families)
def test_a_search_from_scratch_finds_the_best_too(tables: Tables) -> None:
    problem, queue, best = decided(tables)
    made = programme(problem, queue)
    search = Search(problem, made, size_by_size(problem, queue), Effort())
    if len(made.wish):
        search.from_scratch()
    assert figures(problem, search.given) == figures(problem, best.given)


def test_a_search_that_is_not_begun_is_no_worse_than_its_start_and_says_so() -> None:
    problem = build_problem(with_households(400, 2), SEED)
    queue = waiting_list(problem)
    heard: list[str] = []
    full = max_moves(problem, queue, say=heard.append)
    none = max_moves(problem, queue, effort=Effort(columns=0), say=heard.append)
    start = figures(problem, trade(problem, queue))
    assert start <= figures(problem, none.given) <= figures(problem, full.given)
    assert [line.split(":")[0] for line in heard] == ["optimal", "too large for the solver"]
    assert full.replayable
    assert none.replayable
    assert placed_at_most(problem, queue, full.price) <= placed_at_most(problem, queue, none.price)


class StoppedByItsClock(highspy.Highs):
    """A solver whose time is over before it has found anything."""

    def run(self) -> highspy.HighsStatus:
        """Find nothing."""
        return highspy.HighsStatus.kOk

    def getModelStatus(self) -> highspy.HighsModelStatus:  # noqa: N802 - the solver's own name
        """Why it stopped."""
        return highspy.HighsModelStatus.kTimeLimit


def test_a_search_that_a_clock_stopped_gives_its_start_and_says_that_it_cannot_be_replayed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = with_households(100, 3)
    problem = build_problem(tables, SEED)
    queue = waiting_list(problem)
    monkeypatch.setattr(highspy, "Highs", StoppedByItsClock)
    heard: list[str] = []
    stopped = max_moves(problem, queue, effort=Effort(seconds=10.0), say=heard.append)
    assert figures(problem, stopped.given) >= figures(problem, trade(problem, queue))
    assert heard[0].startswith("stopped by the clock: ")
    assert b'"replayable": false' in run_round(tables, seed=SEED, mechanism="max-moves").files()["report.json"]
    assert b'"replayable": true' in run_round(tables, seed=SEED).files()["report.json"]
