# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Circles out of bundles of moves: short ones first, and none left behind."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from huisartsplek.engine.peeling import peel

PRACTICES = 9
Way = tuple[int, int]
Bundle = dict[Way, int]
ways = st.tuples(st.integers(0, PRACTICES - 1), st.integers(0, PRACTICES - 1)).filter(lambda way: way[0] != way[1])
bundles = st.dictionaries(ways, st.integers(1, 3), max_size=30)
allowed = st.lists(st.integers(0, 4), min_size=PRACTICES, max_size=PRACTICES)


def cut(bundle: Bundle, links: list[int]) -> tuple[list[tuple[list[tuple[int, int]], int]], list[int]]:
    """Circles with how often each is carried out, and the links left; `bundle` keeps what is left of it."""
    arcs = sorted(bundle)
    left = np.array([bundle[arc] for arc in arcs], np.int64)
    links_left = np.array(links, np.int64)
    tails, heads = (np.array([arc[end] for arc in arcs], np.int32) for end in (0, 1))
    circles = peel(tails, heads, left, links_left)
    bundle.update(zip(arcs, left.tolist(), strict=True))
    found = [
        ([arcs[arc] for arc in circles.arcs[start:end]], int(times))
        for start, end, times in zip(circles.start[:-1], circles.start[1:], circles.times, strict=True)
    ]
    return found, links_left.tolist()


def shortest_circle(bundle: Bundle, links: list[int]) -> int | None:
    """Length of a shortest circle through practices with links, by trying every start."""
    onward: dict[int, set[int]] = {practice: set() for practice in range(PRACTICES)}
    for (start, end), count in bundle.items():
        if count > 0 and links[start] > 0 and links[end] > 0:
            onward[start].add(end)
    best = None
    for start in range(PRACTICES):
        reached, length = {start}, 0
        seen: set[int] = set()
        while reached:
            reached = {end for practice in reached for end in onward[practice]} - seen
            length += 1
            if start in reached:
                best = length if best is None else min(best, length)
                break
            seen |= reached
    return best


@settings(max_examples=200, deadline=None)
@given(bundle=bundles, links=allowed)
def test_no_circle_is_left_and_what_was_taken_was_there(bundle: Bundle, links: list[int]) -> None:
    before = Counter(bundle)
    found, links_left = cut(bundle, links)
    assert shortest_circle(bundle, links_left) is None
    taken: Counter[tuple[int, int]] = Counter()
    used: Counter[int] = Counter()
    for circle, times in found:
        assert [end for _, end in circle] == [start for start, _ in (*circle[1:], circle[0])]
        assert len({start for start, _ in circle}) == len(circle)
        for arc in circle:
            taken[arc] += times
            used[arc[1]] += times
    assert Counter({arc: before[arc] - taken[arc] for arc in before}) == Counter(bundle)
    assert [links[practice] - used[practice] for practice in range(PRACTICES)] == links_left
    assert min(links_left, default=0) >= 0


@settings(max_examples=200, deadline=None)
@given(bundle=bundles, links=allowed)
def test_every_circle_is_a_shortest_one_of_what_was_left(bundle: Bundle, links: list[int]) -> None:
    whole = dict(bundle)
    found, _ = cut(bundle, links)
    for circle, times in found:
        assert len(circle) == shortest_circle(whole, links)
        for arc in circle:
            whole[arc] -= times
            links = [count - times if practice == arc[1] else count for practice, count in enumerate(links)]
