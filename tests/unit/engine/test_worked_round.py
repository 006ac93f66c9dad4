# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The round worked by hand in docs/algorithms/mechanisms.md comes out as it is written there."""

import pytest
from tests.unit.engine.counterfactual import change
from tests.unit.engine.markets import one_person_round

from huisartsplek.engine import Problem, explain, solve, verify
from huisartsplek.engine.explaining import NoPlace, NotGot, NothingToGive, OwnOnly

SEED = "by hand"
TABLES = one_person_round(
    {"p": 0, "q": 0, "r": 0}, [("n", "", ["p"]), ("a", "p", ["q"]), ("b", "q", ["p", "r"]), ("c", "r", ["p"])]
)
PROBLEM = Problem.of(TABLES, seed=SEED)


@pytest.mark.parametrize(
    ("mechanism", "moves"),
    [
        ("waiting-list", {}),
        ("trading-cycles", {"a": "q", "b": "p"}),
        ("queue-then-swaps", {"a": "q", "b": "p"}),
        ("max-moves", {"a": "q", "b": "r", "c": "p"}),
    ],
)
def test_each_mechanism_moves_whom_the_page_says(mechanism: str, moves: dict[str, str]) -> None:
    result = solve(PROBLEM, mechanism=mechanism)
    assert dict(zip(result.moves.person, result.moves.to, strict=True)) == moves
    assert verify(PROBLEM, result) == []


def test_the_newcomer_is_told_what_the_page_says_and_a_place_more_helps() -> None:
    result = solve(PROBLEM)
    (wish,) = explain(PROBLEM, result, "n").wishes
    assert wish.why == NotGot(OwnOnly(0), NothingToGive(NoPlace.NO_PRACTICE))
    outcomes = result.outcomes
    assert dict(zip(outcomes.request, outcomes.reason, strict=True))["n"] == "passed-in-swap"
    roomier = solve(Problem.of(change(TABLES, more_places={"p": 1}), seed=SEED), mechanism="waiting-list")
    assert dict(zip(roomier.moves.person, roomier.moves.to, strict=True))["n"] == "p"
