# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A statement is true as long as the enrolment holds; who checks it learns that, and not a word more."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.builders import (
    AT,
    PRACTICE_STAFF,
    SYSTEM,
    a_citizen,
    a_household,
    a_person,
    a_practice,
    a_request,
    days_after,
)
from tests.integration.web.citizen.conftest import StoppedClock
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.models import Enrolment, Statement, StatementCheck
from huisartsplek.enrolments.services import register_move
from huisartsplek.enrolments.statements import (
    CODE_LENGTH,
    MOST_CHECKS,
    Answer,
    check_statement,
    make_statement,
    new_code,
    recorded_enrolments,
    stateable_by,
    withdraw_statement,
)
from huisartsplek.integrations.clock import chosen
from huisartsplek.people.models import Person
from huisartsplek.people.services import end_person
from huisartsplek.requests.moves import carry_out
from huisartsplek.requests.protecting import protect_person
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal

pytestmark = pytest.mark.django_db
ANYBODY = Actor.anonymous(origin="203.0.113.9")
BORN = date(1980, 5, 17)


@pytest.fixture(autouse=True)
def at_the_builders_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chosen, "clock", lambda: StoppedClock(AT))


@pytest.fixture
def person() -> Person:
    return a_person(a_household(), enrolled_at=a_practice(name="Praktijk De Brink", agb="01054321"))


def stated(person: Person) -> str:
    code = new_code()
    enrolment = recorded_enrolments([person.pk], on=day_in_amsterdam(AT))[person.pk]
    make_statement(a_citizen(person), enrolment.pk, by=person, code=code, at=AT)
    return code


def asked(code: str, *, born: date = BORN, agb: str = "01054321", at: object = None, who: str = "a") -> Answer:
    moment = days_after(20) if at == "later" else AT
    return check_statement(ANYBODY, code=code, birth_date=born, agb=agb, visitor=who, at=moment)


def test_it_is_true_to_who_has_the_whole_paper_and_unknown_to_anybody_else(person: Person) -> None:
    code = stated(person)
    assert len(code) == CODE_LENGTH
    assert asked(code) is Answer.TRUE
    assert asked(f" {code[:5].lower()} {code[5:]}") is Answer.TRUE
    assert asked(new_code()) is Answer.UNKNOWN
    assert asked(code, born=BORN + timedelta(days=1)) is Answer.UNKNOWN
    assert asked(code, agb="01054322") is Answer.UNKNOWN
    assert code not in str(list(Statement.objects.values()))
    told = AuditEvent.objects.filter(kind="statement_checked")
    assert {line.person_id for line in told} == {person.pk}
    assert told.count() == 2, "what is unknown is about nobody"


def test_it_is_no_longer_true_after_a_move_and_the_new_one_waits_for_the_practice(person: Person) -> None:
    code, there = stated(person), a_practice(free=1)
    (move,) = admit_at_once(SYSTEM, a_request(person, wishes=[there]).pk, there.pk, at=AT)
    assert asked(code) is Answer.TRUE, "the old practice holds until the switch"
    later = days_after(20)
    assert carry_out(SYSTEM, move.request_id, at=later)
    assert asked(code, at="later") is Answer.NO_LONGER
    assert [one.enrolment for one in stateable_by(person, at=later)] == [None], "not recorded yet"
    register_move(PRACTICE_STAFF, move.pk, there.pk, at=later)
    (one,) = stateable_by(person, at=later)
    assert one.enrolment is not None
    assert one.enrolment.practice == there
    assert one.statements == ()


def test_it_ends_with_a_word_of_its_person_or_when_they_are_gone(person: Person) -> None:
    first, second = stated(person), stated(person)
    (made, *_) = Statement.objects.order_by("made_at", "pk")
    with pytest.raises(Refusal):
        withdraw_statement(a_citizen(stranger := a_person()), made.pk, by=stranger, at=AT)
    for _ in range(2):
        withdraw_statement(a_citizen(person), made.pk, by=person, at=AT)
    assert sorted([asked(first), asked(second)]) == [Answer.NO_LONGER, Answer.TRUE]
    end_person(SYSTEM, person, Person.End.EMIGRATED, day_in_amsterdam(AT), AT)
    assert {asked(first), asked(second)} == {Answer.NO_LONGER}


def test_nothing_is_stated_of_what_no_practice_confirmed_nor_of_somebody_else(person: Person) -> None:
    unsure = a_person(person.household, enrolled_at=a_practice(), confirmed=False)
    assert [one.enrolment for one in stateable_by(unsure, at=AT)] == [None]
    of_person = Enrolment.objects.get(person=person)
    of_unsure = Enrolment.objects.get(person=unsure)
    for by, enrolment in ((unsure, of_person), (unsure, of_unsure), (a_person(), of_person)):
        with pytest.raises(Refusal):
            make_statement(a_citizen(by), enrolment.pk, by=by, code=new_code(), at=AT)
    child = a_person(
        person.household, birth_date=date(2019, 1, 1), parents=[person], enrolled_at=of_person.practice
    )
    assert [one.person for one in stateable_by(person, at=AT)] == [person, child]
    hidden = a_person(
        person.household, birth_date=date(2019, 1, 1), parents=[person], enrolled_at=a_practice(), is_protected=True
    )
    assert hidden not in [one.person for one in stateable_by(person, at=AT)]


