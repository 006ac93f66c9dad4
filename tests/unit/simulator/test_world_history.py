# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The year before in the synthetic world: enough to tell a waiting time at some practices, and not at others."""

from collections import Counter
from datetime import date, timedelta

import pytest

from huisartsplek.rules.dates import day_in_amsterdam, is_first_of_quarter
from huisartsplek.simulator.gazetteer import Gazetteer
from huisartsplek.simulator.world import World, build_world
from huisartsplek.simulator.world_history import PastPlacement, draw_history

ON = date(2026, 11, 24)
ENOUGH = 30


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(7, gazetteer=Gazetteer.bundled(), deep_region_requests=600, on=ON)


@pytest.fixture(scope="module")
def history(world: World) -> list[PastPlacement]:
    return draw_history(world)


def test_some_practices_have_enough_history_and_others_have_not(history: list[PastPlacement]) -> None:
    placed = Counter(past.practice for past in history)
    assert sum(count >= ENOUGH for count in placed.values()) > 20
    assert sum(count < ENOUGH for count in placed.values()) > 20


def test_it_is_a_year_of_people_who_waited_and_have_moved(world: World, history: list[PastPlacement]) -> None:
    for past in history:
        assert past.since < past.sure_at
        assert ON - timedelta(days=365) <= day_in_amsterdam(past.sure_at) < past.switched_on < ON
        assert not is_first_of_quarter(past.switched_on)
        assert world.practices[past.practice].region == world.deep_region


def test_larger_practices_took_more_people_and_the_same_seed_tells_the_same(
    world: World, history: list[PastPlacement]
) -> None:
    placed = Counter(past.practice for past in history)
    by_size: dict[str, list[int]] = {}
    for number, count in placed.items():
        by_size.setdefault(world.practices[number].size, []).append(count)
    means = {size: sum(counts) / len(counts) for size, counts in by_size.items()}
    assert means["solo"] < means["duo"] < means["group"]
    assert draw_history(world) == history
