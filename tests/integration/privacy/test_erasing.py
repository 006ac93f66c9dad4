# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody has their data deleted: what they asked for stops, and afterwards no table says who they were."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Q
from tests.builders import (
    AT,
    PRACTICE_STAFF,
    SYSTEM,
    a_citizen,
    a_household,
    a_person,
    a_practice,
    a_region,
    a_request,
    days_after,
)
from tests.integration.privacy.test_export import NOT_OURS, tables_with_people
from tests.integration.rounds.running import PUBLISHED_AT, a_swap, after_answers, answer, published
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.models import Enrolment, Move
from huisartsplek.enrolments.queries import departures_of, questions_to
from huisartsplek.enrolments.services import register_move
from huisartsplek.enrolments.statements import make_statement, new_code, recorded_enrolments
from huisartsplek.notices.models import Notice
from huisartsplek.people.bsn import store_bsn
from huisartsplek.people.invitations import invite
from huisartsplek.people.invitations import new_code as code_for_a_housemate
from huisartsplek.people.models import Block, Consent, Person
from huisartsplek.people.services import end_person
from huisartsplek.practices.models import Places
from huisartsplek.privacy.erasing import erase, erasure_of
from huisartsplek.privacy.fates import DELETED, EMPTIED, KEPT, NOT_THEIRS
from huisartsplek.privacy.held import HELD
from huisartsplek.requests.models import Request, Wish
from huisartsplek.requests.moves import carry_out
from huisartsplek.requests.naming import say_naming
from huisartsplek.requests.record_transfer import open_transfers
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rounds.settling import settle_round
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.rules.values import Bsn

pytestmark = pytest.mark.django_db
LATER = days_after(20)