def test_who_becomes_protected_leaves_no_paper_that_answers(person: Person) -> None:
    code = stated(person)
    protect_person(SYSTEM, person, at=AT)
    assert asked(code) is Answer.UNKNOWN, "as if it never was: who has the old paper learns nothing"
    person.refresh_from_db()
    assert asked(stated(person)) is Answer.TRUE, "a new one is their own choice"


def test_who_tries_many_is_stopped_for_an_hour_and_nobody_else_is(person: Person) -> None:
    code = stated(person)
    for _ in range(MOST_CHECKS):
        assert asked(new_code()) is Answer.UNKNOWN
    with pytest.raises(Refusal):
        asked(code)
    assert asked(code, who="b") is Answer.TRUE
    hour = AT + timedelta(hours=1)
    again = check_statement(ANYBODY, code=code, birth_date=BORN, agb="01054321", visitor="a", at=hour)
    assert again is Answer.TRUE
    assert StatementCheck.objects.count() == 1, "what was counted is gone after its hour"


def test_the_paper_is_made_on_the_own_page_and_checked_by_anybody(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = "BCDFG" * 4
    monkeypatch.setattr("huisartsplek.web.citizen.statement.new_code", lambda: drawn)
    browser = browser_of(person)
    assert "Download de verklaring" in browser.get("/mijn/verklaring").content.decode()
    paper = browser.post("/mijn/verklaring", {"voor": str(person.pk)})
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
    assert paper["Cache-Control"] == "no-store"
    assert "Al gemaakt" in browser.get("/mijn/verklaring").content.decode()
    other = browser.post("/mijn/verklaring", {"voor": str(a_person(enrolled_at=a_practice()).pk)}, follow=True)
    assert "kunnen wij nu geen verklaring maken" in other.content.decode()

    anybody = Client()
    form = {"code": "bcdfg bcdfg bcdfg bcdfg", "birth_date": "17-5-1980", "agb": "01054321"}
    answer = anybody.post("/controleer", form)
    told = answer.content.decode()
    assert "Ja, dit klopt op 2 maart 2026" in told
    assert "De AGB-code 01054321 is van Praktijk De Brink" in told
    for secret in (person.given_name, person.family_name, "17-5-1980", "1980-05-17", drawn):
        assert secret not in told, secret
    assert "no-store" in answer["Cache-Control"]
    withdrawn = f"/mijn/verklaring/{Statement.objects.get().pk}/intrekken"
    assert browser_of(a_person()).post(withdrawn).status_code == 404
    browser_of(person).post(withdrawn)
    no_longer = anybody.post("/controleer", form).content.decode()
    assert "Nee, dit klopt niet meer" in no_longer
    assert "De Brink" not in no_longer
    unknown = anybody.post("/controleer", {**form, "birth_date": "18-5-1980"}).content.decode()
    assert "Deze verklaring kennen wij niet" in unknown
    assert "De Brink" not in unknown


def test_for_who_is_protected_the_public_page_is_word_for_word_the_same(person: Person) -> None:
    hidden = a_person(a_household(), enrolled_at=Enrolment.objects.get(person=person).practice, is_protected=True)
    pages = []
    for one in (person, hidden):
        form = {"code": stated(one), "birth_date": "17-5-1980", "agb": "01054321"}
        pages.append(
            re.sub(r'name="csrfmiddlewaretoken"[^>]*', "", Client().post("/controleer", form).content.decode())
        )
    assert "Ja, dit klopt" in pages[0]
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": "kort"}, "De code heeft 20 letters en cijfers"),
        ({"agb": "12"}, "De AGB-code heeft 8 cijfers"),
        ({"birth_date": "gisteren"}, "Schrijf de datum zo"),
        ({"code": "", "agb": "", "birth_date": ""}, "Vul de code in"),
    ],
)
def test_a_fault_is_told_asks_nothing_and_counts_nothing(typed: dict[str, str], said: str) -> None:
    form = {"code": "B" * 20, "birth_date": "17-5-1980", "agb": "01054321", **typed}
    told = Client().post("/controleer", form).content.decode()
    assert said in told
    assert "Fout:" in told
    assert StatementCheck.objects.count() == 0


def test_a_visitor_who_tries_too_much_reads_so() -> None:
    form = {"code": "B" * 20, "birth_date": "17-5-1980", "agb": "01054321"}
    visitor = Client()
    codes = [visitor.post("/controleer", form).status_code for _ in range(MOST_CHECKS + 1)]
    assert codes == [200] * MOST_CHECKS + [429]
