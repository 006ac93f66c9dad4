# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The waiting list from moment to moment: what one free place, one arrival or one withdrawal sets in motion.

A `Continuous` keeps who waits, what each holds and what is free, and is *settled*: the waiting list of a round on
it would move nobody. Each event answers with the moves that the waiting list of a round, on the state right after
that event, would make, and makes them. So a request that gets a lower wish keeps waiting for the ones above it.
Requests are of one person: all-or-nothing households have no outcome that is best for everybody, which the
argument below needs, and are decided in rounds.

**What is kept.** Per practice its free places and its *claimants*: who waits for it and would rather have it than
what they hold, first in queue order on top. From a practice an arrow runs to the place which its first claimant
would leave, where leaving frees a place.

**What an event does.** While a practice has a free place and a claimant, the first claimant takes it and what they
leave comes free. While arrows make a circle, everybody on it takes the place they claim; no free place is needed.
A chain of free places alone would miss these.

**Why that is the waiting list of a round** (Gale and Shapley 1962; Erdil and Ergin 2008). Call an outcome of an
event fair when no free place is left that somebody would rather have, and nobody wants a practice where somebody
arrived from further back in the queue; members present there go first in any case. Deferred acceptance gives the
fair outcome that is best for everybody, and there is one such.
1. Every step moves people up, so sets of claimants only shrink while an event is worked out.
2. Who arrives somewhere is its first claimant, so by 1 all who still want it at the end are further back. Together
   with the first "while" the end is fair.
3. A fair outcome from which everybody can still move up to another fair one has a circle of first claimants (Erdil
   and Ergin, theorem 1, for an order without ties). At the end there is none, so it is the best one; and therefore
   the order in which steps are taken does not matter.
4. Afterwards the state is settled. Suppose the waiting list, with arrivals now members of where they arrived, gave
   something better. It is not fair by the old order of precedence, for that has no better. So somebody would want a
   practice where another, further back, is let in only as the member they have just become; but then they wanted
   it before, and the outcome was not fair. Where new places cannot be traded, arrows go and no circle comes.
5. Before an event all is settled, so a new circle passes an arrow that the event or one of its steps has changed.
   Either another claimant is first at a practice: one that lost or got a claimant, which is looked at. Or the first
   claimant has moved, and the arrow now runs to where they went: the circle passes there, and that practice has
   lost a claimant, so it is looked at. Circles leave no place free, so the free places can be given first.

**Cost.** A step takes a request up by at least one of its wishes and touches at most those, L, with O(log R)
each for the heaps. For each circle, and once at the end, at most P arrows are followed. So an event takes O(k L
log R + (c + 1) P) for k steps and c circles; k is at most the number of all wishes, and an event is large only
when many people move. A practice's claimants are a heap with lazy deletion, rebuilt when more than half of it
is stale: O(its claimants), at most once for as many changes there. `benchmarks/continuous.py` measures it: with
100,000 who wait an event takes some hundredths of a millisecond to some tenths, and a chain or a circle through
all of 5,000 practices some tens of milliseconds.
"""

import hashlib
import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable


@dataclass(frozen=True)
class Arrival:
    """A request of one person who begins to wait; the values of a round's tables, in their normalised form."""

    request: str
    person: str
    priority: int
    since: str  # YYYY-MM-DDTHH:MM:SS.ffffffZ
    wishes: Sequence[tuple[int, str]]  # rank and practice
    practice: str = ""  # the present one; empty: none
    trades: bool = True


@dataclass(frozen=True)
class Step:
    """A move that an event brings about."""

    request: str
    from_: str  # empty: none
    to: str
    rank: int


class _Waiting:
    """One who waits: the remaining wishes from most wanted on, and where in them they have come."""

    __slots__ = ("arrival", "frees", "here", "order", "place", "reached", "wishes")

    def __init__(self, arrival: Arrival, order: tuple[int, str, bytes, int], *, frees: bool) -> None:
        ranked = sorted(arrival.wishes)
        at_home = next((at for at, (_, practice) in enumerate(ranked) if practice == arrival.practice), len(ranked))
        self.arrival = arrival
        self.order = order
        self.wishes = ranked[:at_home]
        self.reached = len(self.wishes)  # what they hold, as a position in their wishes; the end: the present place
        self.place = arrival.practice
        self.frees = frees  # whether leaving `place` frees one
        self.here = True


