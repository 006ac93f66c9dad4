# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Floors first: places for whom another's "no" left below their floor, found by letting others move up.

For each of them in queue order a shortest path is looked for: they take the place of somebody who can move to a
wish that they would rather have, who takes the place of a next, and so on to a place that is free or to the one
that the first leaves. Nobody who has their floor again loses it, and nobody else ends lower than they began.
Only requests of one person take part.

In a round without households this gives all of them their floor whenever any repair could: the difference
between what is and such a repair holds a path for everyone still without (Berge 1957). Where not all can be
helped, those earlier in the queue are tried first. O(F W) at worst for F who are below their floor.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from huisartsplek.engine.compiled import Longs
from huisartsplek.engine.mechanisms.holdings import free_places
from huisartsplek.engine.problem import Problem

NOWHERE = -1  # a place that the round does not count: none, or one that leaving does not free


@dataclass(frozen=True)
class _Search:
    """Who holds what while paths are carried out; `given` has the end of the wishes of who is where they began."""

    problem: Problem
    least: Longs  # per request the last wish that will do; the end of its wishes when it may stay where it is
    given: Longs
    free: Longs
    holders: list[set[int]]

    def place(self, request: int, wish: int) -> int:
        """The practice whose place a request holds with a wish."""
        problem = self.problem
        if wish < problem.wish_start[request + 1]:
            return int(problem.wish_practice[wish])
        unit = problem.unit_start[request]
        return int(problem.unit_practice[unit]) if unit < problem.unit_start[request + 1] else NOWHERE

    def options(self, request: int) -> Iterator[int]:
        """The wishes that will do for a request."""
        yield from range(self.problem.wish_start[request], self.least[request] + 1)

    def hold(self, request: int, wish: int) -> None:
        """Note where a request now is."""
        left, to = self.place(request, int(self.given[request])), self.place(request, wish)
        if left != NOWHERE:
            self.holders[left].discard(request)
            self.free[left] += 1
        if to != NOWHERE:
            self.holders[to].add(request)
            self.free[to] -= 1
        self.given[request] = wish

    def help(self, request: int) -> bool:
        """Give a request a wish that will do, if a path can be found; else nothing changes."""
        base = self.place(request, int(self.given[request]))
        comes: dict[int, tuple[int, int]] = {}  # by practice who would come there, with which wish
        asking = [request]
        for one in asking:
            for wish in self.options(one):
                to = self.place(one, wish)
                if to in comes:
                    continue
                comes[to] = (one, wish)
                if to in (NOWHERE, base) or self.free[to] > 0:
                    self._carry_out(to, request, comes)
                    return True
                asking.extend(sorted(self.holders[to] - {request}))
        return False

    def _carry_out(self, to: int, request: int, comes: dict[int, tuple[int, int]]) -> None:
        path = [comes[to]]
        while path[-1][0] != request:
            one = path[-1][0]
            path.append(comes[self.place(one, int(self.given[one]))])
        for one, wish in path:
            self.hold(one, wish)


def restore_floors(problem: Problem, floor: Longs) -> Longs:
    """The wish each request is given so that floors are kept; the end of its wishes when it stays as it is.

    `floor` has the last wish that will do for who must be helped, and the end of their wishes for everybody else.
    """
    ends = problem.wish_start[1:]
    given = ends.copy()
    single = np.diff(problem.member_start) == 1
    holders: list[set[int]] = [set() for _ in problem.practices]
    units = np.repeat(np.arange(len(given)), np.diff(problem.unit_start))
    for request, practice in zip(units.tolist(), problem.unit_practice.tolist(), strict=True):
        if single[request]:
            holders[practice].add(request)
    search = _Search(problem, ends.copy(), given, free_places(problem, given), holders)
    for request in np.flatnonzero(single & (floor < ends)).tolist():
        search.least[request] = floor[request]
        if search.given[request] > floor[request] and not search.help(request):
            search.least[request] = ends[request]
    return given
