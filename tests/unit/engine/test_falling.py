# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one "no" takes out, by the engine and by the verifier, is what going through all who follow gives."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huisartsplek.engine.falling import falls
from huisartsplek.engine.verify import figures
from huisartsplek.engine.verify.judgement import Market


class Movers(NamedTuple):
    """Per moving member the mover whose place it takes, or -1, and its request; members of one stand together."""

    source: list[int]
    request: list[int]


@st.composite
def movers(draw: st.DrawFn, *, largest: int = 4) -> Movers:
    """Requests of some members, each with a source that serves nobody else."""
    sizes = draw(st.lists(st.integers(1, largest), max_size=12))
    request = [number for number, size in enumerate(sizes) for _ in range(size)]
    free = draw(st.integers(0, len(request)))
    sources = [*range(len(request)), *[-1] * free]
    return Movers(draw(st.permutations(sources))[: len(request)], request)


def plainly(of: Movers) -> list[int]:
    """Everybody's followers gone through from the start for each refusal."""
    requests = sorted(set(of.request))
    behind: dict[int, set[int]] = {request: set() for request in requests}
    for mover, source in enumerate(of.source):
        if source >= 0:
            behind[of.request[source]].add(of.request[mover])
    counts = []
    for request in requests:
        fallen = waiting = {request}
        while waiting:
            waiting = set[int]().union(*(behind[one] for one in waiting)) - fallen
            fallen = fallen | waiting
        counts.append(len(fallen))
    return counts


def by_the_engine(of: Movers) -> list[int]:
    """The count of the report."""
    return list(map(int, falls(np.array(of.source, np.int64), np.array(of.request, np.int32))))


def by_the_verifier(of: Movers) -> list[int]:
    """The count it is held beside."""
    sizes = np.bincount(np.array(of.request, np.int64))
    people, nothing, no = len(of.request), np.zeros(0, np.int32), np.zeros(0, np.bool_)
    market = Market(
        places=np.zeros(0, np.int64),
        request_row=np.arange(len(sizes), dtype=np.int32),
        first_member=np.append(0, np.cumsum(sizes)).astype(np.int32),
        first_wish=nothing,
        here=nothing,
        can_give=no,
        home=nothing,
        person_row=nothing,
        request_of=np.array(of.request, np.int32),
        present=nothing,
        frees=no,
        wish_row=nothing,
        asker=nothing,
        wish_practice=nothing,
    )
    counts = figures.falls(market, np.zeros(people, np.int32), np.array(of.source, np.int32))
    return list(map(int, counts))


@settings(max_examples=400, deadline=None)
@given(of=movers() | movers(largest=1))
def test_one_no_takes_out_whoever_follows_and_theirs(of: Movers) -> None:
    assert by_the_engine(of) == by_the_verifier(of) == plainly(of)


LENGTH = 1_000_000


@pytest.mark.parametrize(
    ("sources", "counts"),
    [
        pytest.param([-1, *range(LENGTH - 1)], range(LENGTH, 0, -1), id="a chain"),
        pytest.param([LENGTH - 1, *range(LENGTH - 1)], [LENGTH] * LENGTH, id="a circle"),
        pytest.param([*range(1, LENGTH), -1], range(1, LENGTH + 1), id="a chain that begins with the last"),
    ],
)
def test_a_million_in_one_row_are_not_gone_through_a_million_times(
    sources: list[int], counts: list[int] | range
) -> None:
    """Counting from each anew takes 10 ** 12 steps, so this would not end."""
    of = Movers(sources, list(range(LENGTH)))
    assert by_the_engine(of) == by_the_verifier(of) == list(counts)


def test_households_whose_ways_meet_are_counted_once() -> None:
    """A family of two is followed by two people, who are both followed by one family: four requests, not five."""
    of = Movers(source=[-1, -1, 0, 1, 2, 3], request=[0, 0, 1, 2, 3, 3])
    assert by_the_engine(of) == by_the_verifier(of) == plainly(of) == [4, 2, 2, 1]


def test_a_row_of_households_is_gone_through_once() -> None:
    families = 100_000
    request = [number for number in range(families) for _ in range(2)]
    of = Movers([-1, -1, *range(2 * families - 2)], request)
    assert by_the_engine(of) == list(range(families, 0, -1))
