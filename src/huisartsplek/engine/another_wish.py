# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would have helped a request that gets nothing: one practice more, as the last of its remaining wishes.

A practice with a free place takes a one-person request that wishes it last: nobody is put back by it, so nobody
comes back to take it away. A full one whose last newcomer stands further back takes it too, unless that newcomer
returns to a place of their own and so sends somebody earlier. Any other takes it only in exchange: where a way of
wishes leads from there to a place that the request gives up. So few practices need be tried, and whatever is
proposed has been tried: the round was decided again with that wish in it.

Shapes: R requests, P practices, W remaining wishes. Cost: O(W log W), and a decision of the round for each practice
that is tried, most often one.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from huisartsplek.engine.compiled import Flags, Longs
from huisartsplek.engine.explaining import Evidence
from huisartsplek.engine.mechanisms import MECHANISMS, waiting_list
from huisartsplek.engine.problem import Problem

MOST_TRIED = 5
EXCHANGES = frozenset({"waiting-list", "queue-then-swaps"})  # decided again within a second, also when large


class Way(StrEnum):
    """How a practice more would have helped."""

    FREE_PLACE = "free-place"
    EARLIER = "earlier"  # than the last newcomer there
    SWAP = "swap"


@dataclass(frozen=True, slots=True)
class AnotherWish:
    """A practice that the request would have got in this round, had it been the last of its remaining wishes.

    Under `max-moves` it would have got that practice or one that it wants more.
    """

    practice: str
    way: Way


def another_wish(evidence: Evidence, request: str, *, among: Collection[str] | None = None) -> AnotherWish | None:
    """The practice to add that helps, if one of the likeliest does; None also for who gets a wish already.

    Whether a practice's own rule would admit the request is not known here: `among` are those of which the caller
    knows it. Without it, only practices are looked at that are wished by somebody who shares a wish with this
    request. Those that most of them wish are tried first. None, too, for a round of `trading-cycles` or with
    reserves, which is not decided again here. Raises KeyError for a request that is not in the round.
    """
    problem = evidence.problem
    row = evidence.row_of[request]
    if evidence.given[row] < problem.wish_start[row + 1]:
        return None
    if evidence.mechanism == "trading-cycles" or evidence.has_reserves:
        return None
    alike = _wished_by_the_like(problem, row)
    fit = np.ones(len(alike), np.bool_) if among is not None else alike > 0
    if among is not None:
        fit &= np.fromiter((name in among for name in problem.practices), np.bool_, len(alike))
    fit &= ~_known_to(evidence, request, row)
    for tried, (practice, way) in enumerate(_candidates(evidence, row, fit, alike)):
        if tried == MOST_TRIED:
            break
        if found := _way_of(evidence, row, practice, way):
            return AnotherWish(problem.practices[practice], found)
    return None


def _wished_by_the_like(problem: Problem, row: int) -> Longs:
    """Per practice, how many of those who share a wish with this request wish it."""
    own = problem.wish_practice[problem.wish_start[row] : problem.wish_start[row + 1]]
    shares = np.zeros(len(problem.requests), np.bool_)
    shares[problem.wish_request[np.isin(problem.wish_practice, own)]] = True
    shares[row] = False
    wished = problem.wish_practice[shares[problem.wish_request]]
    return np.bincount(wished, minlength=len(problem.practices))


def _known_to(evidence: Evidence, request: str, row: int) -> Flags:
    """The practices that the request has named itself, or where a member is now."""
    problem, wishes = evidence.problem, evidence.tables.wishes
    named = {practice for of, practice in zip(wishes.request, wishes.practice, strict=True) if of == request}
    known: Flags = np.fromiter((name in named for name in problem.practices), np.bool_, len(problem.practices))
    present = problem.member_practice[problem.member_start[row] : problem.member_start[row + 1]]
    known[present[present >= 0]] = True
    return known


def _candidates(evidence: Evidence, row: int, fit: Flags, alike: Longs) -> Iterator[tuple[int, Way]]:
    """Practices that may help, those first that most like this request wish."""
    problem = evidence.problem
    size = int(problem.member_start[row + 1] - problem.member_start[row])
    open_ = evidence.free >= size
    earlier = evidence.last > row
    ways = np.select([open_, earlier], [0, 1], 3)
    held = problem.unit_practice[problem.unit_start[row] : problem.unit_start[row + 1]]
    if len(held) and evidence.mechanism in EXCHANGES:
        ways[(ways == 3) & _leads_to(evidence, held.tolist())] = 2
    found = np.flatnonzero(fit & (ways < 3))
    for at in found[np.lexsort((found, ways[found], -alike[found]))].tolist():
        yield at, (Way.FREE_PLACE, Way.EARLIER, Way.SWAP)[ways[at]]


def _leads_to(evidence: Evidence, held: list[int]) -> Flags:
    """The practices from which wishes lead, from holder to holder before the swaps, to one of these practices."""
    problem, given = evidence.problem, evidence.queue
    practices = len(problem.practices)
    above = np.flatnonzero(np.arange(len(problem.wish_practice)) < given[problem.wish_request])
    got: Flags = given < problem.wish_start[1:]
    at_wish = above[got[problem.wish_request[above]]]
    arcs = [
        problem.wish_practice[given[problem.wish_request[at_wish]]].astype(np.int64) * practices
        + problem.wish_practice[at_wish]
    ]
    units = np.diff(problem.unit_start)
    at_home = above[~got[problem.wish_request[above]] & (units[problem.wish_request[above]] > 0)]
    requests = problem.wish_request[at_home]
    for step in range(int(units.max(initial=0))):
        more = units[requests] > step
        home = problem.unit_practice[problem.unit_start[requests[more]] + step].astype(np.int64)
        arcs.append(home * practices + problem.wish_practice[at_home[more]])
    into: dict[int, list[int]] = {}
    for arc in np.unique(np.concatenate(arcs)).tolist():
        into.setdefault(arc % practices, []).append(arc // practices)
    reached: Flags = np.zeros(practices, np.bool_)
    ahead = list(held)
    while ahead:
        for origin in into.get(ahead.pop(), ()):
            if not reached[origin]:
                reached[origin] = True
                ahead.append(origin)
    return reached


def with_last_wish(problem: Problem, row: int, practice: int) -> Problem:
    """The same round with one practice more at the end of one request's wishes."""
    end = int(problem.wish_start[row + 1])
    members = slice(problem.member_start[row], problem.member_start[row + 1])
    kept = (problem.member_practice[members] == practice) & ~problem.member_frees[members]
    demand = int(members.stop - members.start) - int(np.count_nonzero(kept))
    start = problem.wish_start.copy()
    start[row + 1 :] += 1
    return replace(
        problem,
        wish_start=start,
        wish_request=np.insert(problem.wish_request, end, row),
        wish_practice=np.insert(problem.wish_practice, end, practice),
        wish_demand=np.insert(problem.wish_demand, end, demand),
        wish_row=np.insert(problem.wish_row, end, -1),
    )


def _way_of(evidence: Evidence, row: int, practice: int, likely: Way) -> Way | None:
    """In which way the round, decided again with this wish, gives it to the request; None where it does not."""
    problem = with_last_wish(evidence.problem, row, practice)
    wish = problem.wish_start[row + 1] - 1
    queue = waiting_list(problem)
    decide: Callable[[Problem, Longs], Longs] = MECHANISMS[evidence.mechanism]
    # Swaps come after the queue, also for who stands before somebody there: they may give something else.
    given = decide(problem, queue) if evidence.mechanism in EXCHANGES else queue
    if given[row] != wish:
        return None
    return likely if queue[row] == wish else Way.SWAP
