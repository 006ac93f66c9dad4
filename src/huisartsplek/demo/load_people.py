# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Write the people of a synthetic world: households, present practices, requests, wishes and consents, in bulk.

Everything with a lifecycle begins through the log, as it does when people file their requests themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import CONFIRMATION_ASKED, REQUEST_FILED, Fact
from huisartsplek.audit.services import begin_many
from huisartsplek.enrolments.models import Confirmation, Enrolment
from huisartsplek.people.models import Consent, Household, Person, Representation
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import Request, RequestMember, Wish
from huisartsplek.rules.consent import parent_has_a_say, says_yes_too
from huisartsplek.rules.dates import age_on
from huisartsplek.rules.lifecycles.still_looking import ASKED_EVERY_DAYS
from huisartsplek.simulator.gazetteer import Gazetteer
from huisartsplek.simulator.world_model import NOBODY, World, WorldRequest

_ROWS_AT_ONCE = 2000
_OF_AGE = 18
_ASKED_EVERY = timedelta(days=ASKED_EVERY_DAYS)


@dataclass(slots=True)
class Loaded:
    """The rows that were written: the i-th person and request of the world is the i-th here."""

    people: list[Person]
    requests: list[Request]


def load_requests(
    actor: Actor,
    world: World,
    gazetteer: Gazetteer,
    practices: Sequence[Practice],
    *,
    progress: Callable[[str], None],
    at: datetime,
) -> Loaded:
    """Write the open requests of the deep region with everybody in them."""
    requests = list(world.requests)
    households = Household.objects.bulk_create([Household() for _ in requests], batch_size=_ROWS_AT_ONCE)
    people = Person.objects.bulk_create(_people(world, gazetteer, requests, households), batch_size=_ROWS_AT_ONCE)
    progress(f"  {len(people)} people")
    _enrol(actor, world, people, practices, at)
    progress("Writing requests, wishes and consents")
    rows = [
        Request(
            household=household,
            filed_by=people[_filer(world, request)],
            since=request.since,
            still_at=_still_at(request.since, at),
            region_id=practices[request.wishes[0]].region_id if request.wishes else None,
        )
        for request, household in zip(requests, households, strict=True)
    ]
    sizes = {row.pk: request for row, request in zip(rows, requests, strict=True)}

    def counts(row: object) -> dict[str, Fact]:
        request = sizes[row.pk] if isinstance(row, Request) else requests[0]
        return {"members": len(request.members), "wishes": len(request.wishes)}

    begin_many(rows, kind=REQUEST_FILED, actor=actor, at=at, each=counts)
    RequestMember.objects.bulk_create(
        [
            RequestMember(request=row, person=people[number])
            for row, request in zip(rows, requests, strict=True)
            for number in request.members
        ],
        batch_size=_ROWS_AT_ONCE,
    )
    Wish.objects.bulk_create(
        [
            Wish(request=row, practice=practices[number], rank=rank)
            for row, request in zip(rows, requests, strict=True)
            for rank, number in enumerate(request.wishes, start=1)
        ],
        batch_size=_ROWS_AT_ONCE,
    )
    _consent(world, rows, requests, people)
    return Loaded(people, rows)


def _still_at(since: datetime, at: datetime) -> datetime:
    """When they last said that they look: they answered each time they were asked."""
    return since + (at - since) // _ASKED_EVERY * _ASKED_EVERY


def _people(
    world: World, gazetteer: Gazetteer, requests: Sequence[WorldRequest], households: Sequence[Household]
) -> list[Person]:
    people = []
    for request, household in zip(requests, households, strict=True):
        for number in request.members:
            one = world.requests.person(number)
            home = gazetteer.locate(one.postcode)
            people.append(
                Person(
                    household=household,
                    given_name=one.given_name,
                    family_name=one.family_name,
                    birth_date=one.birth_date,
                    postcode=f"{one.postcode.pc4}{one.postcode.letters}",
                    house_number=str(one.house_number),
                    place=one.place,
                    longitude=home.lon,
                    latitude=home.lat,
                    moved_in_on=one.moved_in_on,
                    email=f"p{number}@burger.example",
                )
            )
    return people


def _filer(world: World, request: WorldRequest) -> int:
    return min(request.members, key=lambda number: world.requests.birth_date[number].item())


def _enrol(
    actor: Actor, world: World, people: Sequence[Person], practices: Sequence[Practice], at: datetime
) -> None:
    known, asked = [], []
    for number, person in enumerate(people):
        practice = int(world.requests.practice[number])
        if practice == NOBODY:
            continue
        starts_on: date = world.requests.enrolled_on[number].item()
        is_confirmed = bool(world.requests.is_confirmed[number])
        enrolment = Enrolment(
            person=person,
            practice=practices[practice],
            starts_on=starts_on,
            source=Enrolment.Source.PRACTICE if is_confirmed else Enrolment.Source.STATED,
            confirmed_at=datetime.combine(starts_on, time(12), UTC) if is_confirmed else None,
        )
        known.append(enrolment)
        if not is_confirmed:
            asked.append(Confirmation(enrolment=enrolment, practice=practices[practice]))
    Enrolment.objects.bulk_create(known, batch_size=_ROWS_AT_ONCE)
    begin_many(asked, kind=CONFIRMATION_ASKED, actor=actor, at=at)


def _consent(
    world: World, rows: Sequence[Request], requests: Sequence[WorldRequest], people: Sequence[Person]
) -> None:
    consents, parents = [], []
    for row, request in zip(rows, requests, strict=True):
        ages = {number: age_on(people[number].born_on, world.on) for number in request.members}
        grown = [number for number, age in ages.items() if age >= _OF_AGE]
        for number in ages:
            born_on = people[number].born_on
            givers = [number] if says_yes_too(born_on, on=world.on) else []
            if parent_has_a_say(born_on, on=world.on):
                givers += grown[:1]
                parents += [
                    Representation(
                        representative=people[parent],
                        represented=people[number],
                        basis=Representation.Basis.PARENT,
                        valid_from=people[number].born_on,
                    )
                    for parent in grown
                ]
            consents += [
                Consent(
                    person=people[number],
                    kind=Consent.Kind.TAKE_PART,
                    reference=row.pk,
                    given_by=people[giver],
                    given_at=request.since,
                )
                for giver in givers
            ]
    Representation.objects.bulk_create(parents, batch_size=_ROWS_AT_ONCE)
    Consent.objects.bulk_create(consents, batch_size=_ROWS_AT_ONCE)
