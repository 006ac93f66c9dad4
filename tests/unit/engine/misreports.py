# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small markets in which everybody may say anything: one-person requests in queue order, all practices swap.

Practices are numbers; a result has for each person the practice they end at, -1 for none. The mechanisms are the
engine's own, called on arrays, for there are very many lists to try.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, permutations
from random import Random

import numpy as np
from tests.unit.engine.markets import one_person_round

from huisartsplek.engine.mechanisms.reserved import reserved_waiting_list
from huisartsplek.engine.mechanisms.trading import trade, trading_cycles
from huisartsplek.engine.mechanisms.waiting_list import waiting_list
from huisartsplek.engine.problem import Problem, build_problem
from huisartsplek.engine.tables import RequestTable, ReserveTable, Tables

Lists = Sequence[Sequence[int]]
Decide = Callable[[Problem], np.typing.NDArray[np.int64]]


@dataclass(frozen=True)
class SmallMarket:
    """Present practices (-1: none) and true wishes, in queue order, and the places of each practice."""

    present: list[int]
    wishes: list[list[int]]
    places: list[int]

    def result(self, decide: Decide, problem: Problem, wishes: Lists) -> list[int]:
        """Where everybody ends when they say this."""
        said = [practice for wished in wishes for practice in wished]
        start = np.array([0, *accumulate(map(len, wishes))], np.int64)
        asked = replace(
            problem,
            wish_start=start,
            wish_request=np.repeat(np.arange(len(wishes)), np.diff(start)).astype(np.int32),
            wish_practice=np.array(said, np.int32),
            wish_demand=np.ones(len(said), np.int32),
            wish_row=np.arange(len(said), dtype=problem.wish_row.dtype),
        )
        given = decide(asked).tolist()
        return [
            said[wish] if wish < end else here
            for wish, end, here in zip(given, start[1:].tolist(), self.present, strict=True)
        ]

    def gains(self, decide: Decide, problem: Problem) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Each person and list by which they would end at a practice that they truly rank higher."""
        truth = self.result(decide, problem, self.wishes)
        for person, wished in enumerate(self.wishes):
            got = wished.index(truth[person]) if truth[person] in wished else len(wished)
            for told in every_list(len(self.places), self.present[person]):
                others = [*self.wishes[:person], told, *self.wishes[person + 1 :]]
                if got > 0 and self.result(decide, problem, others)[person] in wished[:got]:
                    yield person, told

    def tables(self) -> Tables:
        """The same as tables; the n-th person is of priority n."""
        names = [f"p{practice}" for practice in range(len(self.places))]
        return one_person_round(
            dict(zip(names, self.places, strict=True)),
            [
                (f"i{person}", names[here] if here >= 0 else "", [names[practice] for practice in wished])
                for person, (here, wished) in enumerate(zip(self.present, self.wishes, strict=True))
            ],
        )

    def problem(self) -> Problem:
        """The same as the engine sees it."""
        return build_problem(self.tables(), "seed")


def every_list(practices: int, present: int) -> Iterator[tuple[int, ...]]:
    """All that somebody could list: any of the other practices, in any order."""
    others = [practice for practice in range(practices) if practice != present]
    for length in range(len(others) + 1):
        yield from permutations(others, length)


def random_markets(count: int, people: int, practices: int, seed: int) -> Iterator[SmallMarket]:
    """Markets in which every practice may be full or open and everybody may be somewhere or nowhere."""
    random = Random(seed)
    for _ in range(count):
        present = [random.randrange(-1, practices) for _ in range(people)]
        wishes = []
        for here in present:
            others = [practice for practice in range(practices) if practice != here]
            wishes.append(random.sample(others, random.randint(0, len(others))))
        yield SmallMarket(present, wishes, [random.choice([0, 0, 0, 1, 2]) for _ in range(practices)])


def queue_then_swaps(problem: Problem) -> np.typing.NDArray[np.int64]:
    """The default mechanism."""
    return trade(problem, waiting_list(problem))


MECHANISMS: dict[str, Decide] = {
    "waiting-list": waiting_list,
    "trading-cycles": trading_cycles,
    "queue-then-swaps": queue_then_swaps,
}


def with_reserves(market: SmallMarket, classes: Sequence[int], reserved: Sequence[Sequence[int]]) -> Decide:
    """The waiting list where practice p reserves `reserved[p][c]` places for class c.

    The n-th person keeps the n-th place in the queue, whatever their class: only the class is read from here.
    """
    tables = market.tables()
    requests = tables.requests
    of_class = RequestTable(requests.request, [2 * number + 1 for number in classes], requests.since)
    reserves = reserves_of(reserved)
    changed = Tables(tables.practices, of_class, tables.members, tables.wishes)
    return lambda problem: reserved_waiting_list(problem, changed, reserves)


def reserves_of(reserved: Sequence[Sequence[int]]) -> ReserveTable:
    """The reserves of practices p0, p1, … for the classes 0, 1, …"""
    rows = [(f"p{p}", c, places) for p, by_class in enumerate(reserved) for c, places in enumerate(by_class)]
    return ReserveTable([p for p, _, _ in rows], [c for _, c, _ in rows], [places for _, _, places in rows])
