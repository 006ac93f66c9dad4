# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether anybody gains by listing other wishes than their own: every list anybody could give, on small markets."""

import sys

import pytest
from tests.unit.engine.misreports import MECHANISMS, SmallMarket, queue_then_swaps, random_markets, with_reserves

SMALL, LARGER = (600, 4, 3), (150, 5, 4)


def manipulable(mechanism: str, size: tuple[int, int, int]) -> int:
    """In how many of these markets somebody gains."""
    count, people, practices = size
    return sum(
        any(market.gains(MECHANISMS[mechanism], market.problem()))
        for market in random_markets(count, people, practices, seed=20261123)
    )


@pytest.mark.parametrize("mechanism", ["waiting-list", "trading-cycles"])
def test_nobody_gains_by_any_other_list_in_any_small_market(mechanism: str) -> None:
    assert manipulable(mechanism, SMALL) == 0


def test_in_some_small_markets_somebody_gains_under_queue_then_swaps() -> None:
    assert 0 < manipulable("queue-then-swaps", SMALL) < 60


@pytest.mark.soak
@pytest.mark.parametrize("size", [SMALL, LARGER], ids=["4 people, 3 practices", "5 people, 4 practices"])
def test_the_share_of_manipulable_markets_is_counted(
    size: tuple[int, int, int], capsys: pytest.CaptureFixture[str]
) -> None:
    found = {mechanism: manipulable(mechanism, size) for mechanism in MECHANISMS}
    with capsys.disabled():
        sys.stdout.write(f"\n{size[0]} markets of {size[1]} people and {size[2]} practices, manipulable: {found}\n")
    assert found["waiting-list"] == found["trading-cycles"] == 0
    assert 0 < found["queue-then-swaps"] < size[0] // 5


def test_the_smallest_known_gain_is_still_the_one_we_publish() -> None:
    # In queue order 0, 3, 2, 1 of the publication: present -1, 2, 2, 1.
    market = SmallMarket([-1, 2, 2, 1], [[1], [0, 1], [], [0]], [1, 0, 0])
    problem = market.problem()
    assert market.result(queue_then_swaps, problem, market.wishes) == [-1, 0, 2, 1]
    assert market.result(queue_then_swaps, problem, [[1, 0], *market.wishes[1:]]) == [1, 2, 2, 0]
    assert (0, (1, 0)) in list(market.gains(queue_then_swaps, problem))


def test_nobody_gains_by_any_other_list_where_places_are_reserved() -> None:
    changed = 0
    for number, market in enumerate(random_markets(600, 4, 3, seed=7)):
        classes = [(number // 2**person) % 2 for person in range(4)]
        reserved = [[0, places if number % 3 else min(places, 1)] for places in market.places]
        decide = with_reserves(market, classes, reserved)
        problem = market.problem()
        assert not list(market.gains(decide, problem))
        plain = market.result(MECHANISMS["waiting-list"], problem, market.wishes)
        changed += market.result(decide, problem, market.wishes) != plain
    assert changed > 10
