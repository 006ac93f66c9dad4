# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The facts about a request that a rule may weigh, loaded for many requests at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from huisartsplek.enrolments.models import Confirmation, Enrolment
from huisartsplek.people.models import Person
from huisartsplek.people.queries import among
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import Request, RequestMember
from huisartsplek.rules.dates import age_on, day_in_amsterdam
from huisartsplek.rules.intake import Applicant, Assessment, Fact, IntakePolicy, as_in_round, assess_household
from huisartsplek.rules.lifecycles import ConfirmationState
from huisartsplek.rules.queue import (
    PriorityClass,
    QueueKey,
    Standing,
    class_in_queue,
    file_priority,
    priority_class,
)
from huisartsplek.rules.values import Postcode
from huisartsplek.simulator.distances import DUTCH_SPEEDS, Travel, km_between

_NEWBORN_DAYS = 730
_CHILD_UNTIL = 18
EVERY_FACT = frozenset(Fact)
NOTHING_KNOWN = Applicant()
_FACTS_OF_DISTANCE = frozenset({Fact.DISTANCE_KM, Fact.MINUTES})


@dataclass(frozen=True, slots=True)
class _Point:
    lon: float
    lat: float


@dataclass(slots=True)
class Facts:
    """One request with its members, their present enrolments, and where people of the household are patients."""

    request: Request
    members: list[Person] = field(default_factory=list)
    enrolments: dict[UUID, Enrolment] = field(default_factory=dict)  # by person, the members' own
    housemates: dict[UUID, list[Person]] = field(
        default_factory=lambda: defaultdict(list)
    )  # by the practice that has said they are its patients
    denied: set[UUID] = field(default_factory=set)  # members whose practice says that they are not its patients
    closing: frozenset[UUID] = frozenset()  # practices that have said they close

    def arrivals_at(self, practice_id: UUID) -> int:
        """How many of the members would be new at this practice."""
        return sum(self.practice_of(member) != practice_id for member in self.members)

    def practice_of(self, member: Person) -> UUID | None:
        """Give the member's present practice."""
        enrolment = self.enrolments.get(member.pk)
        return enrolment.practice_id if enrolment else None

    def has_gp(self, member: Person) -> bool:
        """Tell whether the member has a practice; one that denies it counts for nothing."""
        return member.pk in self.enrolments and member.pk not in self.denied

    def queue_key(self, *, lot: str | None = None) -> QueueKey:
        """Give the place in the order of a queue; outside a round the request's own random id is the lot."""
        return QueueKey(self.priority(), self.request.since, lot if lot is not None else self.request.pk.hex)

    def priority(self) -> int:
        """Give the number that orders requests by their national priority class."""
        return file_priority(self.priority_class(), self.request.goes_first)

    def priority_class(self) -> PriorityClass:
        """Give the national priority class in which the household waits."""
        standings = [
            Standing(
                has_practice=(has_gp := self.has_gp(member)),
                practice_closes=has_gp and self.practice_of(member) in self.closing,
                is_newborn_of_enrolled_parent=self._is_newborn_of_enrolled(member),
            )
            for member in self.members
        ]
        return class_in_queue(priority_class(standings), self.request.kept_class)

    def _is_newborn_of_enrolled(self, member: Person) -> bool:
        return bool(self.housemates) and age_on(member.born_on, day_in_amsterdam(self.request.since)) < 1

    def assess(self, practice: Practice, policy: IntakePolicy, *, on: date) -> Assessment:
        """Weigh the whole household against the practice's own rule."""
        return assess_household(policy, [self.applicant(member, practice, on=on) for member in self.members], on=on)

    def assess_in_round(self, practice: Practice, policy: IntakePolicy, *, on: date) -> Assessment:
        """Weigh the household as a round does, where a practice with a full stop may still swap."""
        return self.assess(practice, as_in_round(policy), on=on)

    def applicant(
        self, member: Person, practice: Practice, *, on: date, weighed: frozenset[Fact] = EVERY_FACT
    ) -> Applicant:
        """Give the only facts that this practice may weigh about a member, or those of them it does weigh."""
        return applicant_of(
            member,
            practice,
            on=on,
            has_gp=self.has_gp(member),
            patients_at_home=[mate for mate in self.housemates.get(practice.pk, []) if mate.pk != member.pk],
            weighed=weighed,
        )


def km_from_home(people: Iterable[Person], practice: Practice) -> float | None:
    """Give how far the practice is, as the crow flies, from the first of these people whose home we know."""
    there = _Point(practice.longitude, practice.latitude)
    for person in people:
        if person.longitude is not None and person.latitude is not None:
            return km_between(_Point(person.longitude, person.latitude), there)
    return None


