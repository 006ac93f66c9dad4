# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may say yes for whom, and when everybody's yes is there."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries
from tests.integration.people.examples import AT, SYSTEM, TODAY, LogIn, ParentMaker, PersonMaker

from huisartsplek.audit.actors import Actor, Ground
from huisartsplek.audit.models import AuditEvent
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.permissions import may_decide_for
from huisartsplek.people.services import (
    complete_for_many,
    consents_complete,
    give_consent,
    still_asked,
    withdraw_consent,
)
from huisartsplek.rules.dates import AMSTERDAM
from huisartsplek.rules.refusals import Refusal, RefusalCode

TAKE_PART = Consent.Kind.TAKE_PART
REQUEST = UUID(int=7)


def say_yes(person: Person, given_by: Person, *, actor: Actor = SYSTEM, at: datetime = AT) -> Consent:
    return give_consent(actor, person=person, kind=TAKE_PART, reference=REQUEST, given_by=given_by, at=at)


def take_back(person: Person, given_by: Person, *, actor: Actor = SYSTEM, at: datetime = AT) -> None:
    withdraw_consent(actor, person=person, kind=TAKE_PART, reference=REQUEST, given_by=given_by, at=at)


def aged(years: int, *, days_short: int = 0) -> date:
    return date(TODAY.year - years, TODAY.month, TODAY.day) + timedelta(days=days_short)


AGES = {
    "baby": (aged(0), {"parent"}),
    "eleven": (aged(11), {"parent"}),
    "the day before twelve": (aged(12, days_short=1), {"parent"}),
    "twelve today": (aged(12), {"parent", "self"}),
    "fifteen": (aged(15), {"parent", "self"}),
    "the day before sixteen": (aged(16, days_short=1), {"parent", "self"}),
    "sixteen today": (aged(16), {"self"}),
    "eighty": (aged(80), {"self"}),
}
RELATIONS = ["self", "parent", "former parent", "later parent", "late parent", "housemate"]


@pytest.mark.parametrize(
    "relation", ["self", "parent", "former parent", "later parent", "late parent", "housemate"]
)
@pytest.mark.parametrize("age", AGES)
def test_who_may_say_yes_for_whom(age: str, relation: str, person: PersonMaker, parent: ParentMaker) -> None:
    born_on, may_say_yes = AGES[age]
    subject = person(birth_date=born_on)
    speaker = subject if relation == "self" else person(household=subject.household)
    if relation == "parent":
        parent(speaker, subject, valid_until=TODAY)
    if relation == "former parent":
        parent(speaker, subject, valid_until=TODAY - timedelta(days=1))
    if relation == "later parent":
        parent(speaker, subject, valid_from=TODAY + timedelta(days=1))
    if relation == "late parent":
        parent(speaker, subject)
        Person.objects.filter(pk=speaker.pk).update(ended_on=TODAY, end_reason=Person.End.DIED)
    assert may_decide_for(speaker, subject, TODAY) == (relation in may_say_yes)
    if relation in may_say_yes:
        assert say_yes(subject, speaker).given_by == speaker
    else:
        with pytest.raises(Refusal) as refused:
            say_yes(subject, speaker)
        assert refused.value.code is RefusalCode.NOT_YOUR_TURN
        assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("on", "by_parent", "by_self"),
    [
        (date(2023, 2, 28), True, False),
        (date(2023, 3, 1), True, False),
        (date(2024, 2, 28), True, False),
        (date(2024, 2, 29), True, True),
        (date(2027, 3, 1), True, True),
        (date(2028, 2, 28), True, True),
        (date(2028, 2, 29), False, True),
    ],
)
def test_who_is_born_on_a_leap_day_grows_up_on_leap_days(
    on: date, by_parent: bool, by_self: bool, person: PersonMaker, parent: ParentMaker
) -> None:
    child, mother = person(birth_date=date(2012, 2, 29)), person()
    parent(mother, child)
    assert may_decide_for(mother, child, on) == by_parent
    assert may_decide_for(child, child, on) == by_self


