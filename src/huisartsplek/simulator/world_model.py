# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A synthetic Netherlands: regions, practices with their intake policies, and one region peopled in depth.

Everything is invented but the map. The same seed, gazetteer and date give the same world; each part draws from
a stream of its own, so that a change in one leaves the others as they were.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable
from huisartsplek.rules.intake import IntakePolicy
from huisartsplek.rules.queue import Standing, file_priority, priority_class
from huisartsplek.rules.values import AgbCode, Postcode
from huisartsplek.simulator.geography import Floats, Integers

NOBODY = -1
"""In a column of practices: no practice."""
HELD_DAYS = 90
"""So long somebody must have been enrolled before the place is one to trade."""


def stream(seed: int, purpose: str) -> np.random.Generator:
    """Randomness for one purpose, independent of all others and of the order of asking."""
    return np.random.default_rng([seed, crc32(purpose.encode())])


@dataclass(frozen=True, slots=True)
class WorldRegion:
    """The area of one invented regional organisation: ranges of four-digit postcodes."""

    number: int
    slug: str
    name: str
    postcode_ranges: tuple[tuple[int, int], ...]
    lon: float
    lat: float
    people: int


@dataclass(frozen=True, slots=True)
class WorldPractice:
    """One invented practice: what the public sees, its policy, and its private number of places."""

    number: int
    region: int
    slug: str
    agb: AgbCode
    name: str
    street: str
    house_number: int
    postcode: Postcode
    place: str
    lon: float
    lat: float
    phone: str
    size: str
    list_size: int
    languages: tuple[str, ...]
    is_step_free: bool
    has_evening_hours: bool
    has_female_gp: bool
    policy: IntakePolicy | None
    confirmed_on: date | None
    places: int
    closes_on: date | None = None

    @property
    def swaps(self) -> bool:
        """Whether the place of somebody who leaves may be refilled in a round."""
        return self.policy is not None and self.policy.swaps


@dataclass(frozen=True, slots=True)
class WorldPerson:
    """One invented person as the platform knows them."""

    number: int
    given_name: str
    family_name: str
    birth_date: date
    postcode: Postcode
    house_number: int
    place: str
    moved_in_on: date
    practice: int
    enrolled_on: date | None
    is_confirmed: bool
    """Whether the present practice is known for certain; until then it is no place to trade."""


@dataclass(frozen=True, slots=True)
class WorldRequest:
    """One open request: members count into the persons, wishes into the practices, most wanted first."""

    number: int
    since: datetime
    members: tuple[int, ...]
    wishes: tuple[int, ...]


@dataclass(frozen=True)
class Requests:
    """The open requests of the deep region as columns; members and wishes of request i are [start[i], start[i+1]).

    Columns of people are as long as there are members, `since` is in seconds since 1970 (UTC), dates are days.
    """

    since: Integers
    member_start: Integers
    wish_start: Integers
    wish_practice: Integers
    given_name: tuple[str, ...]
    family_name: tuple[str, ...]
    birth_date: NDArray[np.datetime64]
    moved_in_on: NDArray[np.datetime64]
    practice: Integers
    enrolled_on: NDArray[np.datetime64]
    is_confirmed: NDArray[np.bool_]
    pc4: Integers
    letters: tuple[str, ...]
    house_number: Integers
    place: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.since)

    @cached_property
    def request_of_member(self) -> Integers:
        """The request of each member."""
        owners: Integers = np.repeat(np.arange(len(self)), np.diff(self.member_start))
        return owners

    def request(self, number: int) -> WorldRequest:
        """One request by its number."""
        return WorldRequest(
            number,
            datetime.fromtimestamp(int(self.since[number]), tz=UTC),
            tuple(range(int(self.member_start[number]), int(self.member_start[number + 1]))),
            tuple(self.wish_practice[self.wish_start[number] : self.wish_start[number + 1]].tolist()),
        )

    def person(self, number: int) -> WorldPerson:
        """One person by number; home is the same for a household."""
        practice = int(self.practice[number])
        request = int(self.request_of_member[number])
        return WorldPerson(
            number=number,
            given_name=self.given_name[number],
            family_name=self.family_name[number],
            birth_date=self.birth_date[number].item(),
            postcode=Postcode(int(self.pc4[request]), self.letters[request]),
            house_number=int(self.house_number[request]),
            place=self.place[request],
            moved_in_on=self.moved_in_on[request].item(),
            practice=practice,
            enrolled_on=self.enrolled_on[number].item() if practice != NOBODY else None,
            is_confirmed=bool(self.is_confirmed[number]),
        )

    def __iter__(self) -> Iterator[WorldRequest]:
        return (self.request(number) for number in range(len(self)))


