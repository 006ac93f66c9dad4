# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who gets what: by hand-written rounds, and against every outcome a small round can have."""

import pytest
from hypothesis import given, settings
from tests.unit.engine.markets import household_round, one_person_round, rounds
from tests.unit.engine.oracle import Outcome, SmallRound, small_round

from huisartsplek.engine import RoundResult, run_round
from huisartsplek.engine.tables import Tables

SEED = "drand 1234"


def after(tables: Tables, mechanism: str, seed: str = SEED) -> dict[str, str]:
    """The practice of each request after the round."""
    outcomes = run_round(tables, seed=seed, mechanism=mechanism).outcomes
    return dict(zip(outcomes.request, outcomes.practice, strict=True))


def positions(small: SmallRound, ranks: dict[str, int | None]) -> Outcome:
    """Ranks of the input as positions among the remaining wishes."""
    return tuple(
        len(person.wishes) if ranks[person.request] is None else person.ranks.index(ranks[person.request] or 0)
        for person in small.people
    )


def outcome_of(small: SmallRound, result: RoundResult) -> Outcome:
    """What everybody got."""
    return positions(small, dict(zip(result.outcomes.request, result.outcomes.rank, strict=True)))


def queue_outcome_of(small: SmallRound, result: RoundResult) -> Outcome:
    """What the waiting list alone gives everybody, as the files say."""
    return positions(small, dict(zip(result.outcomes.request, result.outcomes.queue_rank, strict=True)))


def worked_example() -> Tables:
    """Abdulkadiroğlu and Sönmez 1999: four tenants, a newcomer and three empty houses."""
    wished = {"i1": "2 6 5 1", "i2": "7 1 6 5 4 3 2", "i3": "2 1 4 7 3", "i4": "2 4", "i5": "4 3 7 1 2 5 6"}
    return one_person_round(
        {f"h{number}": int(number > 4) for number in range(1, 8)},
        [
            (name, f"h{name[1]}" if name != "i5" else "", [f"h{house}" for house in houses.split()])
            for name, houses in wished.items()
        ],
    )


def test_the_worked_example_comes_out_as_published() -> None:
    assert after(worked_example(), "trading-cycles") == {
        "i1": "h2",
        "i2": "h7",
        "i3": "h1",
        "i4": "h4",
        "i5": "h3",
    }


@pytest.mark.parametrize("mechanism", ["waiting-list", "trading-cycles", "queue-then-swaps"])
def test_a_full_practice_admits_nobody(mechanism: str) -> None:
    tables = one_person_round({"a": 0}, [("x", "", ["a"]), ("y", "", ["a"])])
    assert after(tables, mechanism) == {"x": "", "y": ""}


def test_a_leaver_makes_room_for_the_first_in_the_queue() -> None:
    tables = one_person_round({"a": 0, "b": 1}, [("late", "a", ["b"]), ("first", "", ["a"]), ("next", "", ["a"])])
    assert after(tables, "waiting-list") == {"late": "b", "first": "a", "next": ""}


@pytest.mark.parametrize("mechanism", ["waiting-list", "trading-cycles", "queue-then-swaps"])
def test_a_practice_that_does_not_swap_refills_nothing(mechanism: str) -> None:
    tables = one_person_round({"a": 0, "b": 1}, [("x", "a", ["b"]), ("y", "", ["a"])], no_swaps=["a"])
    assert after(tables, mechanism) == {"x": "b", "y": ""}


@pytest.mark.parametrize("mechanism", ["waiting-list", "trading-cycles", "queue-then-swaps"])
def test_a_place_that_nobody_confirmed_frees_nothing(mechanism: str) -> None:
    tables = one_person_round({"a": 0, "b": 1}, [("x", "a", ["b"]), ("y", "", ["a"])], not_trading=["x"])
    assert after(tables, mechanism) == {"x": "b", "y": ""}


def test_two_people_swap_only_where_no_newcomer_is_overtaken_in_the_waiting_list() -> None:
    tables = one_person_round({"a": 0, "b": 0}, [("new", "", ["a"]), ("x", "a", ["b"]), ("y", "b", ["a"])])
    assert after(tables, "waiting-list") == {"new": "", "x": "a", "y": "b"}
    assert after(tables, "queue-then-swaps") == {"new": "", "x": "b", "y": "a"}


def test_a_place_the_waiting_list_gave_may_be_traded_even_where_the_practice_does_not_swap() -> None:
    people = [("z", "", ["b"]), ("x", "", ["b", "c"]), ("y", "b", ["c"])]
    tables = one_person_round({"b": 0, "c": 1}, people, no_swaps=["c"])
    assert after(tables, "waiting-list") == {"z": "", "x": "c", "y": "b"}
    assert after(tables, "queue-then-swaps") == {"z": "", "x": "b", "y": "c"}


def test_the_fake_queue_part_is_not_what_the_engine_makes() -> None:
    tables = one_person_round({"h0": 0, "h1": 0}, [("a", "h1", ["h0"]), ("b", "h1", ["h0"]), ("c", "h0", ["h1"])])
    result = run_round(tables, seed=SEED)
    assert dict(zip(result.outcomes.request, result.outcomes.queue_rank, strict=True)) == {
        "a": 1,
        "b": None,
        "c": 1,
    }
    assert after(tables, "queue-then-swaps") == {"a": "h0", "b": "h1", "c": "h1"}