def test_in_a_century_without_a_leap_day_the_birthday_is_the_first_of_march(person: PersonMaker) -> None:
    child = person(birth_date=date(2088, 2, 29))
    assert not may_decide_for(child, child, date(2100, 2, 28))
    assert may_decide_for(child, child, date(2100, 3, 1))


def test_the_day_is_the_dutch_one(person: PersonMaker) -> None:
    child = person(birth_date=date(2014, 3, 3))
    evening = datetime(2026, 3, 2, 22, 59, tzinfo=UTC)
    with pytest.raises(Refusal):
        say_yes(child, child, at=evening)
    assert evening.astimezone(AMSTERDAM).day == 2
    say_yes(child, child, at=evening + timedelta(minutes=1))


def test_the_same_yes_twice_is_one(person: PersonMaker) -> None:
    iris = person()
    assert say_yes(iris, iris) == say_yes(iris, iris, at=AT + timedelta(hours=1))
    assert Consent.objects.get().given_at == AT
    assert AuditEvent.objects.count() == 1


def test_a_yes_can_be_taken_back_twice_and_given_again(person: PersonMaker) -> None:
    iris = person()
    first = say_yes(iris, iris)
    take_back(iris, iris)
    take_back(iris, iris, at=AT + timedelta(hours=1))
    first.refresh_from_db()
    assert first.withdrawn_at == AT
    assert say_yes(iris, iris) != first
    kinds = AuditEvent.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["consent_given", "consent_withdrawn", "consent_given"]


def test_taking_back_what_was_never_given_changes_nothing(person: PersonMaker) -> None:
    take_back(person(), person())
    assert not AuditEvent.objects.exists()


def test_taking_back_leaves_other_people_and_other_requests_alone(person: PersonMaker, parent: ParentMaker) -> None:
    child, mother, father = person(birth_date=aged(4)), person(), person()
    parent(mother, child)
    parent(father, child)
    say_yes(child, mother)
    other = give_consent(SYSTEM, person=child, kind=TAKE_PART, reference=uuid4(), given_by=mother, at=AT)
    kept = say_yes(child, father)
    take_back(child, mother)
    in_force = Consent.objects.filter(withdrawn_at__isnull=True)
    assert set(in_force) == {other, kept}


def test_the_database_refuses_the_same_yes_twice(person: PersonMaker) -> None:
    iris = person()
    say_yes(iris, iris)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(person=iris, kind=TAKE_PART, reference=REQUEST, given_by=iris, given_at=AT)


def test_nobody_says_yes_in_somebody_elses_name(person: PersonMaker, parent: ParentMaker, log_in: LogIn) -> None:
    iris, thief = person(), person()
    strangers = [log_in(thief), Actor.person(uuid4()), Actor.anonymous()]
    desks = [Actor.staff(uuid4(), "practice_assistant", ground=Ground.TREATMENT_RELATION)]
    for actor in [*strangers, *desks, desks[0].acting_for(thief.pk, ground=Ground.MANDATE)]:
        with pytest.raises(Refusal):
            say_yes(iris, iris, actor=actor)
    say_yes(iris, iris)
    for actor in [*strangers, *desks]:
        with pytest.raises(Refusal):
            take_back(iris, iris, actor=actor)
    assert Consent.objects.get().withdrawn_at is None


def test_a_desk_notes_the_yes_of_who_stands_before_it(person: PersonMaker) -> None:
    iris = person()
    desk = Actor.staff(uuid4(), "practice_assistant", ground=Ground.TREATMENT_RELATION)
    say_yes(iris, iris, actor=desk.acting_for(iris.pk, ground=Ground.OWN_REQUEST))
    assert AuditEvent.objects.get().on_behalf_of == iris.pk


def test_the_log_says_that_a_parent_spoke_for_a_child(
    person: PersonMaker, parent: ParentMaker, log_in: LogIn
) -> None:
    child, mother = person(birth_date=aged(4)), person()
    parent(mother, child)
    say_yes(child, mother, actor=log_in(mother))
    event = AuditEvent.objects.get()
    assert (event.person_id, event.on_behalf_of, event.ground) == (child.pk, child.pk, "parental_authority")
    assert event.facts == {"consent": "take_part", "reference": str(REQUEST)}