def everything_in_the_database() -> str:
    """Read every column of every table of ours as text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_label not in NOT_OURS - {"procrastinate"}:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608  a table of ours, quoted
                found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def rows_of(table: str, paths: tuple[str, ...], person: Person) -> int:
    about = Q()
    for path in paths:
        about |= Q(**{path: person.pk})
    rows: Any = apps.get_model(table)._default_manager
    return int(rows.filter(about).count())


@pytest.fixture
def kanarie() -> Person:
    """Somebody with something in every table that can be filled: a past move, a request, a code, a block, a BSN."""
    here, there = a_practice(name="Praktijk De Brink"), a_practice(free=5)
    person = a_person(
        a_household(),
        given_name="Kanarienoor",
        family_name="Zwijgzaam",
        email="kanarie@voorbeeld.example",
        postcode="9876QX",
        place="Ganzedijk",
        enrolled_at=here,
    )
    Person.objects.filter(pk=person.pk).update(house_number="987zq")
    store_bsn(SYSTEM, person, Bsn.parse("999990019"), AT)
    (move,) = admit_at_once(SYSTEM, a_request(person, wishes=[there]).pk, there.pk, at=AT)
    assert carry_out(SYSTEM, move.request_id, at=LATER)
    register_move(PRACTICE_STAFF, move.pk, there.pk, at=LATER)
    mate, other = a_person(person.household), a_person()
    actor = a_citizen(person)
    invite(actor, by=person, code=code_for_a_housemate(), at=LATER)
    Block.objects.create(person=person, blocked=other, since=AT)
    Block.objects.create(person=other, blocked=person, since=AT)
    enrolment = recorded_enrolments([person.pk], on=day_in_amsterdam(LATER))[person.pk]
    make_statement(actor, enrolment.pk, by=person, code=new_code(), at=LATER)
    a_request(person, wishes=[a_practice(), a_practice()], members=[person, mate], at=LATER)
    return person


def test_every_table_about_people_has_one_fate_and_those_that_stay_a_reason() -> None:
    fates = [set(DELETED), set(EMPTIED), set(KEPT), set(NOT_THEIRS)]
    assert set(tables_with_people()) <= set.union(*fates)
    assert sum(map(len, fates)) == len(set.union(*fates))
    assert set(HELD) <= set(DELETED) | set(EMPTIED) | set(KEPT), "what one may take along is gone, emptied or told"


def test_afterwards_no_column_of_any_table_says_who_they_were(kanarie: Person) -> None:
    browser = browser_of(kanarie)
    kanarie.refresh_from_db()
    subject = (kanarie.login_reference or "").partition("|")[2]
    traces = ("Kanarienoor", "Zwijgzaam", "kanarie@", "9876QX", "987zq", "Ganzedijk", subject)
    before = everything_in_the_database()
    assert all(trace in before for trace in traces)
    told = browser.get("/mijn/gegevens/verwijderen").content.decode()
    assert "Uw verzoek stopt" in told
    assert "Uw burgerservicenummer (BSN)" in told
    done = browser.post("/mijn/gegevens/verwijderen", {"antwoord": "verwijder"}, follow=True)
    assert done.redirect_chain == [("/verwijderd", 302)]
    assert "Uw gegevens zijn verwijderd" in done.content.decode()
    after = everything_in_the_database()
    assert [trace for trace in traces if trace in after] == []
    for table, paths in DELETED.items():
        assert rows_of(table, paths, kanarie) == 0, table
    for table in ("enrolments.Enrolment", "enrolments.Move", "requests.Request"):
        assert rows_of(table, HELD[table], kanarie), f"{table} stays, without a name"
    empty = Person.objects.get(pk=kanarie.pk)
    assert empty.household_id != kanarie.household_id
    assert (empty.birth_date, empty.login_reference, empty.end_reason) == (None, None, "erased")
    assert not Consent.objects.filter(given_by=kanarie, withdrawn_at__isnull=True).exists()
    assert not Notice.objects.filter(person_id=kanarie.pk).exclude(to_address="", others=[]).exists()
    assert not Notice.objects.filter(person_id=kanarie.pk, state__in=["queued", "sent", "failed"]).exists()
    assert AuditEvent.objects.filter(kind="person_erased", person_id=kanarie.pk).count() == 1
    assert browser.get("/mijn").status_code == 302, "nobody is logged in any more"


def test_the_others_of_a_request_go_on_without_them(kanarie: Person) -> None:
    request = Request.objects.get(state="waiting")
    (mate,) = [one.person for one in request.members.all() if one.person_id != kanarie.pk]
    erase(a_citizen(kanarie), at=LATER)
    request.refresh_from_db()
    assert request.state == "waiting"
    assert [one.person_id for one in request.members.all()] == [mate.pk]
    assert request.filed_by_id == mate.pk
    assert request.wishes.count() == 2, "the wishes are theirs too"
    assert "Zwijgzaam" not in browser_of(mate).get("/mijn").content.decode()


def test_a_planned_move_is_called_off_first_and_the_place_goes_back() -> None:
    there = a_practice(free=1)
    person = a_person(enrolled_at=a_practice())
    admit_at_once(SYSTEM, a_request(person, wishes=[there]).pk, there.pk, at=AT)
    actor = a_citizen(person)
    assert erasure_of(actor, at=AT).has_planned_move
    erase(actor, at=AT)
    assert Move.objects.get().state == "cancelled"
    assert Places.objects.get(practice=there).free == 1
    assert not Wish.objects.exists()
    assert Enrolment.objects.get().ends_on is None, "they keep their GP"


def test_while_a_practice_must_record_the_move_nothing_goes() -> None:
    here, there = a_practice(), a_practice(free=1, name="Praktijk Zilverschoon")
    person = a_person(given_name="Fatima", enrolled_at=here)
    (move,) = admit_at_once(SYSTEM, a_request(person, wishes=[there]).pk, there.pk, at=AT)
    assert carry_out(SYSTEM, move.request_id, at=LATER)
    actor = a_citizen(person)
    assert erasure_of(actor, at=LATER).waits_for == there
    with pytest.raises(Refusal) as waits:
        erase(actor, at=LATER)
    assert waits.value.code is RefusalCode.MOVING_ALREADY
    assert Person.objects.get(pk=person.pk).given_name == "Fatima"
    assert (
        "moet uw inschrijving nog vastleggen"
        in browser_of(person).get("/mijn/gegevens/verwijderen").content.decode()
    )
    register_move(PRACTICE_STAFF, move.pk, there.pk, at=LATER)
    assert [one.move.person.given_name for one in departures_of(PRACTICE_STAFF, here.pk, at=LATER)] == ["Fatima"]
    erase(a_citizen(person), at=LATER)
    assert departures_of(PRACTICE_STAFF, here.pk, at=LATER) == [], "no line without a name"


def test_what_was_only_said_goes_and_no_practice_is_asked_about_it() -> None:
    here = a_practice()
    person = a_person(enrolled_at=here, confirmed=False)
    assert questions_to(PRACTICE_STAFF, here.pk, at=AT)
    erase(a_citizen(person), at=AT)
    assert questions_to(PRACTICE_STAFF, here.pk, at=AT) == []
    assert not Enrolment.objects.exists()


def test_children_go_along_of_whom_nobody_else_decides_and_no_others() -> None:
    parent, ex = a_person(a_household()), a_person()
    born = date(2019, 1, 1)
    alone = a_person(parent.household, given_name="Sami", birth_date=born, parents=[parent])
    shared = a_person(parent.household, given_name="Noor", birth_date=born, parents=[parent, ex])
    own_login = a_person(parent.household, given_name="Daan", birth_date=date(2013, 1, 1), parents=[parent])
    a_citizen(own_login)
    actor = a_citizen(parent)
    assert [one.given_name for one in erasure_of(actor, at=AT).children] == ["Sami"]
    erase(actor, at=AT)
    names = dict(Person.objects.values_list("pk", "given_name"))
    assert names[alone.pk] == ""
    assert (names[shared.pk], names[own_login.pk]) == ("Noor", "Daan")


def test_in_a_round_that_was_published_it_counts_as_a_no_and_the_round_settles() -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    round_ = published(region)
    answer(second, True, at=PUBLISHED_AT)
    answer(first, True, at=PUBLISHED_AT)
    erase(a_citizen(first.person), at=PUBLISHED_AT)
    assert settle_round(SYSTEM, round_.pk, at=after_answers(round_))
    assert second.state == "waiting"
    assert not Move.objects.exists()


def test_only_oneself_from_16_deletes_and_nobody_is_ended_as_erased_otherwise() -> None:
    boy = a_person(a_household(), birth_date=date(2012, 1, 1), parents=[a_person()])
    for actor in (a_citizen(boy), SYSTEM, PRACTICE_STAFF, Actor.anonymous(origin="x")):
        with pytest.raises(Refusal):
            erase(actor, at=AT)
    assert "vanaf 16 jaar" in browser_of(boy).get("/mijn/gegevens/verwijderen").content.decode()
    with pytest.raises(Refusal):
        end_person(SYSTEM, boy, Person.End.ERASED, day_in_amsterdam(AT), AT)
    page = browser_of(a_person()).post("/mijn/gegevens/verwijderen", {"antwoord": "ja"})
    assert "Wilt u uw gegevens verwijderen?" in page.content.decode(), "another answer deletes nothing"
    assert Person.objects.exclude(given_name="").count() == Person.objects.count()


def test_what_was_read_before_is_withdrawn_with_it() -> None:
    there, person = a_practice(free=1), a_person(enrolled_at=a_practice())
    request = a_request(person, wishes=[there])
    actor = a_citizen(person)
    say_naming(actor, request.pk, by=person, is_allowed=True, at=AT)
    admit_at_once(SYSTEM, request.pk, there.pk, at=AT)
    assert open_transfers(person, at=AT)
    erase(actor, at=AT)
    assert set(Consent.objects.values_list("withdrawn_at", flat=True)) == {AT}
    assert open_transfers(Person.objects.get(pk=person.pk), at=AT) == []
