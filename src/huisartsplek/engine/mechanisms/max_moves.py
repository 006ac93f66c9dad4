# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Most persons placed above the floor, then the lowest sum of the positions of their wishes.

One-person requests: exact, by prices that rise until nobody is turned away (`clearing.py`). With households: the
best that HiGHS finds within a fixed amount of work, beginning from `queue-then-swaps` with the requests of each
size placed exactly around all others; never worse than that.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from huisartsplek.engine.compiled import Flags, Ints, Longs
from huisartsplek.engine.mechanisms.clearing import Choices, clear
from huisartsplek.engine.mechanisms.holdings import free_places
from huisartsplek.engine.mechanisms.trading import trade
from huisartsplek.engine.mechanisms.whole_households import (
    Effort,
    better_prices,
    improve,
    total_weight,
    weights,
)
from huisartsplek.engine.problem import Problem

PER_PERSON = 1_000_000  # a price of 1 is a millionth of a person, in rounds with households


class Best(NamedTuple):
    """A wish per request, a price per practice, and whether the same input gives the same again."""

    given: Longs
    price: Longs
    replayable: bool


class Bounds(NamedTuple):
    """No result places more persons than this: above the floor, and without it."""

    with_floor: int
    without_floor: int


def positions(problem: Problem) -> Longs:
    """The position of each wish among the remaining wishes of its request, from 1."""
    start = problem.wish_start
    place: Longs = np.arange(start[-1]) - start[:-1][problem.wish_request] + 1
    return place


def one_person_weights(problem: Problem) -> Ints:
    """The weight of each wish where requests are of one person: any person placed outweighs all positions."""
    longest = int(np.diff(problem.wish_start).max(initial=0))
    big = longest * (len(problem.practices) + 2)
    return (big - positions(problem)).astype(np.int32)


def choices_by_person(problem: Problem, floor: Longs, worth: Ints) -> Choices:
    """What each person may have on their own: wishes down to the floor, and staying unless that is a wish.

    Somebody who is at a wished practice already takes a place there only where leaving would free it.
    """
    owner = problem.member_request
    first = problem.wish_start[:-1][owner]
    may_stay = floor[owner] == problem.wish_start[1:][owner]
    wishes = floor[owner] - first + ~may_stay
    count = wishes + may_stay
    start = np.zeros(len(owner) + 1, np.int64)
    np.cumsum(count, out=start[1:])
    person = np.repeat(np.arange(len(owner)), count)
    nth = np.arange(start[-1]) - start[:-1][person]
    wished = nth < wishes[person]
    wish = (first[person] + nth)[wished]

    nowhere = len(problem.practices)
    present = np.where(problem.member_frees, problem.member_practice, nowhere)
    practice = present[person]
    practice[wished] = problem.wish_practice[wish]
    value = np.zeros(len(person), np.int32)
    value[wished] = worth[wish]
    fixed = ~problem.member_frees & (problem.member_practice >= 0)
    practice[fixed[person] & (practice == problem.member_practice[person])] = nowhere
    return Choices(start, practice.astype(np.int32), value, problem.capacity)


def _only(choices: Choices, who: Flags, capacity: Longs) -> Choices:
    """The choices of some requests."""
    count = np.diff(choices.start)
    kept = np.repeat(who, count)
    start = np.zeros(int(who.sum()) + 1, np.int64)
    np.cumsum(count[who], out=start[1:])
    return Choices(start, choices.practice[kept], choices.value[kept], capacity)


def _alike(problem: Problem, size: int) -> Flags:
    """Requests of this many people who all leave one practice, or none, and take as many places anywhere."""
    requests = len(problem.requests)
    units = np.zeros(requests, np.int64)
    np.add.at(units, np.repeat(np.arange(requests), np.diff(problem.unit_start)), problem.unit_count)
    together = (units == 0) | ((units == size) & (np.diff(problem.unit_start) == 1))
    alike: Flags = (np.diff(problem.member_start) == size) & together
    alike[problem.wish_request[problem.wish_demand != size]] = False
    return alike


