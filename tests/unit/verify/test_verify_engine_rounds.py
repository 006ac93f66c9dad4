# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's rounds under the verifier: two implementations that share no code, on the same random rounds."""

from random import Random

import pytest
from hypothesis import given, settings
from tests.unit.verify.making import ONE_PERSON_MECHANISMS, random_round, small_rounds
from tests.unit.verify.mutations import every_mutation, only_sources_differ

from huisartsplek.engine import run_round
from huisartsplek.engine.tables import Tables
from huisartsplek.engine.verify import Verifier, verify_files

SEED = "lot 11"


def engine_files(round_: Tables, mechanism: str) -> dict[str, bytes]:
    """The output files of the engine."""
    return run_round(round_, seed=SEED, mechanism=mechanism).files()


@pytest.mark.parametrize("mechanism", ONE_PERSON_MECHANISMS)
@settings(max_examples=300, deadline=None)
@given(round_=small_rounds())
def test_a_small_round_of_one_person_requests_holds(mechanism: str, round_: Tables) -> None:
    assert verify_files(round_, engine_files(round_, mechanism), SEED) == []


@pytest.mark.parametrize("mechanism", ONE_PERSON_MECHANISMS)
@settings(max_examples=300, deadline=None)
@given(round_=small_rounds(largest_household=3))
def test_a_small_round_with_households_holds(mechanism: str, round_: Tables) -> None:
    assert verify_files(round_, engine_files(round_, mechanism), SEED) == []


@pytest.mark.parametrize("largest_household", [1, 4])
@pytest.mark.parametrize("mechanism", ONE_PERSON_MECHANISMS)
def test_a_round_of_a_thousand_requests_holds(mechanism: str, largest_household: int) -> None:
    for number in range(3):
        round_ = random_round(Random(number), 40, 1000, largest_household)
        assert verify_files(round_, engine_files(round_, mechanism), SEED) == []


@pytest.mark.parametrize("largest_household", [1, 3])
@pytest.mark.parametrize("mechanism", ONE_PERSON_MECHANISMS)
def test_every_mutation_of_an_engine_round_is_refused_but_another_cut(
    mechanism: str, largest_household: int
) -> None:
    round_ = random_round(Random(5), 4, 9, largest_household)
    files = engine_files(round_, mechanism)
    verifier = Verifier(round_)
    accepted = [
        name
        for name, mutated in every_mutation(round_, files)
        if not verifier.check(mutated, SEED) and not (largest_household > 1 and only_sources_differ(files, mutated))
    ]
    assert accepted == []