_Claim = tuple[tuple[int, str, bytes, int], int, _Waiting]  # queue order, position among their wishes, who


class Continuous:
    """A market that stays settled."""

    def __init__(
        self,
        places: Mapping[str, int],
        *,
        seed: str,
        no_swaps: Collection[str] = (),
        new_places_trade: bool = True,
    ) -> None:
        """Practices with their free places and nobody waiting.

        `no_swaps`: practices that do not refill the place of who leaves. `new_places_trade`: whether a place got
        here can be left for another at a later event; a policy may ask that it is held for a time first.
        """
        self._free = dict(places)
        self._swaps = {practice: practice not in no_swaps for practice in places}
        self._new_places_trade = new_places_trade
        self._seed = seed
        self._waiting: dict[str, _Waiting] = {}
        self._claims: dict[str, list[_Claim]] = {practice: [] for practice in places}
        self._live = dict.fromkeys(places, 0)
        self._serial: Iterator[int] = count()

    @classmethod
    def of(cls, tables: Tables, *, seed: str, new_places_trade: bool = True) -> tuple["Continuous", list[Step]]:
        """The state after the waiting list of a round on these tables, and the moves that took."""
        practices = tables.practices
        swaps = zip(practices.practice, practices.swaps, strict=True)
        state = cls(
            dict(zip(practices.practice, practices.places, strict=True)),
            seed=seed,
            no_swaps={practice for practice, does in swaps if not does},
            new_places_trade=new_places_trade,
        )
        for arrival in _arrivals(tables):
            state._enter(arrival, list.append)
        for claims in state._claims.values():
            heapq.heapify(claims)
        return state, state._settle(state._free)

    def place_free(self, practice: str, number: int = 1) -> list[Step]:
        """Places come free. KeyError for an unknown practice."""
        if number < 0:
            raise ValueError("fewer than no places cannot come free")
        self._free[practice] += number
        return self._settle([practice])

    def arrive(self, arrival: Arrival) -> list[Step]:
        """A request begins to wait. ValueError for one who waits already or names an unknown practice."""
        return self._settle(_wished(self._enter(arrival, heapq.heappush)))

    def leave(self, request: str) -> list[Step]:
        """A request is withdrawn; who has a place keeps it, and it is not traded. KeyError for an unknown one."""
        waiting = self._waiting.pop(request)
        waiting.here = False
        touched = _wished(waiting)
        self._forget(touched)
        return self._settle(touched)

    def tables(self) -> Tables:
        """The state as the tables of a round, on which the waiting list moves nobody."""
        everyone = list(self._waiting.values())
        wishes = [(one, *wish) for one in everyone for wish in one.wishes[: one.reached]]
        return Tables(
            PracticeTable(
                list(self._free), list(self._free.values()), list(self._swaps.values()), [""] * len(self._free)
            ),
            RequestTable(
                list(self._waiting),
                [one.arrival.priority for one in everyone],
                [one.arrival.since for one in everyone],
            ),
            MemberTable(
                [one.arrival.person for one in everyone],
                list(self._waiting),
                [one.place for one in everyone],
                [one.frees for one in everyone],
            ),
            WishTable(
                [one.arrival.request for one, _, _ in wishes],
                [rank for _, rank, _ in wishes],
                [practice for _, _, practice in wishes],
            ),
        )

    def _enter(self, arrival: Arrival, add: Callable[[list[_Claim], _Claim], None]) -> _Waiting:
        """Let somebody wait, and add their claims."""
        named = {practice for _, practice in arrival.wishes} | ({arrival.practice} if arrival.practice else set())
        if arrival.request in self._waiting or not named <= self._free.keys():
            raise ValueError(f"{arrival.request} waits already, or names a practice that is not there")
        lot = hashlib.sha256(f"{self._seed}:{arrival.request}".encode()).digest()
        frees = bool(arrival.practice) and arrival.trades and self._swaps[arrival.practice]
        waiting = _Waiting(arrival, (arrival.priority, arrival.since, lot, next(self._serial)), frees=frees)
        self._waiting[arrival.request] = waiting
        for at, practice in enumerate(_wished(waiting)):
            add(self._claims[practice], (waiting.order, at, waiting))
            self._live[practice] += 1
        return waiting

    def _forget(self, practices: Iterable[str]) -> None:
        """Somebody no longer claims these; what is stale goes when it comes on top, or when it is too much."""
        for practice in practices:
            self._live[practice] -= 1
            claims = self._claims[practice]
            if len(claims) > 2 * self._live[practice] + 16:
                claims[:] = [claim for claim in claims if _holds(claim)]
                heapq.heapify(claims)

    def _first(self, practice: str) -> _Waiting | None:
        """Who goes first of those who wait for a practice."""
        claims = self._claims[practice]
        while claims and not _holds(claims[0]):
            heapq.heappop(claims)
        return claims[0][2] if claims else None

    def _settle(self, changed: Iterable[str]) -> list[Step]:
        """Take every step there is, beginning at practices whose claimants or places have changed."""
        before: dict[_Waiting, str] = {}
        work = dict.fromkeys(changed)
        self._fill(work, before)
        self._close_circles(work, before)
        steps = []
        for mover, from_ in before.items():
            mover.frees = self._new_places_trade and self._swaps[mover.place]
            steps.append(Step(mover.arrival.request, from_, mover.place, mover.wishes[mover.reached][0]))
        return sorted(steps, key=lambda step: step.request)

    def _fill(self, work: dict[str, None], before: dict[_Waiting, str]) -> None:
        """Give free places to first claimants, and what these leave in turn, until none is left."""
        opened = list(work)
        while opened:
            practice = opened.pop()
            while self._free[practice] > 0 and (first := self._first(practice)) is not None:
                self._free[practice] -= 1
                if first.frees:
                    self._free[first.place] += 1
                    opened.append(first.place)
                self._move(first, practice, work, before)

    def _close_circles(self, work: dict[str, None], before: dict[_Waiting, str]) -> None:
        """Carry out circles of arrows, which leave no place free, until there is none."""
        dead: set[str] = set()  # from these the arrows lead into no circle, as long as nobody moves
        while work:
            practice, _ = work.popitem()
            circle = self._circle(practice, dead)
            for at, mover in circle:
                self._move(mover, at, work, before)
            if circle:
                dead.clear()
                work[practice] = None

    def _circle(self, practice: str, dead: set[str]) -> list[tuple[str, _Waiting]]:
        """Who moves where on the circle into which the arrows from a practice lead, if they lead into one."""
        path: list[tuple[str, _Waiting]] = []
        seen: dict[str, int] = {}
        while practice not in seen:
            first = self._first(practice) if practice not in dead else None
            if first is None or not first.frees:
                dead.update(seen, (practice,))
                return []
            seen[practice] = len(path)
            path.append((practice, first))
            practice = first.place
        return path[seen[practice] :]

    def _move(self, mover: _Waiting, to: str, work: dict[str, None], before: dict[_Waiting, str]) -> None:
        """Give somebody the place they claim; that claim and those below it are gone."""
        before.setdefault(mover, mover.place)
        claimed = _wished(mover)
        mover.reached = claimed.index(to)
        gone = claimed[mover.reached :]
        work.update(dict.fromkeys(gone))
        self._forget(gone)
        mover.place = to
        mover.frees = True  # within an event every place got in it can be left again


def _wished(waiting: _Waiting) -> list[str]:
    """The practices somebody would rather have than what they hold."""
    return [practice for _, practice in waiting.wishes[: waiting.reached]]


def _holds(claim: _Claim) -> bool:
    """Whether a claim is still one: who made it is here, and holds nothing as good."""
    _, at, waiting = claim
    return waiting.here and at < waiting.reached


def _arrivals(tables: Tables) -> list[Arrival]:
    """The requests of a round, one person each."""
    members, requests, table = tables.members, tables.requests, tables.wishes
    if len(members.person) > len(requests.request):
        raise ValueError("a household moves whole: it is decided in a round")
    wishes: dict[str, list[tuple[int, str]]] = {request: [] for request in requests.request}
    for request, rank, practice in zip(table.request, table.rank, table.practice, strict=True):
        wishes[request].append((rank, practice))
    who = {
        request: (person, practice, trades)
        for person, request, practice, trades in zip(
            members.person, members.request, members.practice, members.trades, strict=True
        )
    }
    return [
        Arrival(request, who[request][0], priority, since, wishes[request], who[request][1], who[request][2])
        for request, priority, since in zip(requests.request, requests.priority, requests.since, strict=True)
    ]
