# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must stand in the files, in words and figures, given which wish each request gets."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from huisartsplek.engine.compiled import Ints, Longs, compiled
from huisartsplek.engine.verify.case import Case
from huisartsplek.engine.verify.judgement import NONE, Cut, Market

OUTCOMES = ("moved", "stays", "waits")


def outcomes_of(market: Market, given: Ints) -> tuple[Longs, Ints]:
    """For each request which of OUTCOMES it has, and the practice of all its members after the round."""
    without = np.zeros(len(given), np.bool_)
    without[market.request_of[market.present == NONE]] = True
    moved = given != NONE
    return np.where(moved, 0, np.where(without, 2, 1)), np.where(moved, market.wish_practice[given], market.home)


def counts_of(case: Case, given: Ints) -> dict[str, object]:
    """The counts of the report that follow from who gets what."""
    outcome, _ = outcomes_of(case.market, given)
    requests = np.bincount(outcome, minlength=3).tolist()
    persons = np.bincount(outcome[case.market.request_of], minlength=3).tolist()
    ranks = Counter(case.rank_of[given[given != NONE]].tolist())
    return {
        "persons_by_outcome": dict(zip(OUTCOMES, persons, strict=True)),
        "placed": persons[0],
        "requests_by_outcome": dict(zip(OUTCOMES, requests, strict=True)),
        "requests_by_rank": {case.ranks.text(rank): count for rank, count in ranks.items()},
    }


def placed_by(market: Market, given: Ints) -> int:
    """The persons in requests that get a wish."""
    return int((given[market.request_of] != NONE).sum())


@dataclass(frozen=True)
class OneNo:
    """How many requests fall with one "no", over all that move."""

    largest: int
    mean: Fraction
    p95: int


def sizes_of(cut: Cut) -> dict[str, int]:
    """How many exchanges there are of each number of persons."""
    return {str(size): count for size, count in Counter(cut.persons.tolist()).items()}


def one_no(market: Market, to: Ints, source: Ints) -> OneNo:
    """What one "no" takes out, given whose place each takes; the p95 by nearest rank."""
    counts = falls(market, to, source)
    if not len(counts):
        return OneNo(0, Fraction(0), 0)
    so_many = np.cumsum(np.bincount(counts))
    nearest_rank = -(-95 * len(counts) // 100)
    mean = Fraction(int(counts.sum()), len(counts))
    return OneNo(len(so_many) - 1, mean, int(np.searchsorted(so_many, nearest_rank)))


@compiled
def falls(market: Market, to: Ints, source: Ints) -> Ints:
    """For each request that moves how many one "no" of it takes out: itself, all who follow, and theirs.

    Who has one follower at most stands in a row, which is gone through once: each in it takes out one more than the
    next, or as many when the row closes. Only for households, and whoever is before one in a row, all are counted.
    """
    follower = np.full(len(to), NONE, np.int32)
    taken = np.flatnonzero((to != NONE) & (source != NONE))
    follower[source[taken]] = taken
    moves = np.zeros(len(market.request_row), np.bool_)
    moves[market.request_of[to != NONE]] = True
    count = np.zeros(len(moves), np.int32)
    stands_in_row = np.diff(market.first_member) == 1  # until it is found to lead to a household
    row = np.empty(len(moves), np.int32)
    fallen_with = np.full(len(moves), NONE, np.int32)
    for refuses in range(len(moves)):
        if not moves[refuses] or count[refuses] > 0:
            continue
        request, length = refuses, 0
        while (
            request != NONE and stands_in_row[request] and count[request] == 0 and fallen_with[request] != refuses
        ):
            row[length], fallen_with[request], length = request, refuses, length + 1
            behind = follower[market.first_member[request]]
            request = market.request_of[behind] if behind != NONE else NONE
        if request != NONE and not stands_in_row[request]:
            fallen_with[row[:length]] = NONE
            stands_in_row[row[:length]] = False
            count[refuses] = taken_out(market, follower, fallen_with, refuses)
            continue
        closes = request != NONE and count[request] == 0
        for place in range(length):
            count[row[place]] = length if closes else length - place + (count[request] if request != NONE else 0)
    return count[moves]


@compiled
def taken_out(market: Market, follower: Ints, fallen_with: Ints, refuses: int) -> int:
    """How many fall with this request, each gone by once."""
    falling = [refuses]
    fallen_with[refuses] = refuses
    count = 0
    while len(falling) > 0:
        request = falling.pop()
        count += 1
        for behind in follower[market.first_member[request] : market.first_member[request + 1]]:
            if behind != NONE and fallen_with[market.request_of[behind]] != refuses:
                fallen_with[market.request_of[behind]] = refuses
                falling.append(market.request_of[behind])
    return count
