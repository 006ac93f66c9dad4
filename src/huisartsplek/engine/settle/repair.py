# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The repair: what can be proposed once it is known which exchanges stand and which fell.

The round is decided once more on what is left of it. Who declined is out: they keep what they have, and their
present place is not traded. Whoever stands holds the wish they accepted and points only at wishes above it; all
others hold what they have now. Those whose exchange fell though they said yes come first: their floors are
restored where that can be done, and they precede the others in the queue, each in the order of the round.
Nobody can end lower than they stand, and what comes out is a list of proposals: every one of them needs another
yes, and any set of them can be refused.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from huisartsplek.engine.compiled import Flags, Ints, Longs
from huisartsplek.engine.mechanisms.holdings import free_places
from huisartsplek.engine.mechanisms.trading import trade, trading_cycles
from huisartsplek.engine.mechanisms.waiting_list import waiting_list
from huisartsplek.engine.problem import Problem
from huisartsplek.engine.settle.floors import restore_floors


@dataclass(frozen=True)
class Remainder:
    """What is left of a round: a problem of its own, and which request of the round each of its requests is."""

    problem: Problem
    of: Longs


def _starts(owner: Ints, count: int) -> Longs:
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=count), out=starts[1:])
    return starts


def remainder(problem: Problem, given: Longs, *, stands: Flags, fell: Flags, declined: Flags) -> Remainder:
    """The round that is left after the answers; flags by request, `given` as the round decided. O(R + M + W log).

    A place that somebody who stands has just been given can be traded, whatever the practice says about swaps: it
    was one of its places to give. Free are the places that are over when only those who stand move.
    """
    kept = np.concatenate((np.flatnonzero(fell & ~declined), np.flatnonzero(~fell & ~declined)))
    number = np.full(len(problem.requests), -1, np.int64)
    number[kept] = np.arange(len(kept))

    target = np.full(len(problem.requests), -1, np.int64)
    target[stands] = problem.wish_practice[given[stands]]
    new_home = target[problem.member_request]
    arrived = (new_home >= 0) & (new_home != problem.member_practice)
    practice = np.where(arrived, new_home, problem.member_practice)
    owner = number[problem.member_request]
    members = np.flatnonzero(owner >= 0)
    members = members[np.argsort(owner[members], kind="stable")]
    member_request = owner[members].astype(np.int32)
    member_practice = practice[members].astype(np.int32)
    frees = (arrived | problem.member_frees)[members]

    above = ~stands[problem.wish_request] | (np.arange(len(problem.wish_request)) < given[problem.wish_request])
    wisher = number[problem.wish_request]
    wishes = np.flatnonzero((wisher >= 0) & above)
    wishes = wishes[np.argsort(wisher[wishes], kind="stable")]
    size = np.diff(problem.member_start)[problem.wish_request]
    demand = np.where(stands[problem.wish_request], size, problem.wish_demand)

    practices = max(len(problem.practices), 1)
    unit, unit_count = np.unique(
        member_request[frees].astype(np.int64) * practices + member_practice[frees], return_counts=True
    )
    unit_request, unit_practice = (unit // practices).astype(np.int32), (unit % practices).astype(np.int32)
    free = free_places(problem, np.where(stands, given, problem.wish_start[1:]))
    wish_request = wisher[wishes].astype(np.int32)
    left = Problem(
        requests=[problem.requests[request] for request in kept.tolist()],
        request_row=problem.request_row[kept],
        practices=problem.practices,
        places=free,
        persons=[problem.persons[member] for member in members.tolist()],
        member_start=_starts(member_request, len(kept)),
        member_request=member_request,
        member_practice=member_practice,
        member_frees=frees,
        wish_start=_starts(wish_request, len(kept)),
        wish_request=wish_request,
        wish_practice=problem.wish_practice[wishes],
        wish_demand=demand[wishes].astype(np.int32),
        wish_row=problem.wish_row[wishes],
        unit_start=_starts(unit_request, len(kept)),
        unit_practice=unit_practice,
        unit_count=unit_count.astype(np.int32),
        capacity=free + np.bincount(member_practice[frees], minlength=len(problem.practices)),
    )
    return Remainder(left, kept)


def _queue_then_swaps(problem: Problem) -> Longs:
    return trade(problem, waiting_list(problem))


REPAIRS: dict[str, Callable[[Problem], Longs]] = {
    "waiting-list": waiting_list,
    "trading-cycles": trading_cycles,
}


def repair(left: Problem, mechanism: str, floor: Longs) -> Longs:
    """The wish proposed to each request that is left; the end of its wishes where nothing is.

    First floors are restored: `floor` has the last wish that will do for who fell and had one, and the end of their
    wishes for everybody else. From there it is decided as the round was; a round of `max-moves` is repaired by
    `queue-then-swaps`.
    """
    held = restore_floors(left, floor)
    nobody = np.zeros(len(held), np.bool_)
    ends = left.wish_start[1:]
    further = remainder(left, held, stands=held < ends, fell=nobody, declined=nobody).problem
    more = REPAIRS.get(mechanism, _queue_then_swaps)(further)
    # The wishes that remain to somebody who holds one are the first of those they had.
    wanted = left.wish_start[:-1] + more - further.wish_start[:-1]
    proposed: Longs = np.where(more < further.wish_start[1:], wanted, held)
    if np.any(free_places(left, proposed) < 0):
        raise AssertionError("the repair proposes more people to a practice than it has places")
    return proposed
