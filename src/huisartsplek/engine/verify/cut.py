# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The exchanges: every valid cut is accepted, everything else in it follows from who takes whose place."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from huisartsplek.engine.verify.broken import Broken, Rule
from huisartsplek.engine.verify.market import NONE, Market

MOVES = "moves.csv"


@dataclass(frozen=True)
class Exchange:
    """People whose moves hang together; `falls` has for each request in it how many one "no" takes out."""

    kind: str
    people: list[int]
    requests: int
    falls: list[int]


@dataclass(frozen=True)
class _Line:
    """Arrivals that follow each other: the one nearest the free place first, or round in a circle."""

    people: list[int]
    closed: bool


def check_sources(
    market: Market, to: Mapping[int, int], source: Mapping[int, int], records: Mapping[int, int]
) -> Iterator[Broken]:
    """Each arrival has one source there that serves nobody else: somebody who frees a place, or a free place."""
    served: set[int] = set()
    from_free = [0] * len(market.practices)
    for person, practice in to.items():
        giver = source[person]
        record = records[person]
        if giver == NONE:
            from_free[practice] += 1
            if from_free[practice] == market.places[practice] + 1:
                name = market.practices[practice]
                message = f"more people take a free place at {name!r} than it has places"
                yield Broken(Rule.EXCHANGES, MOVES, record, message)
            continue
        name = market.persons[giver]
        if market.present[giver] != practice or giver not in to or not market.frees[giver]:
            message = f"{name!r} frees no place at {market.practices[practice]!r}"
            yield Broken(Rule.EXCHANGES, MOVES, record, message)
        elif giver in served:
            yield Broken(Rule.EXCHANGES, MOVES, record, f"the place of {name!r} is taken twice")
        served.add(giver)


def cut(market: Market, to: Mapping[int, int], source: Mapping[int, int]) -> list[Exchange]:
    """The exchanges that these sources make, in the order of their numbers."""
    lines = _lines(source)
    line_of = {person: number for number, line in enumerate(lines) for person in line.people}
    movers = defaultdict(list)
    for person in to:
        movers[market.request_of[person]].append(person)
    joined = _Joined(len(lines))
    for people in movers.values():
        for person in people[1:]:
            joined.join(line_of[people[0]], line_of[person])
    together = defaultdict(list)
    for number, line in enumerate(lines):
        together[joined.name(number)].append(line)
    exchanges = [_exchange(market, source, group) for group in together.values()]
    return sorted(exchanges, key=lambda exchange: min(market.persons[person] for person in exchange.people))


def check_simple(market: Market, to: Mapping[int, int], exchanges: list[Exchange]) -> Iterator[Broken]:
    """An exchange of one-person requests arrives at no practice twice."""
    for number, exchange in enumerate(exchanges, 1):
        arrived_at = {to[person] for person in exchange.people}
        if len(arrived_at) < len(exchange.people) and all(
            len(market.members(market.request_of[person])) == 1 for person in exchange.people
        ):
            message = f"exchange {number} of one-person requests arrives at a practice twice"
            yield Broken(Rule.EXCHANGES, MOVES, None, message)


def _lines(source: Mapping[int, int]) -> list[_Line]:
    follower = {giver: person for person, giver in source.items() if giver != NONE}
    lines = [_Line(_follow(follower, person), closed=False) for person, giver in source.items() if giver == NONE]
    seen = {person for line in lines for person in line.people}
    for person in source:
        if person not in seen:
            circle = _Line(_follow(follower, person), closed=True)
            seen.update(circle.people)
            lines.append(circle)
    return lines


def _follow(follower: Mapping[int, int], first: int) -> list[int]:
    people = [first]
    behind = follower.get(first, first)
    while behind != first:
        people.append(behind)
        behind = follower.get(behind, first)
    return people


class _Joined:
    """Which lines households join: every line answers with the name of its group."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def name(self, line: int) -> int:
        while self._parent[line] != line:
            self._parent[line] = self._parent[self._parent[line]]
            line = self._parent[line]
        return line

    def join(self, one: int, other: int) -> None:
        self._parent[self.name(one)] = self.name(other)


def _exchange(market: Market, source: Mapping[int, int], lines: list[_Line]) -> Exchange:
    people = [person for line in lines for person in line.people]
    requests = {market.request_of[person] for person in people}
    alone = "cycle" if lines[0].closed else "chain"
    kind = "mixed" if len(lines) > 1 else alone
    if len(requests) < len(people):
        falls = _falls(market, source, people)
    elif kind == "cycle":
        falls = [len(people)] * len(people)
    else:
        falls = list(range(1, len(people) + 1))
    return Exchange(kind, people, len(requests), falls)


def _falls(market: Market, source: Mapping[int, int], people: list[int]) -> list[int]:
    """For each request how many fall with its "no": itself and all who would have followed, and theirs."""
    followers: dict[int, set[int]] = {market.request_of[person]: set() for person in people}
    for person in people:
        if source[person] != NONE:
            followers[market.request_of[source[person]]].add(market.request_of[person])
    return falls_of(followers)


def falls_of(followers: Mapping[int, set[int]]) -> list[int]:
    """For each request how many are reached by following followers, itself included.

    Requests that fall with each other fall alike and count as one knot; a knot that takes only one other
    along takes what that one takes. Only where the ways part must they be walked.
    """
    knots = knots_of(followers)
    knot_of = {request: number for number, knot in enumerate(knots) for request in knot}
    onward: list[set[int]] = []
    fallen: list[int] = []
    falls = []
    for number, knot in enumerate(knots):
        onward.append({knot_of[after] for request in knot for after in followers[request]} - {number})
        if len(onward[number]) <= 1:
            count = len(knot) + sum(fallen[after] for after in onward[number])
        else:
            reached = {number}
            spreading = [number]
            while spreading:
                fresh = onward[spreading.pop()] - reached
                reached |= fresh
                spreading += fresh
            count = sum(len(knots[after]) for after in reached)
        fallen.append(count)
        falls += [count] * len(knot)
    return falls


def knots_of(followers: Mapping[int, set[int]]) -> list[list[int]]:
    """The strongly connected parts (Tarjan 1972), each after all those that can be reached from it."""
    met: dict[int, int] = {}  # in which order requests were come upon
    lowest: dict[int, int] = {}  # the earliest on the path that can be reached again
    path: list[int] = []
    done: set[int] = set()
    knots = []
    for start in followers:
        if start in met:
            continue
        met[start] = lowest[start] = len(met)
        path.append(start)
        walk = [(start, iter(followers[start]))]
        while walk:
            request, rest = walk[-1]
            for after in rest:
                if after not in met:
                    met[after] = lowest[after] = len(met)
                    path.append(after)
                    walk.append((after, iter(followers[after])))
                    break
                if after not in done:
                    lowest[request] = min(lowest[request], met[after])
            else:
                walk.pop()
                if walk:
                    before = walk[-1][0]
                    lowest[before] = min(lowest[before], lowest[request])
                if lowest[request] == met[request]:
                    at = len(path) - 1
                    while path[at] != request:
                        at -= 1
                    knots.append(path[at:])
                    done.update(path[at:])
                    del path[at:]
    return knots