def test_wishing_for_a_practice_one_does_not_want_can_pay_in_a_known_rare_case() -> None:
    truth = [("p0", "", ["h1"]), ("p3", "h2", ["h0", "h1"]), ("p2", "h2", []), ("p1", "h1", ["h0"])]
    places = {"h0": 1, "h1": 0, "h2": 0}
    assert after(one_person_round(places, truth), "queue-then-swaps")["p0"] == ""
    told = [("p0", "", ["h1", "h0"]), *truth[1:]]
    assert after(one_person_round(places, told), "queue-then-swaps")["p0"] == "h1"


@settings(max_examples=150, deadline=None)
@given(tables=rounds(most_requests=5, most_practices=3))
def test_the_waiting_list_is_the_stable_outcome_that_is_best_for_everyone(tables: Tables) -> None:
    small = small_round(tables, SEED)
    outcome = outcome_of(small, run_round(tables, seed=SEED, mechanism="waiting-list"))
    stable = [other for other in small.outcomes() if small.is_stable(other)]
    assert outcome in stable
    assert all(mine <= other for another in stable for mine, other in zip(outcome, another, strict=True))


@pytest.mark.parametrize("mechanism", ["trading-cycles", "queue-then-swaps"])
@settings(max_examples=150, deadline=None)
@given(tables=rounds(most_requests=5, most_practices=3))
def test_no_outcome_is_better_for_somebody_and_worse_for_nobody(mechanism: str, tables: Tables) -> None:
    small = small_round(tables, SEED)
    outcome = outcome_of(small, run_round(tables, seed=SEED, mechanism=mechanism))
    assert outcome in set(small.outcomes())
    assert not small.is_improved_by_another(outcome)


@settings(max_examples=150, deadline=None)
@given(tables=rounds(most_requests=6, most_practices=4))
def test_nobody_ends_below_the_waiting_list(tables: Tables) -> None:
    small = small_round(tables, SEED)
    result = run_round(tables, seed=SEED)
    queue = queue_outcome_of(small, result)
    assert queue == outcome_of(small, run_round(tables, seed=SEED, mechanism="waiting-list"))
    assert all(got <= floor for got, floor in zip(outcome_of(small, result), queue, strict=True))


def test_trading_cycles_can_put_somebody_below_the_waiting_list() -> None:
    # x would have gone to c and left b to the newcomer; the swap of x and y leaves nobody's place to her.
    tables = one_person_round({"a": 0, "b": 1}, [("x", "a", ["b"]), ("new", "", ["a"]), ("y", "b", ["a"])])
    assert after(tables, "waiting-list")["new"] == "a"
    below = one_person_round(
        {"a": 0, "b": 0, "c": 1}, [("y", "b", ["a"]), ("new", "", ["b"]), ("x", "a", ["b", "c"])]
    )
    queue = after(below, "waiting-list")
    traded = after(below, "trading-cycles")
    assert queue == {"y": "a", "new": "b", "x": "c"}
    assert traded == {"y": "a", "new": "", "x": "b"}


def test_a_household_moves_whole_or_not_at_all() -> None:
    tables = household_round(
        {"a": 1, "b": 2}, [("h", [("m1", ""), ("m2", "")], ["a", "b"]), ("x", [("m3", "")], ["a"])]
    )
    for mechanism in ("waiting-list", "trading-cycles", "queue-then-swaps"):
        assert after(tables, mechanism) == {"h": "b", "x": "a"}


def test_a_member_who_is_already_there_takes_no_place() -> None:
    tables = household_round({"a": 1}, [("h", [("m1", "a"), ("m2", "")], ["a"])])
    result = run_round(tables, seed=SEED)
    assert result.moves.person == ["m2"]
    assert result.report.placed == 2
    assert result.outcomes.practice == ["a"]


def test_two_households_of_one_size_swap() -> None:
    tables = household_round(
        {"a": 0, "b": 0},
        [
            ("new", [("n", "")], ["a"]),
            ("h", [("h1", "a"), ("h2", "a")], ["b"]),
            ("g", [("g1", "b"), ("g2", "b")], ["a"]),
        ],
    )
    assert after(tables, "queue-then-swaps") == {"new": "", "h": "b", "g": "a"}


def test_a_household_that_does_not_fit_is_told_so() -> None:
    tables = household_round({"a": 1}, [("h", [("m1", ""), ("m2", "")], ["a"])])
    assert run_round(tables, seed=SEED).outcomes.reason == ["household-does-not-fit"]


def test_a_household_over_two_practices_has_no_right_to_bring_the_other_member() -> None:
    tables = household_round(
        {"a": 1, "b": 0}, [("x", [("m3", "")], ["a"]), ("h", [("m1", "a"), ("m2", "b")], ["a"])]
    )
    assert after(tables, "waiting-list") == {"x": "a", "h": ""}
