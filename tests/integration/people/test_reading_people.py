# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who sees whom, and what the log keeps of it."""

from datetime import date, timedelta
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from tests.integration.people.examples import AT, ISSUER, SYSTEM, TODAY, LogIn, ParentMaker, PersonMaker

from huisartsplek.accounts.models import User
from huisartsplek.audit.actors import Actor, Ground
from huisartsplek.audit.models import AuditEvent
from huisartsplek.people.models import Person
from huisartsplek.people.permissions import may_see_person
from huisartsplek.people.queries import household_of, people_decided_for, person_of

ASSISTANT = Actor.staff(uuid4(), "practice_assistant", ground=Ground.TREATMENT_RELATION)


def user_of(actor: Actor) -> User:
    assert actor.user_id is not None
    return User.objects.get(pk=actor.user_id)


def test_a_citizen_is_found_by_their_login(person: PersonMaker, log_in: LogIn) -> None:
    iris, other = person(), person()
    actor = log_in(iris)
    log_in(other)
    assert person_of(actor) == iris
    assert person_of(user_of(actor)) == iris


def test_staff_the_system_strangers_and_who_was_stopped_are_nobody(person: PersonMaker, log_in: LogIn) -> None:
    actor = log_in(person())
    User.objects.filter(pk=user_of(actor).pk).update(is_active=False)
    staff = User.objects.create(kind=User.Kind.STAFF, issuer=ISSUER, subject="s", display_name="S", created_at=AT)
    person(login_reference=f"{ISSUER}|s")
    for who in (actor, ASSISTANT, SYSTEM, Actor.anonymous(), Actor.person(uuid4()), Actor.person(staff.pk)):
        assert person_of(who) is None
    assert person_of(staff) is None
    assert person_of(AnonymousUser()) is None


def test_a_household_is_read_by_its_members_on_the_record(person: PersonMaker, log_in: LogIn) -> None:
    iris = person(birth_date=date(1990, 1, 1))
    elder = person(household=iris.household, birth_date=date(1950, 1, 1))
    child = person(household=iris.household, birth_date=date(2020, 1, 1))
    person()
    actor = log_in(iris)
    assert household_of(actor, iris.pk, at=AT) == [elder, iris, child]
    read = AuditEvent.objects.filter(kind="person_read").order_by("id")
    assert [(event.person_id, event.actor_id, event.facts) for event in read] == [
        (other.pk, actor.user_id, {"view": "household"}) for other in (elder, child)
    ]
    assert household_of(actor, child.pk, at=AT) == [elder, iris, child]


def test_a_protected_member_is_shown_to_nobody_but_themselves(person: PersonMaker, log_in: LogIn) -> None:
    iris = person()
    hidden = person(household=iris.household, is_protected=True)
    watching, hiding = log_in(iris), log_in(hidden)
    assert household_of(watching, iris.pk, at=AT) == [iris]
    assert household_of(watching, hidden.pk, at=AT) == []
    assert not AuditEvent.objects.exists()
    assert set(household_of(hiding, hidden.pk, at=AT)) == {iris, hidden}
    assert not may_see_person(watching, hidden)
    assert may_see_person(hiding, hidden)
    assert may_see_person(hiding, iris)


def test_other_households_and_the_dead_are_not_shown(person: PersonMaker, log_in: LogIn) -> None:
    iris, neighbour = person(), person()
    late = person(household=iris.household, ended_on=TODAY, end_reason=Person.End.DIED)
    actor = log_in(iris)
    assert household_of(actor, iris.pk, at=AT) == [iris]
    assert household_of(actor, neighbour.pk, at=AT) == []
    assert household_of(actor, uuid4(), at=AT) == []
    assert [may_see_person(actor, other) for other in (iris, neighbour, late)] == [True, False, False]


def test_staff_the_system_and_strangers_read_no_household_here(person: PersonMaker) -> None:
    iris = person()
    for actor in (ASSISTANT, SYSTEM, Actor.anonymous()):
        assert household_of(actor, iris.pk, at=AT) == []
        assert not may_see_person(actor, iris)


def test_parents_decide_for_children_under_sixteen_in_the_time_of_their_authority(
    person: PersonMaker, parent: ParentMaker
) -> None:
    mother, father = person(), person()
    youngest, middle = person(birth_date=date(2020, 1, 1)), person(birth_date=date(2012, 1, 1))
    grown = person(birth_date=date(2010, 3, 2))
    gone = person(birth_date=date(2015, 1, 1), ended_on=TODAY, end_reason=Person.End.EMIGRATED)
    hidden = person(birth_date=date(2016, 1, 1), is_protected=True)
    for child in (youngest, middle, grown, gone, hidden):
        parent(mother, child)
    parent(father, middle, valid_until=TODAY)
    assert people_decided_for(mother, TODAY) == [middle, youngest]
    assert people_decided_for(mother, TODAY - timedelta(days=1)) == [grown, middle, youngest]
    assert people_decided_for(father, TODAY) == [middle]
    assert people_decided_for(father, TODAY + timedelta(days=1)) == []
    assert people_decided_for(youngest, TODAY) == []


def test_a_mandate_does_not_make_a_parent(person: PersonMaker, parent: ParentMaker) -> None:
    child, helper = person(birth_date=date(2020, 1, 1)), person()
    row = parent(helper, child)
    row.basis = row.Basis.MANDATE
    row.save()
    assert people_decided_for(helper, TODAY) == []
