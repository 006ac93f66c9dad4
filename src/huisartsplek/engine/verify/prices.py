# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether prices show that nobody could have placed more people: plain arithmetic, no solver.

A result is worth the sum of its wishes' weights. If, at some prices, everybody holds what is worth most to them
less its price, and only practices without a free place have a price, then no other result that room and the floor
allow is worth more: what any of them is worth is at most what everybody's best is worth less its price, plus the
price of all places, and this result reaches that. `docs/algorithms/max-moves.md` has the proof.

Requests are numbered, and so are wishes, by request and from most to least wanted: those of request r are
[wish_start[r], wish_start[r + 1]). In `given` and `queue` the end of these stands for "no wish".
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

HIGHEST_PRICE = 10**12
PER_PERSON = 1_000_000  # prices of a round with households are in millionths of a person

IntArray = npt.NDArray[np.int64]
Numbers = Sequence[int] | npt.NDArray[np.integer]


class PriceFault(NamedTuple):
    """What does not hold, at which practice or for which request; -1 for the other of the two."""

    practice: int
    request: int
    message: str


class Asked(NamedTuple):
    """What each request may hold: its wishes down to the floor, and staying, unless the floor is a wish."""

    wish_start: Numbers
    wish_practice: Numbers
    queue: Numbers


def largest_weight(wish_start: Numbers, practices: int) -> int:
    """What one person placed is worth: more than all positions that any exchange of wishes can differ in."""
    return int(np.diff(_ints(wish_start)).max(initial=0)) * (practices + 2)


def check_prices(
    capacity: Numbers,
    wish_start: Numbers,
    wish_practice: Numbers,
    given: Numbers,
    queue: Numbers,
    unit_practice: Numbers,
    prices: Sequence[int],
) -> Iterator[PriceFault]:
    """Why these prices do not show that a result of one-person requests is the best; nothing when they do.

    `unit_practice` is each request's present practice where its place would be freed, else -1. That the
    result keeps room and the floor, and gives everybody a wish of their own or none, is for others to check.
    O(wishes).
    """
    yield from check_form(prices)
    if any(check_form(prices)):
        return
    price, start, got = _ints(prices), _ints(wish_start), _ints(given)
    unit, practice = _ints(unit_practice), _ints(wish_practice)
    stays = got == start[1:]
    held = np.where(stays, unit, practice[np.minimum(got, len(practice) - 1)] if len(practice) else unit)
    free = _ints(capacity) - np.bincount(held[held >= 0], minlength=len(price))
    for one in np.flatnonzero((free > 0) & (price > 0)).tolist():
        yield PriceFault(one, -1, f"the price is {price[one]}, but {free[one]} places are left: it must be 0")

    weight = largest_weight(wish_start, len(price))
    gain = weight - _positions(start) - price[practice]
    staying = -np.where(unit >= 0, price[unit] if len(price) else 0, 0)
    best = best_gain(Asked(wish_start, wish_practice, queue), gain, staying)
    has = np.where(stays, staying, gain[np.minimum(got, len(gain) - 1)] if len(gain) else staying)
    for one in np.flatnonzero(has != best).tolist():
        yield PriceFault(-1, one, f"at these prices it holds what is worth {has[one]}, but could hold {best[one]}")


def check_form(prices: Sequence[int]) -> Iterator[PriceFault]:
    """A price is a whole number from 0 up, within reason."""
    for practice, price in enumerate(prices):
        if not 0 <= price <= HIGHEST_PRICE:
            yield PriceFault(practice, -1, f"the price must be from 0 to {HIGHEST_PRICE}")


def best_gain(asked: Asked, gain: IntArray, staying: IntArray) -> IntArray:
    """The most of what each request may hold: of `gain` by wish, and of `staying` by request."""
    start, queue = _ints(asked.wish_start), _ints(asked.queue)
    by_queue = queue < start[1:]
    request = np.repeat(np.arange(len(queue)), np.diff(start))
    allowed = np.arange(len(gain)) <= queue[request]
    least = np.iinfo(np.int64).min
    best = np.where(by_queue, least, staying)
    np.maximum.at(best, request[allowed], gain[allowed])
    return best


def placed_at_most(
    capacity: Numbers,
    size: Numbers,
    asked: Asked,
    wish_demand: Numbers,
    unit_start: Numbers,
    unit_practice: Numbers,
    unit_count: Numbers,
    prices: Sequence[int],
) -> int:
    """No result places more persons than this, households whole or not: any prices in millionths give a bound.

    `size` is the number of members by request, `wish_demand` the places a wish takes inside the capacity;
    request r stays on unit_count[u] places at unit_practice[u], u in [unit_start[r], unit_start[r + 1]).
    O(wishes + units).
    """
    price, start = _ints(prices), _ints(asked.wish_start)
    if not len(price):
        return 0
    persons = np.repeat(_ints(size), np.diff(start))
    gain = persons * PER_PERSON - price[_ints(asked.wish_practice)] * _ints(wish_demand)
    staying = np.zeros(len(start) - 1, np.int64)
    owner = np.repeat(np.arange(len(staying)), np.diff(_ints(unit_start)))
    np.subtract.at(staying, owner, price[_ints(unit_practice)] * _ints(unit_count))
    best = best_gain(asked, gain, staying)
    worth = sum(best.tolist()) + sum((_ints(capacity) * price).tolist())
    return int(worth) // PER_PERSON


def _positions(start: IntArray) -> IntArray:
    """The position of each wish among those of its request, from 1."""
    return np.arange(start[-1]) - np.repeat(start[:-1], np.diff(start)) + 1


def _ints(numbers: Numbers) -> IntArray:
    return np.asarray(numbers, dtype=np.int64)
