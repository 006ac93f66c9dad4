# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""People are entered, describe themselves, get who decides for them, and end."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.integration.people.examples import AT, DESK, TODAY, LogIn, PersonMaker

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.models import AuditEvent
from huisartsplek.people.models import Household, Person, Representation
from huisartsplek.people.services import describe_person, end_person, record_representation, register_person
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.rules.values import Postcode

PARENT = Representation.Basis.PARENT
DETAILS: dict[str, Any] = {
    "given_name": "Noor",
    "family_name": "Voorbeeld",
    "birth_date": TODAY,
    "postcode": Postcode.parse("2514 GL"),
    "house_number": "7a",
    "at": AT,
}


def enter(actor: Actor, household_id: UUID | None = None, **changed: Any) -> Person:
    return register_person(actor, household_id=household_id, **{**DETAILS, **changed})


@pytest.mark.django_db
def test_a_person_gets_a_household_of_their_own() -> None:
    noor = enter(DESK, place="Den Haag", channel=Person.Channel.LETTER, is_protected=True)
    kept = Person.objects.get(pk=noor.pk)
    assert (kept.full_name, kept.postcode, kept.house_number, kept.place) == (
        "Noor Voorbeeld",
        "2514GL",
        "7a",
        "Den Haag",
    )
    assert (kept.channel, kept.is_protected, kept.login_reference) == ("letter", True, None)
    assert kept.born_on == TODAY
    assert AuditEvent.objects.get().kind == "person_registered"


def test_a_newborn_joins_the_household_of_a_parent(person: PersonMaker, log_in: LogIn) -> None:
    iris = person()
    noor = enter(log_in(iris), iris.household_id)
    assert noor.household == iris.household
    assert not Representation.objects.exists(), "who adds a child is not its parent yet"


def test_nobody_adds_people_to_somebody_elses_household(person: PersonMaker, log_in: LogIn) -> None:
    iris, other = person(), person()
    for actor, household_id in [
        (log_in(iris), other.household_id),
        (log_in(iris), None),
        (Actor.anonymous(), other.household_id),
        (Actor.anonymous(), None),
    ]:
        with pytest.raises(Refusal) as refused:
            enter(actor, household_id)
        assert refused.value.code is RefusalCode.NOT_YOUR_TURN
    assert (Person.objects.count(), Household.objects.count()) == (2, 2)


@pytest.mark.django_db
def test_who_is_not_born_yet_cannot_be_entered() -> None:
    with pytest.raises(Refusal):
        enter(DESK, birth_date=TODAY + timedelta(days=1))
    assert not Household.objects.exists()


def test_a_new_login_says_once_who_it_is(person: PersonMaker, log_in: LogIn) -> None:
    empty = person(birth_date=None, given_name="", family_name="", postcode="")
    actor = log_in(empty)
    described = describe_person(actor, empty, **{**DETAILS, "birth_date": date(1980, 1, 1)}, language="en")
    described.refresh_from_db()
    assert (described.pk, described.full_name, described.language) == (empty.pk, "Noor Voorbeeld", "en")
    assert described.is_described
    with pytest.raises(Refusal) as again:
        describe_person(actor, empty, **DETAILS)
    assert again.value.code is RefusalCode.CHANGED_MEANWHILE


def test_nobody_describes_somebody_else(person: PersonMaker, log_in: LogIn) -> None:
    empty = person(birth_date=None, given_name="", family_name="", postcode="")
    for actor in (log_in(person()), DESK, Actor.anonymous()):
        with pytest.raises(Refusal):
            describe_person(actor, empty, **DETAILS)


def test_the_database_refuses_a_name_without_a_birth_date(person: PersonMaker) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        person(birth_date=None)


def test_a_representation_is_kept_once_and_its_period_can_change(person: PersonMaker) -> None:
    mother, child = person(), person()

    def keep(until: date | None) -> Representation:
        return record_representation(
            DESK,
            representative=mother,
            represented=child,
            basis=PARENT,
            valid_from=date(2020, 1, 1),
            valid_until=until,
            at=AT,
        )

    first = keep(None)
    assert keep(None) == first
    assert AuditEvent.objects.count() == 1
    assert keep(TODAY) == first
    first.refresh_from_db()
    assert first.valid_until == TODAY
    assert list(AuditEvent.objects.values_list("kind", "person_id")) == [("representation_recorded", child.pk)] * 2


def test_nobody_makes_themselves_a_parent(person: PersonMaker, log_in: LogIn) -> None:
    iris, child = person(), person()
    for actor in (log_in(iris), Actor.person(uuid4()), Actor.anonymous()):
        with pytest.raises(Refusal):
            record_representation(
                actor, representative=iris, represented=child, basis=PARENT, valid_from=TODAY, at=AT
            )
    assert not Representation.objects.exists()


def test_nobody_represents_themselves_or_for_less_than_a_day(person: PersonMaker) -> None:
    iris, child = person(), person()
    yesterday = TODAY - timedelta(days=1)
    for represented, until in ((iris, None), (child, yesterday)):
        with pytest.raises(Refusal):
            record_representation(
                DESK,
                representative=iris,
                represented=represented,
                basis=PARENT,
                valid_from=TODAY,
                valid_until=until,
                at=AT,
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            Representation.objects.create(
                representative=iris, represented=represented, basis=PARENT, valid_from=TODAY, valid_until=until
            )


def test_a_person_ends_once(person: PersonMaker) -> None:
    iris = person()
    end_person(DESK, iris, Person.End.DIED, TODAY, AT)
    end_person(DESK, iris, Person.End.DIED, TODAY, AT)
    iris.refresh_from_db()
    assert (iris.ended_on, iris.end_reason) == (TODAY, "died")
    assert AuditEvent.objects.get().facts == {"field": "died"}
    with pytest.raises(Refusal) as refused:
        end_person(DESK, iris, Person.End.EMIGRATED, TODAY, AT)
    assert refused.value.code is RefusalCode.CHANGED_MEANWHILE


def test_nobody_ends_ahead_of_time(person: PersonMaker) -> None:
    iris = person()
    with pytest.raises(Refusal):
        end_person(DESK, iris, Person.End.DIED, TODAY + timedelta(days=1), AT)
    iris.refresh_from_db()
    assert iris.ended_on is None


def test_one_may_say_oneself_that_one_leaves_the_country_and_of_nobody_else(
    person: PersonMaker, log_in: LogIn
) -> None:
    iris, other = person(), person()
    actor = log_in(iris)
    for somebody, reason in ((iris, Person.End.DIED), (other, Person.End.EMIGRATED)):
        with pytest.raises(Refusal):
            end_person(actor, somebody, reason, TODAY, AT)
    end_person(actor, iris, Person.End.EMIGRATED, TODAY, AT)
    assert set(Person.objects.filter(ended_on=TODAY)) == {iris}
