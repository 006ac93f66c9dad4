# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a request gets the wish it gets: for each of its wishes a code, with the facts that decide it.

Facts, not sentences. A wish that is not had has a part about the waiting list (nobody further back was let in as a
newcomer) and a part about swapping (what is missing for an exchange). For rounds of one-person requests what each
code says is a theorem about other rounds, which docs/algorithms/explain.md proves and the tests replay. For
households the facts are as true, but no promise follows from them.

Shapes: R requests, P practices, W remaining wishes. Cost: O(W log W) for all requests together; then O(wishes of
the request) for each that is asked for. Reserves are taken into account; no theorem is claimed where there are any.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from huisartsplek.engine.compiled import Flags, Ints, Longs
from huisartsplek.engine.mechanisms import free_places
from huisartsplek.engine.problem import Problem
from huisartsplek.engine.results import RoundResult
from huisartsplek.engine.tables import Tables

KEEPS_THE_FLOOR = frozenset({"queue-then-swaps", "max-moves"})


@dataclass(frozen=True, slots=True)
class Got:
    """This is the wish that the request gets."""


@dataclass(frozen=True, slots=True)
class GotHigher:
    """The request gets a wish that it wants more."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The practice is full: the last newcomer it let in stood at `last`, this request stands at `own`.

    Positions are counted from 1 over all requests. `ahead` earlier requests would also rather have this practice
    than what the waiting list gives them: with one place more than that, this one gets this wish or a higher one.
    """

    last: int
    own: int
    ahead: int


@dataclass(frozen=True, slots=True)
class OwnOnly:
    """The practice is full with present members alone, or has no place at all; `ahead` as with `Behind`."""

    ahead: int


@dataclass(frozen=True, slots=True)
class DoesNotFit:
    """A household needs this many places at once, and only so many are free there."""

    needs: int
    free: int


@dataclass(frozen=True, slots=True)
class KeptForOthers:
    """Full, and somebody further back was let in: with places that a published reserve keeps for a class."""


@dataclass(frozen=True, slots=True)
class QueueGives:
    """The waiting list alone would have given this wish or a higher one; only where the floor is not kept."""


class NoPlace(StrEnum):
    """Why a request has no place that somebody could take over."""

    NO_PRACTICE = "no-practice"
    NOT_TRADED = "not-traded"  # nobody confirmed it, or it was held too short
    PRACTICE_DOES_NOT_SWAP = "practice-does-not-swap"


@dataclass(frozen=True, slots=True)
class NothingToGive:
    """The request holds no place that somebody could take over: no swap can help it."""

    why: NoPlace


@dataclass(frozen=True, slots=True)
class DoesNotSwap:
    """The wished practice does not swap: nobody's leaving makes a place there."""


@dataclass(frozen=True, slots=True)
class NoLeaver:
    """The wished practice swaps, but nobody who has a place there to give wants to be elsewhere."""


@dataclass(frozen=True, slots=True)
class NeedsTaker:
    """Some want to leave the wished practice; what is missing is a way from them to a place this request can give.

    `wishers` other requests wish one of the practices of that place. Without any, no swap can help.
    """

    practices: tuple[str, ...]
    wishers: int


InQueue = Behind | OwnOnly | DoesNotFit | KeptForOthers | QueueGives
InSwaps = NothingToGive | DoesNotSwap | NoLeaver | NeedsTaker


@dataclass(frozen=True, slots=True)
class NotGot:
    """Why the waiting list does not give this wish, and why no swap does; None where the round had no swaps."""

    queue: InQueue
    swap: InSwaps | None


WhyWish = Got | GotHigher | NotGot


@dataclass(frozen=True, slots=True)
class WishExplained:
    """One remaining wish: its place among them, counted from 1, and what became of it."""

    number: int
    practice: str
    why: WhyWish


@dataclass(frozen=True, slots=True)
class Explanation:
    """A request, where it stands in the queue counted from 1, and each of its remaining wishes."""

    request: str
    position: int
    wishes: tuple[WishExplained, ...]


def _wish_of_rank(problem: Problem, tables: Tables, requests: Sequence[str], ranks: Sequence[int | None]) -> Longs:
    """The wish with the rank that a result gives each request; the end of its wishes where it gives none."""
    rank_of = dict(zip(requests, ranks, strict=True))
    wanted = [rank_of[request] for request in problem.requests]
    rank = tables.wishes.rank
    found = problem.wish_start[1:].copy()
    for wish, (request, row) in enumerate(
        zip(problem.wish_request.tolist(), problem.wish_row.tolist(), strict=True)
    ):
        if rank[row] == wanted[request]:
            found[request] = wish
    return found


