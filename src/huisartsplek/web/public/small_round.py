# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round of six invented people, decided by the engine itself: the waiting list alone, then the swaps, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from huisartsplek.engine import (
    MemberTable,
    PracticeTable,
    Problem,
    RequestTable,
    RoundResult,
    Tables,
    WishTable,
    explain_all,
    solve,
)
from huisartsplek.engine.explaining import Explanation, NotGot

TOWNS = ("Delft", "Leiden", "Gouda", "Zeist")
FREE = {"Zeist": 1}
SWAPS = frozenset({"Delft", "Leiden", "Gouda"})
YOU = "Fatma"
SEED = "uitleg"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a practice or none, and where they want to go."""

    name: str
    here: str
    wish: str


OTHERS = (
    Person("Anna", "", "Delft"),
    Person("Bram", "Delft", "Leiden"),
    Person("Chadia", "Leiden", "Gouda"),
    Person("Daan", "Gouda", "Leiden"),
    Person("Emre", "Zeist", "Leiden"),
)


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody goes from here, or from nowhere, to there."""

    name: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """Moves that hang together: a circle, in which each goes to where the next one leaves, or a chain.

    A chain begins with who takes the free place; each of the others goes to where the one before leaves.
    """

    is_circle: bool
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Staying:
    """Somebody for whom nothing changes, and the reason."""

    person: Person
    position: int
    why: NotGot


@dataclass(frozen=True, slots=True)
class SmallRound:
    """What the engine decided: in two stages, and for whom not."""

    people: tuple[Person, ...]  # in queue order
    queue: tuple[Exchange, ...]
    swaps: tuple[Exchange, ...]
    staying: tuple[Staying, ...]


@lru_cache(maxsize=len(TOWNS) * (len(TOWNS) + 1))
def small_round(here: str, wish: str) -> SmallRound:
    """Decide the round in which you, last in the queue, are here and want to go there."""
    people = (*OTHERS, Person(YOU, here, wish))
    problem = Problem.of(_tables(people, FREE, SWAPS), seed=SEED)
    queue = solve(problem, mechanism="waiting-list")
    result = solve(problem)
    explained = {one.request: one for one in explain_all(problem, result)}
    return SmallRound(
        people=people,
        queue=_exchanges(queue),
        swaps=_exchanges(_between(people, queue, result)),
        staying=tuple(_staying(person, explained[person.name]) for person in people if _stays(person, result)),
    )


def _tables(people: tuple[Person, ...], places: dict[str, int], swaps: frozenset[str]) -> Tables:
    names = [person.name for person in people]
    return Tables(
        PracticeTable(TOWNS, [places.get(town, 0) for town in TOWNS], [town in swaps for town in TOWNS], [""] * 4),
        RequestTable(names, list(range(len(names))), ["2026-01-01T00:00:00.000000Z"] * len(names)),
        MemberTable(names, names, [person.here for person in people], [True] * len(names)),
        WishTable(names, [1] * len(names), [person.wish for person in people]),
    )


def _after(result: RoundResult) -> dict[str, str]:
    return dict(zip(result.outcomes.request, result.outcomes.practice, strict=True))


def _between(people: tuple[Person, ...], queue: RoundResult, result: RoundResult) -> RoundResult:
    """The swaps alone: from where the waiting list puts who improves, to where they end."""
    first, last = _after(queue), _after(result)
    improving = tuple(
        Person(person.name, first[person.name], last[person.name])
        for person in people
        if first[person.name] != last[person.name]
    )
    swaps = Problem.of(_tables(improving, {}, frozenset(TOWNS)), seed=SEED)
    return solve(swaps, mechanism="trading-cycles")


def _exchanges(result: RoundResult) -> tuple[Exchange, ...]:
    moves = result.moves
    found: dict[int, dict[str, Move]] = {}
    for person, here, there, number, source in zip(
        moves.person, moves.from_, moves.to, moves.exchange, moves.source, strict=True
    ):
        found.setdefault(number, {})[source] = Move(person, here, there)
    return tuple(_in_order(follows) for _, follows in sorted(found.items()))


def _in_order(follows: dict[str, Move]) -> Exchange:
    """Moves by whose place they take; who takes a free place has none."""
    is_circle = "" not in follows
    source = min(follows)
    ordered = []
    while source in follows:
        move = follows.pop(source)
        ordered.append(move)
        source = move.name
    return Exchange(is_circle, tuple(reversed(ordered)) if is_circle else tuple(ordered))


def _stays(person: Person, result: RoundResult) -> bool:
    return _after(result)[person.name] == person.here


def _staying(person: Person, explained: Explanation) -> Staying:
    (wish,) = explained.wishes
    if not isinstance(wish.why, NotGot):
        raise TypeError(f"{person.name} does not stay")
    return Staying(person, explained.position, wish.why)