def _rearranged(problem: Problem, given: Longs, alike: Flags, size: int, every: Choices) -> Longs:
    """The best for these requests of one size while all others hold what they hold: they count as one person."""
    stays = given == problem.wish_start[1:]
    free = free_places(problem, given)
    got = given[alike & ~stays]
    np.add.at(free, problem.wish_practice[got], problem.wish_demand[got])
    units = np.repeat(alike & stays, np.diff(problem.unit_start))
    np.add.at(free, problem.unit_practice[units], problem.unit_count[units])
    first = np.zeros(len(problem.persons), np.bool_)
    first[problem.member_start[:-1][alike]] = True
    theirs = _only(every, first, free // size)
    better = given.copy()
    better[alike] = problem.wish_start[:-1][alike] + clear(theirs).option - theirs.start[:-1]
    return better


def size_by_size(problem: Problem, queue: Longs) -> Longs:
    """From `queue-then-swaps` on, the requests of each size placed as well as can be around all others.

    Sizes take turns until none gains. Every turn is exact and never makes the total worse.
    """
    given = trade(problem, queue)
    every = choices_by_person(problem, queue, one_person_weights(problem))
    sizes = [(size, _alike(problem, size)) for size in np.unique(np.diff(problem.member_start)).tolist()]
    worth, before = weights(problem), -1
    while before < (now := total_weight(problem, worth, given)):
        before = now
        for size, alike in sizes:
            given = _rearranged(problem, given, alike, size, every)
    return given


def max_moves(
    problem: Problem,
    queue: Longs,
    *,
    effort: Effort | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Best:
    """The best result above the floor `queue`, or with households the best found with this effort."""
    if not problem.has_households:
        choices = choices_by_person(problem, queue, one_person_weights(problem))
        option, price = clear(choices)
        return Best(problem.wish_start[:-1] + option - choices.start[:-1], price, replayable=True)
    effort = effort or Effort()
    start = size_by_size(problem, queue)
    found = improve(problem, queue, start, effort)
    price = bound_prices(problem, queue)
    other = better_prices(problem, queue, effort, PER_PERSON)
    if other is not None and placed_at_most(problem, queue, other) < placed_at_most(problem, queue, price):
        price = other
    placed, most = persons_placed(problem, found.given), placed_at_most(problem, queue, price)
    say(f"{found.stopped}: {placed} persons placed, at most {most} can be (gap {most - placed})")
    return Best(found.given, price, replayable=found.replayable)


def persons_placed(problem: Problem, given: Longs) -> int:
    """The persons in requests that get a wish."""
    return int(np.diff(problem.member_start)[given < problem.wish_start[1:]].sum())


def bound_prices(problem: Problem, floor: Longs) -> Longs:
    """Prices in millionths of a person, the best ones for households that may be split."""
    worth = np.ones(len(problem.wish_practice), np.int32)
    price: Longs = clear(choices_by_person(problem, floor, worth)).price * PER_PERSON
    return price


def placed_at_most(problem: Problem, floor: Longs, price: Longs) -> int:
    """What these prices prove: everybody's best less its price, and the price of all places, in whole persons."""
    size = np.diff(problem.member_start)[problem.wish_request]
    gain = size * PER_PERSON - price[problem.wish_practice] * problem.wish_demand
    best = np.zeros(len(floor), np.int64)
    owner = np.repeat(np.arange(len(floor)), np.diff(problem.unit_start))
    np.subtract.at(best, owner, price[problem.unit_practice] * problem.unit_count)
    best[floor < problem.wish_start[1:]] = np.iinfo(np.int64).min
    allowed = np.arange(len(gain)) <= floor[problem.wish_request]
    np.maximum.at(best, problem.wish_request[allowed], gain[allowed])
    return int(best.sum() + (problem.capacity * price).sum()) // PER_PERSON


def bounds_of(problem: Problem, queue: Longs, best: Best | None = None) -> Bounds:
    """How many persons any result could place at most; for one-person requests exactly how many one can.

    With households, a result of `max-moves` brings prices of its own, and the bound is what those prove.
    """
    no_floor = problem.wish_start[1:]
    without_floor = placed_at_most(problem, no_floor, bound_prices(problem, no_floor))
    if best is None:
        with_floor = placed_at_most(problem, queue, bound_prices(problem, queue))
    elif problem.has_households:
        with_floor = placed_at_most(problem, queue, best.price)
    else:
        with_floor = persons_placed(problem, best.given)
    return Bounds(with_floor, without_floor)