class Evidence:
    """What all explanations of one round rest on: worked out once, asked for many requests."""

    def __init__(self, problem: Problem, tables: Tables, result: RoundResult) -> None:
        outcomes = result.outcomes
        self.problem = problem
        self.tables = tables
        self.given = _wish_of_rank(problem, tables, outcomes.request, outcomes.rank)
        self.queue = _wish_of_rank(problem, tables, outcomes.request, outcomes.queue_rank)
        self.mechanism = result.report.mechanism
        self.has_reserves = result.reserved is not None
        self.row_of = {request: row for row, request in enumerate(problem.requests)}
        practices = len(problem.practices)
        does = dict(zip(tables.practices.practice, tables.practices.swaps, strict=True))
        self.swaps: Flags = np.fromiter((does[name] for name in problem.practices), np.bool_, practices)
        self.free = free_places(problem, self.queue)
        got = np.flatnonzero(self.queue < problem.wish_start[1:])
        self.last: Longs = np.full(practices, -1, np.int64)
        np.maximum.at(self.last, problem.wish_practice[self.queue[got]], got)
        self.ahead = _ahead(problem, self.queue)
        self.leavers = _leavers(problem, self.queue)
        self.wishers: Longs = np.bincount(problem.wish_practice, minlength=practices)

    def explain(self, request: str) -> Explanation:
        """Each remaining wish of one request; raises KeyError for a request that is not in the round."""
        row = self.row_of[request]
        start, end = int(self.problem.wish_start[row]), int(self.problem.wish_start[row + 1])
        names = self.problem.practices
        return Explanation(
            request,
            row + 1,
            tuple(
                WishExplained(wish - start + 1, names[int(self.problem.wish_practice[wish])], self._why(row, wish))
                for wish in range(start, end)
            ),
        )

    def _why(self, row: int, wish: int) -> WhyWish:
        if wish == self.given[row]:
            return Got()
        if wish > self.given[row]:
            return GotHigher()
        swap = self._in_swaps(row, wish) if self.mechanism in KEEPS_THE_FLOOR else None
        return NotGot(self._in_queue(row, wish), swap)

    def _in_queue(self, row: int, wish: int) -> InQueue:
        if wish >= self.queue[row]:
            return QueueGives()
        practice = self.problem.wish_practice[wish]
        last, free = int(self.last[practice]), int(self.free[practice])
        if row < last and self.has_reserves and self._is_one_person(row):
            return KeptForOthers()
        if free > 0 or row < last:
            return DoesNotFit(int(self.problem.wish_demand[wish]), free)
        ahead = int(self.ahead[wish])
        return OwnOnly(ahead) if last < 0 else Behind(last + 1, row + 1, ahead)

    def _is_one_person(self, row: int) -> bool:
        return bool(self.problem.member_start[row + 1] - self.problem.member_start[row] == 1)

    def _in_swaps(self, row: int, wish: int) -> InSwaps:
        held = self._held(row)
        if not held:
            return NothingToGive(self._no_place(row))
        practice = self.problem.wish_practice[wish]
        if self.leavers[practice] == 0:
            return NoLeaver() if self.swaps[practice] else DoesNotSwap()
        return NeedsTaker(tuple(self.problem.practices[one] for one in held), self._wishers(row, held))

    def _held(self, row: int) -> list[int]:
        """The practices where the request ends with a place that it could pass on."""
        problem = self.problem
        if self.given[row] < problem.wish_start[row + 1]:
            return [int(problem.wish_practice[self.given[row]])]
        units: list[int] = problem.unit_practice[problem.unit_start[row] : problem.unit_start[row + 1]].tolist()
        return units

    def _no_place(self, row: int) -> NoPlace:
        members = slice(self.problem.member_start[row], self.problem.member_start[row + 1])
        present = self.problem.member_practice[members]
        present = present[present >= 0]
        if not len(present):
            return NoPlace.NO_PRACTICE
        return NoPlace.NOT_TRADED if self.swaps[present].any() else NoPlace.PRACTICE_DOES_NOT_SWAP

    def _wishers(self, row: int, held: list[int]) -> int:
        """How many other requests wish one of these practices."""
        problem = self.problem
        own = problem.wish_practice[problem.wish_start[row] : problem.wish_start[row + 1]]
        if len(held) == 1:
            return int(self.wishers[held[0]]) - int(np.count_nonzero(own == held[0]))
        wishing = np.unique(problem.wish_request[np.isin(problem.wish_practice, held)])
        return int(np.count_nonzero(wishing != row))


def _ahead(problem: Problem, queue: Longs) -> Longs:
    """Per wish, how many earlier requests would rather have its practice than what the waiting list gives them."""
    ahead = np.zeros(len(problem.wish_practice), np.int64)
    envied = np.flatnonzero(np.arange(len(ahead)) < queue[problem.wish_request])
    by_practice = envied[np.argsort(problem.wish_practice[envied], kind="stable")]
    practice = problem.wish_practice[by_practice]
    first = np.searchsorted(practice, practice, side="left")
    ahead[by_practice] = np.arange(len(by_practice)) - first
    return ahead


def _leavers(problem: Problem, queue: Longs) -> Longs:
    """Per practice, how many who have a place there to give after the waiting list would rather be elsewhere."""
    wants: Flags = queue > problem.wish_start[:-1]
    got: Flags = queue < problem.wish_start[1:]
    moved: Ints = problem.wish_practice[queue[got & wants]]
    leavers = np.bincount(moved, minlength=len(problem.practices))
    staying = np.repeat(~got & wants, np.diff(problem.unit_start))
    total: Longs = leavers + np.bincount(problem.unit_practice[staying], minlength=len(problem.practices))
    return total
