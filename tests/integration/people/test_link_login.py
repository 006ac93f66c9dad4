# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A login ends at one person, however often and from however many sides it comes."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from tests.integration.people.examples import AT, ISSUER, SYSTEM, PersonMaker, demo_bsn

from huisartsplek.accounts.linking import person_of as linked_person
from huisartsplek.audit.actors import Actor
from huisartsplek.audit.models import AuditEvent
from huisartsplek.integrations.login.port import Audience, LoginAnswer, LoginRefused
from huisartsplek.people import services
from huisartsplek.people.bsn import store_bsn
from huisartsplek.people.models import Household, Person, PersonBsn
from huisartsplek.people.services import link_login
from huisartsplek.rules.refusals import Refusal, RefusalCode

CITIZEN = Actor.person(uuid4())
ONE, OTHER = demo_bsn(0), demo_bsn(500)


def answer(subject: str = "s-1", *, issuer: str = ISSUER, bsn: str = "") -> LoginAnswer:
    return LoginAnswer(audience=Audience.CITIZEN, issuer=issuer, subject=subject, level="substantial", bsn=bsn)


def link(login: LoginAnswer) -> Person:
    return link_login(login, actor=CITIZEN, at=AT)


def linked_events() -> int:
    return AuditEvent.objects.filter(kind="person_linked").count()


@pytest.mark.django_db
def test_a_stranger_becomes_an_empty_record_with_the_reference_only() -> None:
    known = link(answer(bsn=ONE.reveal()))
    known.refresh_from_db()
    assert known.login_reference == f"{ISSUER}|s-1"
    assert not known.is_described
    assert (known.full_name, known.postcode, known.birth_date) == ("", "", None)
    assert not PersonBsn.objects.exists()
    (event,) = AuditEvent.objects.all()
    assert (event.kind, event.person_id, event.actor_id) == ("person_linked", known.pk, CITIZEN.user_id)


@pytest.mark.django_db
def test_an_empty_record_has_no_birth_date_to_reckon_with() -> None:
    with pytest.raises(Refusal) as refused:
        _ = link(answer()).born_on
    assert refused.value.code is RefusalCode.HOUSEHOLD_INCOMPLETE


@pytest.mark.django_db
def test_who_comes_back_is_the_same_person_and_nothing_is_written() -> None:
    first = link(answer())
    assert link(answer()) == first
    assert (Person.objects.count(), Household.objects.count(), linked_events()) == (1, 1, 1)


@pytest.mark.django_db
def test_subjects_of_two_issuers_are_two_people() -> None:
    assert link(answer()) != link(answer(issuer="https://other.example"))


def test_a_known_bsn_brings_a_first_login_to_its_person(person: PersonMaker) -> None:
    iris = person()
    store_bsn(SYSTEM, iris, ONE, AT)
    assert link(answer(bsn=ONE.reveal())) == iris
    iris.refresh_from_db()
    assert iris.login_reference == f"{ISSUER}|s-1"
    assert linked_events() == 1
    assert link(answer()) == iris, "from then on the reference is enough"


def test_a_new_login_with_the_same_bsn_takes_the_place_of_the_old(person: PersonMaker) -> None:
    iris = person()
    store_bsn(SYSTEM, iris, ONE, AT)
    link(answer("old", bsn=ONE.reveal()))
    assert link(answer("new", bsn=ONE.reveal())) == iris
    assert link(answer("old")) != iris


def test_a_login_that_proves_another_bsn_than_the_stored_one_is_refused(person: PersonMaker) -> None:
    iris = person(login_reference=f"{ISSUER}|s-1")
    store_bsn(SYSTEM, iris, ONE, AT)
    with pytest.raises(LoginRefused):
        link(answer(bsn=OTHER.reveal()))


@pytest.mark.django_db
@pytest.mark.parametrize("subject", [ONE.reveal(), f"bsn:{ONE.reveal()}"])
def test_a_subject_that_holds_the_bsn_is_never_stored(subject: str) -> None:
    with pytest.raises(LoginRefused) as refused:
        link(answer(subject, bsn=ONE.reveal()))
    assert ONE.reveal() not in str(refused.value)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_bsn_that_is_none_is_refused_without_repeating_it() -> None:
    with pytest.raises(LoginRefused) as refused:
        link(answer(bsn="123456789"))
    assert "123456789" not in repr(refused.value) + repr(refused.value.__context__)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_the_accounts_app_asks_here() -> None:
    known = linked_person(answer(), actor=CITIZEN, at=AT, language="")
    assert Person.objects.get().pk == known


def _race(monkeypatch: pytest.MonkeyPatch, login: LoginAnswer) -> list[Person | BaseException]:
    """Let two logins both find nobody before either of them writes."""
    both_looked = threading.Barrier(2)
    look = services._known_by

    def look_together(reference: str) -> Person | None:
        found = look(reference)
        both_looked.wait(timeout=30)
        return found

    monkeypatch.setattr(services, "_known_by", look_together)

    def log_in(_number: int) -> Person | BaseException:
        try:
            return link(login)
        except BaseException as problem:  # noqa: BLE001  it is the outcome that is looked at
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(log_in, range(2)))


@contextmanager
def _without_the_constraint() -> Iterator[None]:
    field = Person._meta.get_field("login_reference")
    with connection.schema_editor() as editor:
        names = editor._constraint_names(Person, [field.column], unique=True)  # type: ignore[attr-defined]  # Django has no public way
        editor.execute(f"ALTER TABLE people_person DROP CONSTRAINT {names[0]}")
    try:
        yield
    finally:
        Person.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.execute(f"ALTER TABLE people_person ADD CONSTRAINT {names[0]} UNIQUE (login_reference)")


@pytest.mark.usefixtures("committed")
def test_two_first_logins_at_the_same_moment_are_one_person(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = _race(monkeypatch, answer())
    assert isinstance(first, Person)
    assert first == second
    assert (Person.objects.count(), Household.objects.count(), linked_events()) == (1, 1, 1)


@pytest.mark.usefixtures("committed")
def test_without_the_constraint_the_same_race_makes_two_people(monkeypatch: pytest.MonkeyPatch) -> None:
    with _without_the_constraint():
        first, second = _race(monkeypatch, answer())
        assert isinstance(first, Person)
        assert isinstance(second, Person)
        assert first != second
        assert Person.objects.filter(login_reference=f"{ISSUER}|s-1").count() == 2


@pytest.mark.usefixtures("committed")
def test_two_first_logins_with_a_known_bsn_link_once(monkeypatch: pytest.MonkeyPatch, person: PersonMaker) -> None:
    iris = person()
    store_bsn(SYSTEM, iris, ONE, AT)
    assert _race(monkeypatch, answer(bsn=ONE.reveal())) == [iris, iris]
    assert linked_events() == 1


@pytest.mark.usefixtures("committed")
def test_without_the_lock_the_same_race_links_twice(monkeypatch: pytest.MonkeyPatch, person: PersonMaker) -> None:
    iris = person()
    store_bsn(SYSTEM, iris, ONE, AT)
    both_read = threading.Barrier(2)

    def read_only(person_ids: list[UUID]) -> dict[UUID, Person]:
        rows = {row.pk: row for row in Person.objects.filter(pk__in=person_ids)}
        both_read.wait(timeout=30)
        return rows

    monkeypatch.setattr(services, "lock_people", read_only)
    _race(monkeypatch, answer(bsn=ONE.reveal()))
    assert linked_events() == 2