def test_a_household_is_complete_when_everybody_who_counts_said_yes(
    person: PersonMaker, parent: ParentMaker
) -> None:
    mother, father = person(), person()
    teenager, baby = person(birth_date=aged(13)), person(birth_date=aged(1))
    for child in (teenager, baby):
        parent(mother, child)
        parent(father, child)
    family = [mother, father, teenager, baby]
    parents = frozenset({mother.pk, father.pk})
    assert still_asked(REQUEST, family, TODAY) == {
        mother.pk: {mother.pk},
        father.pk: {father.pk},
        teenager.pk: parents | {teenager.pk},
        baby.pk: parents,
    }
    for somebody in (mother, teenager, baby):
        say_yes(somebody, mother if somebody is not teenager else teenager)
    assert still_asked(REQUEST, family, TODAY) == {father.pk: {father.pk}, teenager.pk: parents}
    assert not consents_complete(REQUEST, family, TODAY)
    say_yes(teenager, father)
    say_yes(father, father)
    assert still_asked(REQUEST, family, TODAY) == {}
    assert consents_complete(REQUEST, family, TODAY)
    assert not consents_complete(uuid4(), family, TODAY)
    assert not consents_complete(REQUEST, family, TODAY, kind=Consent.Kind.RECORD_TRANSFER)
    take_back(father, father)
    assert not consents_complete(REQUEST, family, TODAY)


def test_on_the_sixteenth_birthday_the_yes_of_a_parent_no_longer_counts(
    person: PersonMaker, parent: ParentMaker
) -> None:
    child, mother = person(birth_date=date(2010, 3, 3)), person()
    parent(mother, child)
    say_yes(child, mother)
    say_yes(child, child)
    assert consents_complete(REQUEST, [child], TODAY)
    take_back(child, child)
    assert still_asked(REQUEST, [child], TODAY) == {child.pk: {child.pk}}
    assert still_asked(REQUEST, [child], date(2026, 3, 3)) == {child.pk: {child.pk}}
    with pytest.raises(Refusal):
        say_yes(child, mother, at=AT + timedelta(days=1))
    say_yes(child, child, at=AT + timedelta(days=1))
    take_back(child, mother, at=AT + timedelta(days=1))
    assert consents_complete(REQUEST, [child], date(2026, 3, 3))


def test_the_yes_of_a_parent_ends_with_the_authority(person: PersonMaker, parent: ParentMaker) -> None:
    child, mother = person(birth_date=aged(4)), person()
    parent(mother, child, valid_until=TODAY)
    say_yes(child, mother)
    assert consents_complete(REQUEST, [child], TODAY)
    assert still_asked(REQUEST, [child], TODAY + timedelta(days=1)) == {child.pk: frozenset()}


def test_for_a_child_without_known_parents_the_dead_and_the_undescribed_nobody_can_say_yes(
    person: PersonMaker,
) -> None:
    orphan = person(birth_date=aged(4))
    gone = person(ended_on=TODAY, end_reason=Person.End.DIED)
    unknown = person(birth_date=None, given_name="", family_name="", postcode="")
    for somebody in (orphan, gone, unknown):
        assert not may_decide_for(somebody, somebody, TODAY)
        assert still_asked(REQUEST, [somebody], TODAY) == {somebody.pk: frozenset()}
        assert not consents_complete(REQUEST, [somebody], TODAY)


def test_many_requests_are_weighed_in_two_queries(
    person: PersonMaker, parent: ParentMaker, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    members: dict[UUID, list[Person]] = {}
    expected = set()
    for number in range(40):
        adult, child, reference = person(), person(birth_date=aged(5)), uuid4()
        parent(adult, child)
        members[reference] = [adult, child]
        for somebody in [adult, child][: number % 3]:
            give_consent(SYSTEM, person=somebody, kind=TAKE_PART, reference=reference, given_by=adult, at=AT)
        if number % 3 == 2:
            expected.add(reference)
    with django_assert_num_queries(2):
        assert complete_for_many(members, on=TODAY) == expected
    assert {ref for ref, people in members.items() if consents_complete(ref, people, TODAY)} == expected
    assert complete_for_many({}, on=TODAY) == set()
