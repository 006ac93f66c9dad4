# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every way a small round of one-person requests could end, by enumeration straight from the contract's words.

An outcome is a tuple: for each person, in queue order, the position among the remaining wishes of what they get,
or the number of those wishes when they stay. A lower number is better for that person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import product

from huisartsplek.engine.tables import Tables

Outcome = tuple[int, ...]


@dataclass(frozen=True)
class Person:
    """One request of one person."""

    request: str
    present: str
    frees: bool
    wishes: list[str]
    ranks: list[int]


@dataclass(frozen=True)
class SmallRound:
    """People in queue order, and the places of each practice."""

    people: list[Person]
    places: dict[str, int]

    def room_left(self, outcome: Outcome) -> dict[str, int]:
        """Places and places freed less arrivals."""
        left = dict(self.places)
        for person, got in zip(self.people, outcome, strict=True):
            if got < len(person.wishes):
                left[person.wishes[got]] -= 1
                if person.frees:
                    left[person.present] += 1
        return left

    def outcomes(self) -> Iterator[Outcome]:
        """All that room allows."""
        for outcome in product(*(range(len(person.wishes) + 1) for person in self.people)):
            if min(self.room_left(outcome).values(), default=0) >= 0:
                yield outcome

    def is_stable(self, outcome: Outcome) -> bool:
        """Nobody prefers a practice that has room, or that let in a newcomer from further back."""
        left = self.room_left(outcome)
        for place, (person, got) in enumerate(zip(self.people, outcome, strict=True)):
            for wish in person.wishes[:got]:
                if left[wish] > 0:
                    return False
                for other, reached in zip(self.people[place + 1 :], outcome[place + 1 :], strict=True):
                    if reached < len(other.wishes) and other.wishes[reached] == wish:
                        return False
        return True

    def is_improved_by_another(self, outcome: Outcome) -> bool:
        """Some other outcome is worse for nobody and better for somebody."""
        return any(
            other != outcome and all(new <= old for new, old in zip(other, outcome, strict=True))
            for other in self.outcomes()
        )

    def traded(self, start: Outcome) -> Outcome:
        """Trading cycles from what everybody holds at the start, in the contract's own order of steps."""
        trading = Trading(self, start)
        for person in range(len(start)):
            trading.take_turn(person)
        return tuple(trading.got)


class Trading:
    """Trading cycles under way: what each holds at the start, has now and points at, and who is settled."""

    def __init__(self, small: SmallRound, start: Outcome) -> None:
        self.people, self.start = small.people, start
        self.got, self.points_at = list(start), [0] * len(start)
        self.settled: set[int] = set()
        self.holds = [
            person.wishes[at] if at < len(person.wishes) else (person.present if person.frees else "")
            for person, at in zip(small.people, start, strict=True)
        ]
        self.free = dict(small.places)
        for person, held in zip(small.people, self.holds, strict=True):
            if person.frees:
                self.free[person.present] += 1
            if held:
                self.free[held] -= 1

    def take_turn(self, first: int) -> None:
        """Point, and follow whom practices point at, until whoever's turn it is is settled."""
        chain = [] if first in self.settled else [first]
        while chain:
            one = chain[-1]
            if self.points_at[one] == self.start[one]:
                self.settled.add(chain.pop())
                continue
            wish = self.people[one].wishes[self.points_at[one]]
            there = [other for other, held in enumerate(self.holds) if held == wish and other not in self.settled]
            if self.free[wish] > 0:
                self.free[wish] -= 1
                if self.holds[first]:
                    self.free[self.holds[first]] += 1
                chain = self._carry_out(chain, 0)
            elif not there:
                self.points_at[one] += 1
            elif there[0] in chain:
                chain = self._carry_out(chain, chain.index(there[0]))
            else:
                chain.append(there[0])

    def _carry_out(self, chain: list[int], since: int) -> list[int]:
        """Give everybody on the chain from here on what they point at; the rest of the chain remains."""
        for one in chain[since:]:
            self.settled.add(one)
            self.got[one] = self.points_at[one]
        return chain[:since]


def small_round(tables: Tables, seed: str) -> SmallRound:
    """The tables as the oracle sees them."""
    rows = sorted(
        range(len(tables.requests.request)),
        key=lambda row: (
            tables.requests.priority[row],
            tables.requests.since[row],
            sha256(f"{seed}:{tables.requests.request[row]}".encode()).hexdigest(),
        ),
    )
    swaps = dict(zip(tables.practices.practice, tables.practices.swaps, strict=True))
    people = []
    for row in rows:
        request = tables.requests.request[row]
        member = tables.members.request.index(request)
        present = tables.members.practice[member]
        wished = sorted(
            (rank, practice)
            for of, rank, practice in zip(
                tables.wishes.request, tables.wishes.rank, tables.wishes.practice, strict=True
            )
            if of == request
        )
        names = [practice for _, practice in wished]
        cut = names.index(present) if present in names else len(names)
        frees = bool(present) and swaps[present] and tables.members.trades[member]
        people.append(Person(request, present, frees, names[:cut], [rank for rank, _ in wished[:cut]]))
    return SmallRound(people, dict(zip(tables.practices.practice, tables.practices.places, strict=True)))
