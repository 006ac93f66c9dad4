# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many people are in exchanges of which size, as the trading points them and as they are cut.

As pointed: at each practice the arrivals take, in queue order, first the free places and then the places of leavers
in queue order. For requests of one person.
"""

from collections.abc import Sequence

import numpy as np

from huisartsplek.engine.compiled import Longs
from huisartsplek.engine.exchanges import Movers, cut, movers_of
from huisartsplek.engine.problem import Problem

UP_TO = (1, 2, 3, 4, 7, 12)


def _by_practice(practice: Longs) -> tuple[Longs, Longs]:
    """Positions sorted by practice, in queue order within one, and how many at the same practice stand before."""
    order = np.argsort(practice, kind="stable")
    at = practice[order]
    return order, np.arange(len(at)) - np.searchsorted(at, at)


def pointed_sources(movers: Movers, places: Longs) -> Longs:
    """The mover whose place each arrival takes; -1: a free place."""
    to, origin = movers.to.astype(np.int64), movers.origin.astype(np.int64)
    arrivals, before = _by_practice(to)
    leavers, _ = _by_practice(origin)
    first = np.searchsorted(origin[leavers], np.arange(len(places)))
    nth = before - places[to[arrivals]]
    follows = nth >= 0
    source = np.full(len(to), -1, np.int64)
    source[arrivals[follows]] = leavers[first[to[arrivals[follows]]] + nth[follows]]
    return source


def sizes_by_source(source: Longs) -> Longs:
    """The number of people in each exchange that these sources make.

    Everybody looks 1, 2, 4, … places ahead, up to the end of their chain or all around their circle, and notes the
    lowest number seen; a chain goes by its end. O(movers x log movers).
    """
    people = np.arange(len(source))
    ahead = np.where(source < 0, people, source)
    lowest = np.minimum(people, ahead)
    for _ in range(len(source).bit_length()):
        lowest = np.minimum(lowest, lowest[ahead])
        ahead = ahead[ahead]
    ends = source[ahead] < 0
    return np.unique(np.where(ends, ahead, lowest), return_counts=True)[1].astype(np.int64)


def sizes_as_pointed(problem: Problem, given: Longs) -> Longs:
    """The sizes of the exchanges before they are cut."""
    return sizes_by_source(pointed_sources(movers_of(problem, given), problem.places))


def sizes_as_cut(problem: Problem, given: Longs) -> Longs:
    """The sizes of the exchanges as they are published."""
    return np.array(list(cut(problem, given).persons), np.int64)


def shares(sizes: Longs, up_to: Sequence[int] = UP_TO) -> dict[int, float]:
    """The share of all people who move that are in exchanges of at most so many."""
    everyone = max(1, int(sizes.sum()))
    return {most: round(int(sizes[sizes <= most].sum()) / everyone, 4) for most in up_to}