@dataclass(frozen=True)
class World:
    """The whole synthetic country on one day."""

    seed: int
    on: date
    regions: tuple[WorldRegion, ...]
    practices: tuple[WorldPractice, ...]
    deep_region: int
    requests: Requests

    @cached_property
    def practice_lon(self) -> Floats:
        """Longitudes of the practices."""
        return np.array([practice.lon for practice in self.practices])

    @cached_property
    def practice_lat(self) -> Floats:
        """Latitudes of the practices."""
        return np.array([practice.lat for practice in self.practices])

    def trades(self) -> NDArray[np.bool_]:
        """Whether each member's present place is one to trade: confirmed, and held long enough."""
        held_since = np.datetime64(self.on, "D") - np.timedelta64(HELD_DAYS, "D")
        held: NDArray[np.bool_] = self.requests.enrolled_on <= held_since
        answer: NDArray[np.bool_] = held & self.requests.is_confirmed & (self.requests.practice != NOBODY)
        return answer

    def priority(self, request: WorldRequest) -> int:
        """The number that orders this request by its national class."""
        newborn_since = np.datetime64(self.on, "D") - np.timedelta64(365, "D")
        present = self.requests.practice[list(request.members)].tolist()
        standings = [
            Standing(
                has_practice=practice != NOBODY,
                practice_closes=practice != NOBODY and self.practices[practice].closes_on is not None,
                is_newborn_of_enrolled_parent=bool(self.requests.birth_date[member] > newborn_since),
            )
            for member, practice in zip(request.members, present, strict=True)
        ]
        return file_priority(priority_class(standings), goes_first=False)

    def deep_round_tables(self) -> Tables:
        """The file of a round in the deep region: its open requests, its practices with their places, and the
        present practices elsewhere, which bring no places."""
        requests = self.requests
        agb = [practice.agb.digits for practice in self.practices]
        elsewhere = set(requests.practice[requests.practice != NOBODY].tolist())
        in_file = sorted(elsewhere | {one.number for one in self.practices if one.region == self.deep_region})
        own = [self.practices[number] for number in in_file]
        names = [request_name(number) for number in range(len(requests))]
        wish_request = np.repeat(np.arange(len(requests)), np.diff(requests.wish_start))
        rank = np.arange(len(wish_request)) - requests.wish_start[wish_request] + 1
        return Tables(
            PracticeTable(
                practice=[one.agb.digits for one in own],
                places=[one.places if one.region == self.deep_region else 0 for one in own],
                swaps=[one.swaps for one in own],
                region=[self.regions[one.region].slug for one in own],
            ),
            RequestTable(
                request=names,
                priority=[self.priority(request) for request in requests],
                since=[f"{moment}.000000Z" for moment in requests.since.astype("datetime64[s]").astype(str)],
            ),
            MemberTable(
                person=[person_name(number) for number in range(len(requests.practice))],
                request=[names[number] for number in requests.request_of_member.tolist()],
                practice=["" if number == NOBODY else agb[number] for number in requests.practice.tolist()],
                trades=self.trades().tolist(),
            ),
            WishTable(
                request=[names[number] for number in wish_request.tolist()],
                rank=rank.tolist(),
                practice=[agb[number] for number in requests.wish_practice.tolist()],
            ),
        )


def request_name(number: int) -> str:
    """How a request is called in a round's file."""
    return f"r{number:06d}"


def person_name(number: int) -> str:
    """How a person is called in a round's file."""
    return f"p{number:06d}"


def days_before(on: date, days: Integers) -> NDArray[np.datetime64]:
    """The dates so many days before a day."""
    answer: NDArray[np.datetime64] = np.datetime64(on, "D") - days.astype("timedelta64[D]")
    return answer


def day_before(on: date, days: int) -> date:
    """The date so many days before a day."""
    return on - timedelta(days=int(days))
