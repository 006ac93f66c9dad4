# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's rounds under the verifier: two implementations that share no code, on the same random rounds."""

from random import Random

import pytest
from hypothesis import given, settings
from tests.unit.verify.making import ONE_PERSON_MECHANISMS, random_round, small_rounds
from tests.unit.verify.mutations import (
    every_mutation,
    only_prices_differ,
    only_sources_differ,
    only_the_bound_without_floor_is_higher,
)

from huisartsplek.engine import run_round
from huisartsplek.engine.tables import Tables
from huisartsplek.engine.verify import Verifier, verify_files

SEED = "lot 11"
MECHANISMS = (*ONE_PERSON_MECHANISMS, "max-moves")


def engine_files(round_: Tables, mechanism: str) -> dict[str, bytes]:
    """The output files of the engine."""
    return run_round(round_, seed=SEED, mechanism=mechanism, bound=mechanism == "max-moves").files()


@pytest.mark.parametrize("mechanism", MECHANISMS)
@settings(max_examples=300, deadline=None)
@given(round_=small_rounds())
def test_a_small_round_of_one_person_requests_holds(mechanism: str, round_: Tables) -> None:
    assert verify_files(round_, engine_files(round_, mechanism), SEED) == []


@pytest.mark.parametrize("mechanism", MECHANISMS)
@settings(max_examples=300, deadline=None)
@given(round_=small_rounds(largest_household=3))
def test_a_small_round_with_households_holds(mechanism: str, round_: Tables) -> None:
    assert verify_files(round_, engine_files(round_, mechanism), SEED) == []


@pytest.mark.parametrize("largest_household", [1, 4])
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_a_round_of_a_thousand_requests_holds(mechanism: str, largest_household: int) -> None:
    requests = 200 if largest_household > 1 and mechanism == "max-moves" else 1000
    for number in range(3):
        round_ = random_round(Random(number), requests // 25, requests, largest_household)
        assert verify_files(round_, engine_files(round_, mechanism), SEED) == []


@pytest.mark.parametrize("largest_household", [1, 3])
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_every_mutation_of_an_engine_round_is_refused_that_is_no_other_cut_certificate_or_bound(
    mechanism: str, largest_household: int
) -> None:
    round_ = random_round(Random(5), 4, 9, largest_household)
    files = engine_files(round_, mechanism)
    verifier = Verifier(round_)
    accepted = [
        name
        for name, mutated in every_mutation(round_, files)
        if not verifier.check(mutated, SEED)
        and not (largest_household > 1 and only_sources_differ(files, mutated))
        and not (mechanism == "max-moves" and only_prices_differ(files, mutated))
        and not only_the_bound_without_floor_is_higher(files, mutated)
    ]
    # A clock may have stopped the solver that households need; files cannot tell.
    stopped = ["report.json ('replayable',)=False"] if mechanism == "max-moves" and largest_household > 1 else []
    assert accepted == stopped
