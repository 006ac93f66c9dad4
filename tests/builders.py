# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Regions, practices, people and requests for tests: made through the services, so that nothing is impossible."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from huisartsplek.accounts.models import User
from huisartsplek.audit.actors import Actor, Ground
from huisartsplek.enrolments.models import Enrolment
from huisartsplek.enrolments.services import answer_confirmation, state_practice
from huisartsplek.people.models import Consent, Household, Person, Representation
from huisartsplek.people.queries import login_reference
from huisartsplek.people.services import give_consent, record_representation, register_person, still_asked
from huisartsplek.practices.models import Places, Practice, Region
from huisartsplek.practices.services import set_intake
from huisartsplek.requests.models import Request
from huisartsplek.requests.services import file_request
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.intake import FullStop, IntakePolicy, Open, StopReason
from huisartsplek.rules.values import Postcode

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # a Monday
TODAY = date(2026, 3, 2)
LONG_AGO = date(2024, 2, 1)
SYSTEM = Actor.system("tests")
PRACTICE_STAFF = Actor.staff(UUID(int=1), "practice_owner", ground=Ground.TREATMENT_RELATION)
COORDINATOR = Actor.staff(UUID(int=2), "coordinator", ground=Ground.REGION_TASK)
OPEN = IntakePolicy(rule=Open(), valid_from=date(2020, 1, 1), swaps=True, waiting_list=True)
SWAP_ONLY = IntakePolicy(rule=FullStop(), valid_from=date(2020, 1, 1), swaps=True, stop_reason=StopReason.FULL_LIST)
CLOSED = IntakePolicy(rule=FullStop(), valid_from=date(2020, 1, 1), swaps=False, stop_reason=StopReason.CARE_DEMAND)

_numbers = count(1)


def a_region(slug: str | None = None) -> Region:
    """Make a region."""
    name = slug or f"region-{next(_numbers)}"
    return Region.objects.create(slug=name, name=name.title())


def a_practice(
    policy: IntakePolicy | None = OPEN,
    free: int = 0,
    *,
    region: Region | None = None,
    at: datetime = AT,
    **more: Any,
) -> Practice:
    """Make a practice that has signed this policy and takes so many people more.

    Without a policy it has never said anything.
    """
    number = next(_numbers)
    known: dict[str, Any] = {
        "slug": f"praktijk-{number}",
        "agb": f"01{number:06}",
        "name": f"Praktijk {number}",
        "postcode": "2514GL",
        "place": "Den Haag",
        "longitude": 4.3,
        "latitude": 52.08,
    }
    practice = Practice.objects.create(region=region or a_region(), **{**known, **more})
    places = Places.objects.create(practice=practice)
    if policy is not None:
        set_intake(PRACTICE_STAFF, practice.pk, policy=policy, people_more=free, seen_version=places.version, at=at)
    return practice


def a_household() -> Household:
    """Make a household without people."""
    return Household.objects.create()


def a_person(
    household: Household | None = None,
    *,
    birth_date: date = date(1980, 5, 17),
    enrolled_at: Practice | None = None,
    enrolled_on: date = LONG_AGO,
    confirmed: bool = True,
    parents: Sequence[Person] = (),
    postcode: str = "2514GL",
    at: datetime = AT,
    **more: Any,
) -> Person:
    """Make a person, with a practice that has said they are theirs, or has not yet."""
    number = next(_numbers)
    details = {
        "given_name": f"Iris {number}",
        "family_name": "Voorbeeld",
        "email": f"persoon-{number}@voorbeeld.example",
        "longitude": 4.3,
        "latitude": 52.08,
    }
    person = register_person(
        SYSTEM,
        household_id=None if household is None else household.pk,
        birth_date=birth_date,
        postcode=Postcode.parse(postcode),
        house_number="1",
        at=at,
        **{**details, **more},
    )
    for parent in parents:
        record_representation(
            SYSTEM,
            representative=parent,
            represented=person,
            basis=Representation.Basis.PARENT,
            valid_from=birth_date,
            at=at,
        )
    if enrolled_at is not None:
        an_enrolment(person, enrolled_at, on=enrolled_on, confirmed=confirmed, at=at)
    return person


def an_enrolment(
    person: Person, practice: Practice, *, on: date = LONG_AGO, confirmed: bool = True, at: datetime = AT
) -> Enrolment:
    """Let a person say where they are enrolled, and that practice say that it is so."""
    enrolment = state_practice(SYSTEM, person, practice.pk, since=on, at=at)
    if confirmed:
        answer_confirmation(PRACTICE_STAFF, enrolment.confirmation.pk, practice.pk, is_ours=True, at=at)
    return enrolment


def a_citizen(person: Person, *, at: datetime = AT) -> Actor:
    """Give a person a login and return them as the one who acts."""
    user = User.objects.create(
        kind=User.Kind.CITIZEN,
        issuer="https://login.example",
        subject=f"subject-{next(_numbers)}",
        created_at=at,
    )
    Person.objects.filter(pk=person.pk).update(login_reference=login_reference(user.issuer, user.subject))
    return Actor.person(user.pk)


def a_request(
    filer: Person,
    *,
    wishes: Sequence[Practice],
    members: Sequence[Person] | None = None,
    consented: bool = True,
    at: datetime = AT,
    actor: Actor = SYSTEM,
) -> Request:
    """File a request for these members (the filer alone, if nobody is named), with everybody's yes or without."""
    people = [filer] if members is None else list(members)
    request = file_request(
        actor,
        filer=filer,
        member_ids=[person.pk for person in people],
        wishes=[practice.pk for practice in wishes],
        key=uuid4(),
        at=at,
    )
    if consented:
        everybody_consents(request, people, at=at)
    return request


def everybody_consents(request: Request, people: Sequence[Person], *, at: datetime = AT) -> None:
    """Let everybody whose yes is still needed say it."""
    by_id = {person.pk: person for person in people}
    for person_id, asked in still_asked(request.pk, people, day_in_amsterdam(at)).items():
        for giver_id in asked:
            give_consent(
                SYSTEM,
                person=by_id[person_id],
                kind=Consent.Kind.TAKE_PART,
                reference=request.pk,
                given_by=Person.objects.get(pk=giver_id),
                at=at,
            )


def hours_after(hours: float, at: datetime = AT) -> datetime:
    """Give a moment some hours later."""
    return at + timedelta(hours=hours)


def days_after(days: float, at: datetime = AT) -> datetime:
    """Give a moment some days later."""
    return at + timedelta(days=days)
