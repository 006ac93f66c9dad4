# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The waiting list beside hospitals and residents, as another package decides them."""

import numpy as np
import pytest
from benchmarks.peers import hospital_resident

from huisartsplek.engine.mechanisms import waiting_list
from huisartsplek.engine.problem import build_problem
from huisartsplek.simulator.instances import Shape, base_instance

SEED = "drand 1234"


@pytest.mark.slow
def test_three_thousand_people_without_a_practice_get_what_hospital_resident_gives() -> None:
    problem = build_problem(base_instance(3_000, seed=2, shape=Shape(without=1.0, open_share=0.9)), SEED)
    assert len(problem.unit_count) == 0
    queue = waiting_list(problem)
    got = queue < problem.wish_start[1:]
    assert 0 < got.sum() < len(got)
    assert np.array_equal(hospital_resident.decide(problem, queue), queue)


@pytest.mark.parametrize("seed", range(4))
def test_with_present_places_too_they_give_the_same(seed: int) -> None:
    problem = build_problem(base_instance(250, seed=seed, shape=Shape(requests_per_practice=25)), SEED)
    queue = waiting_list(problem)
    moved = queue < problem.wish_start[1:]
    assert moved[np.diff(problem.unit_start) > 0].any()
    assert np.array_equal(hospital_resident.decide(problem, queue), queue)
