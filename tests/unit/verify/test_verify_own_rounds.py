# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds made without the engine."""

import pytest
from hypothesis import given, settings
from tests.unit.verify.making import ONE_PERSON_MECHANISMS, make_files, small_rounds

from huisartsplek.engine.tables import Tables
from huisartsplek.engine.verify import verify_files


@pytest.mark.parametrize("mechanism", ONE_PERSON_MECHANISMS)
@settings(deadline=None)
@given(tables=small_rounds())
def test_a_right_round_of_one_person_requests_holds(mechanism: str, tables: Tables) -> None:
    assert verify_files(tables, make_files(tables, mechanism, "s"), "s") == []


@settings(deadline=None)
@given(tables=small_rounds(largest_household=3))
def test_a_round_with_households_that_leaves_nothing_free_holds(tables: Tables) -> None:
    assert verify_files(tables, make_files(tables, "waiting-list", "s"), "s") == []
