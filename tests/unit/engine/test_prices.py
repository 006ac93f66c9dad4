# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Prices that show a result to be the best, checked by arithmetic alone, and all that such a check refuses."""

from dataclasses import dataclass, replace

import pytest

from huisartsplek.engine.verify.prices import PER_PERSON, Asked, check_prices, largest_weight, placed_at_most


@dataclass(frozen=True)
class Claim:
    """A result of one-person requests and its prices, in numbers."""

    capacity: list[int]
    wish_start: list[int]
    wish_practice: list[int]
    given: list[int]
    queue: list[int]
    unit_practice: list[int]
    prices: list[int]

    def faults(self) -> list[tuple[int, int]]:
        """The practices and requests at which it fails."""
        found = check_prices(
            self.capacity,
            self.wish_start,
            self.wish_practice,
            self.given,
            self.queue,
            self.unit_practice,
            self.prices,
        )
        return [(fault.practice, fault.request) for fault in found]


# Three practices; BIG is 2 x (3 + 2) = 10. Request 0 is without practice and wants 0; request 1 holds a unit at 1
# and wants 0, then 2; request 2 holds one at 0 and wants 1. One place is free at 2, and nobody is on its list.
RIGHT = Claim(
    capacity=[1, 1, 1],
    wish_start=[0, 1, 3, 4],
    wish_practice=[0, 0, 2, 1],
    given=[0, 2, 3],
    queue=[1, 3, 4],
    unit_practice=[-1, 1, 0],
    prices=[1, 0, 0],
)


def test_a_person_placed_is_worth_more_than_any_exchange_of_wishes() -> None:
    assert largest_weight(RIGHT.wish_start, 3) == 10
    assert largest_weight([0], 3) == 0


@pytest.mark.parametrize("price", [1, 5, 9])
def test_prices_that_hold_are_accepted(price: int) -> None:
    assert replace(RIGHT, prices=[price, 0, 0]).faults() == []


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (replace(RIGHT, prices=[-1, 0, 0]), [(0, -1)]),
        (replace(RIGHT, prices=[10**13, 0, 0]), [(0, -1)]),
        (replace(RIGHT, prices=[0, 0, 0]), [(-1, 1)]),  # request 1 would rather have 0
        (replace(RIGHT, prices=[10, 0, 0]), [(-1, 0)]),  # request 0 would rather have nothing
        (replace(RIGHT, prices=[1, 0, 9]), [(-1, 1)]),  # request 1 would rather stay
        (replace(RIGHT, prices=[1, 1, 0], capacity=[1, 2, 1]), [(1, -1)]),  # a place left has a price
        (replace(RIGHT, given=[0, 3, 3], capacity=[1, 2, 1]), [(-1, 1)]),  # request 1 stays, with a place left
        (replace(RIGHT, given=[0, 3, 4], capacity=[2, 1, 1]), [(-1, 1), (-1, 2)]),  # so does request 2
        (
            replace(RIGHT, queue=[1, 1, 4], prices=[5, 0, 0]),
            [(-1, 1)],
        ),  # the waiting list gives request 1 practice 0
        (replace(RIGHT, unit_practice=[-1, 1, -1], given=[0, 2, 4]), [(-1, 2)]),
    ],
)
def test_a_claim_is_refused_where_it_fails(wrong: Claim, where: list[tuple[int, int]]) -> None:
    assert wrong.faults() == where


def test_a_round_without_practices_or_requests_needs_no_prices() -> None:
    assert Claim([], [0], [], [], [], [], []).faults() == []
    assert Claim([1], [0, 0], [], [0], [0], [-1], [0]).faults() == []
    assert Claim([1], [0, 0], [], [0], [0], [-1], [1]).faults() == [(0, -1)]


def bound(prices: list[int], *, queue: list[int]) -> int:
    """Two people who move together to 0 or 1, and one who wants 0; three places at 0 and one at 1."""
    asked = Asked([0, 2, 3], [0, 1, 0], queue)
    return placed_at_most([2, 1], [2, 1], asked, [2, 2, 1], [0, 0, 0], [], [], prices)


def test_every_prices_give_a_bound_and_the_right_ones_the_sharpest() -> None:
    assert bound([0, 0], queue=[2, 3]) == 3
    assert bound([PER_PERSON, PER_PERSON], queue=[2, 3]) == 3
    assert bound([0, 0], queue=[0, 3]) == 3
    assert bound([PER_PERSON // 2, 0], queue=[0, 3]) == 2