def applicant_of(
    person: Person,
    practice: Practice,
    *,
    on: date,
    has_gp: bool | None,
    patients_at_home: Sequence[Person],
    weighed: frozenset[Fact] = EVERY_FACT,
) -> Applicant:
    """Give the only facts that a practice may weigh about a person, or those of them it does weigh."""
    if not weighed:
        return NOTHING_KNOWN
    km = km_from_home([person], practice) if weighed & _FACTS_OF_DISTANCE else None
    return Applicant(
        pc4=Postcode.parse(person.postcode).pc4 if Fact.PC4 in weighed else None,
        moved_in_on=person.moved_in_on if Fact.MOVED_IN_ON in weighed else None,
        distance_km=None if km is None else round(Decimal(km), 1),
        minutes=None if km is None else DUTCH_SPEEDS.minutes(km, Travel.BICYCLE),
        has_gp=has_gp if Fact.HAS_GP in weighed else None,
        household_member_is_patient=bool(patients_at_home) if Fact.HOUSEHOLD_MEMBER_IS_PATIENT in weighed else None,
        newborn_sibling=(
            _newborn_sibling(person, patients_at_home, on) if Fact.NEWBORN_SIBLING in weighed else None
        ),
    )


def _newborn_sibling(person: Person, patients_at_home: Sequence[Person], on: date) -> int | Literal["no"]:
    days = (on - person.born_on).days
    if days > _NEWBORN_DAYS or not any(age_on(mate.born_on, on) < _CHILD_UNTIL for mate in patients_at_home):
        return "no"
    return days


def load_facts(requests: Iterable[Request]) -> dict[UUID, Facts]:
    """Load the facts of these requests in a few queries, whatever their number. In the order of `requests`."""
    facts = {request.pk: Facts(request) for request in requests}
    rows = RequestMember.objects.filter(request__in=among(facts)).order_by("person_id")
    memberships = list(rows.values_list("request_id", "person_id"))
    at_home = Person.objects.filter(household__in=among({fact.request.household_id for fact in facts.values()}))
    known = {person.pk: person for person in at_home}
    elsewhere = {person_id for _, person_id in memberships} - known.keys()
    known |= Person.objects.in_bulk(elsewhere) if elsewhere else {}
    for request_id, person_id in memberships:
        facts[request_id].members.append(known[person_id])
    _add_enrolments(facts.values(), known)
    return facts


def _add_enrolments(facts: Collection[Facts], known: Mapping[UUID, Person]) -> None:
    """Add where these people are enrolled: the members, and everybody they live with."""
    by_household: dict[UUID, list[Facts]] = defaultdict(list)
    for fact in facts:
        by_household[fact.request.household_id].append(fact)
    member_of = {member.pk: fact for fact in facts for member in fact.members}
    denied = Confirmation.objects.filter(
        enrolment__person__in=among(member_of), enrolment__ends_on__isnull=True, state=ConfirmationState.DENIED
    )
    for person_id in denied.values_list("enrolment__person_id", flat=True):
        member_of[person_id].denied.add(person_id)
    for enrolment in Enrolment.objects.filter(person__in=among(known), ends_on__isnull=True):
        person = known[enrolment.person_id]
        if own := member_of.get(enrolment.person_id):
            own.enrolments[enrolment.person_id] = enrolment
        if enrolment.confirmed_at is None:
            continue  # somebody's own word opens no rule that is for patients' families
        for fact in by_household.get(person.household_id, []):
            if (
                person.is_protected
                and member_of.get(person.pk) is not fact
                and person.pk != fact.request.filed_by_id
            ):
                continue  # what a rule says of the others would tell where somebody protected is a patient
            fact.housemates[enrolment.practice_id].append(person)
    closing = frozenset(Practice.objects.filter(closes_on__isnull=False).values_list("pk", flat=True))
    for fact in facts:
        fact.closing = closing


def facts_of_draft(request: Request, members: Iterable[Person]) -> Facts:
    """Load the facts of a request that is not filed yet, for these members."""
    facts = Facts(request, sorted(members, key=lambda person: person.pk))
    at_home = Person.objects.filter(household_id=request.household_id)
    _add_enrolments([facts], {person.pk: person for person in [*at_home, *facts.members]})
    return facts


def facts_of(request: Request) -> Facts:
    """Load the facts of one request."""
    return load_facts([request])[request.pk]
