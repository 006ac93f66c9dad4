# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which practice more would have helped: each proposal holds in the round decided again, none is overlooked."""

import pytest
from hypothesis import given, settings
from tests.unit.engine.counterfactual import change
from tests.unit.engine.markets import household_round, one_person_round, rounds

from huisartsplek.engine import Problem, run_round, what_helps
from huisartsplek.engine.another_wish import AnotherWish, Way
from huisartsplek.engine.tables import Tables

SEED = "drand 1234"
singles = rounds(most_requests=7, most_practices=4)


def proposed(
    tables: Tables, request: str, mechanism: str = "queue-then-swaps", among: list[str] | None = None
) -> AnotherWish | None:
    result = run_round(tables, seed=SEED, mechanism=mechanism)
    return what_helps(Problem.of(tables, seed=SEED), result, request, among=among)


def goes_to(tables: Tables, request: str, mechanism: str) -> str:
    """The practice a request moves to, if it moves."""
    outcomes = run_round(tables, seed=SEED, mechanism=mechanism).outcomes
    row = list(outcomes.request).index(request)
    return outcomes.practice[row] if outcomes.outcome[row] == "moved" else ""


@pytest.mark.parametrize("mechanism", ["waiting-list", "queue-then-swaps"])
@settings(max_examples=150, deadline=None)
@given(tables=singles)
def test_what_is_proposed_helps_and_where_nothing_is_nothing_would(mechanism: str, tables: Tables) -> None:
    names = list(tables.practices.practice)
    now = dict(zip(tables.members.request, tables.members.practice, strict=True))
    wished = set(zip(tables.wishes.request, tables.wishes.practice, strict=True))
    for request in tables.requests.request:
        found = proposed(tables, request, mechanism, names)
        if goes_to(tables, request, mechanism):
            assert found is None
            continue
        new = [name for name in names if name != now[request] and (request, name) not in wished]
        helping = {
            name for name in new if goes_to(change(tables, last_wish=(request, name)), request, mechanism) == name
        }
        # A wish below the present practice does not count, so somebody who named that one cannot be helped so.
        if (request, now[request]) in wished:
            continue
        assert (found.practice in helping) if found else not helping


def test_a_free_place_is_proposed() -> None:
    tables = one_person_round({"a": 1, "b": 1}, [("x", "", ["a"]), ("me", "", ["a"]), ("y", "", ["a"])])
    assert proposed(tables, "me", among=["b"]) == AnotherWish("b", Way.FREE_PLACE)
    assert proposed(tables, "me", among=[]) is None


def test_only_what_is_wished_by_people_who_share_a_wish_is_proposed_unasked() -> None:
    people = [("x", "", ["a"]), ("me", "", ["a"]), ("y", "", ["a", "near"]), ("z", "", ["far"])]
    tables = one_person_round({"a": 1, "far": 3, "near": 3}, people)
    assert proposed(tables, "me") == AnotherWish("near", Way.FREE_PLACE)


def test_a_full_practice_whose_last_newcomer_is_further_back_is_proposed() -> None:
    people = [("x", "", ["a"]), ("me", "", ["a"]), ("y", "", ["a", "b"])]
    tables = one_person_round({"a": 1, "b": 1}, people)
    assert proposed(tables, "me") == AnotherWish("b", Way.EARLIER)
    assert proposed(tables, "y") is None


def test_a_practice_whose_last_newcomer_goes_back_home_is_tried_and_not_proposed() -> None:
    # With b in my wishes home goes back to h, first needs b then, and stands before me.
    people = [("first", "", ["h", "b"]), ("me", "", ["a"]), ("home", "h", ["b"]), ("y", "", ["a", "b"])]
    tables = one_person_round({"a": 0, "b": 1, "h": 0}, people)
    assert goes_to(tables, "home", "queue-then-swaps") == "b"
    assert proposed(tables, "me") is None
    assert goes_to(change(tables, last_wish=("me", "b")), "me", "queue-then-swaps") == ""


def test_a_practice_with_which_a_swap_closes_is_proposed_to_who_can_give_a_place() -> None:
    people = [("me", "h", ["a"]), ("x", "b", ["a", "h"])]
    tables = one_person_round({"a": 0, "b": 0, "h": 0}, people)
    assert proposed(tables, "me", among=["b"]) == AnotherWish("b", Way.SWAP)
    assert proposed(tables, "me", "waiting-list", among=["b"]) == AnotherWish("b", Way.SWAP)
    bound = one_person_round({"a": 0, "b": 0, "h": 0}, people, not_trading=["me"])
    assert proposed(bound, "me", among=["b"]) is None


def test_a_household_is_proposed_only_what_it_fits_in() -> None:
    people = [("h", [("h1", ""), ("h2", "")], ["a"])]
    tables = household_round({"a": 0, "b": 1, "c": 2}, people)
    assert proposed(tables, "h", among=["b", "c"]) == AnotherWish("c", Way.FREE_PLACE)
    assert proposed(tables, "h", among=["b"]) is None


def test_a_wish_that_changes_the_queue_and_is_had_in_the_swaps_after_it_is_proposed_as_a_swap() -> None:
    # With p2 or p3 in my wishes nobody moves by the queue any more, and a circle through me closes.
    people = [("a", "", ["p0"]), ("b", "p2", []), ("c", "p0", ["p1"]), ("me", "p0", [])]
    people += [("d", "p3", ["p1", "p2"]), ("e", "p2", ["p0", "p3"])]
    tables = one_person_round(dict.fromkeys(("p0", "p1", "p2", "p3"), 0), people)
    found = proposed(tables, "me", among=["p1", "p2", "p3"])
    assert found is not None
    assert found.way is Way.SWAP
    assert goes_to(change(tables, last_wish=("me", found.practice)), "me", "queue-then-swaps") == found.practice
