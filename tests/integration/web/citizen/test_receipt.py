# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who gets a place has the proof of it, to be found again; the practice sees the same reference."""

from datetime import date

import pytest
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
from tests.integration.rounds.running import PUBLISHED_AT, a_swap, answer, published, settled
from tests.integration.web.citizen.conftest import SetClock
from tests.integration.web.citizen.logged_in import browser_of
from tests.integration.web.practice.staff import browser_at

from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.services import register_move
from huisartsplek.enrolments.undecided import code_of
from huisartsplek.notices.models import Notice
from huisartsplek.people.models import Consent, Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.moves import carry_out
from huisartsplek.requests.services import admit_at_once, withdraw_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Practice:
    return a_practice(name="Praktijk De Brink")


@pytest.fixture
def there() -> Practice:
    return a_practice(free=5, name="Praktijk Zilverschoon", phone="070 123 45 67")


@pytest.fixture
def parent(here: Practice) -> Person:
    return a_person(a_household(), given_name="Fatima", enrolled_at=here)


@pytest.fixture
def boy(parent: Person, here: Practice) -> Person:
    born = date(2018, 1, 1)
    return a_person(parent.household, given_name="Sami", birth_date=born, parents=[parent], enrolled_at=here)


def test_enrolled_at_once_both_sides_have_a_receipt(
    parent: Person, boy: Person, here: Practice, there: Practice
) -> None:
    request = a_request(parent, wishes=[there], members=[parent, boy])
    browser = browser_of(parent)
    done = browser.post(f"/mijn/verzoek/{request.pk}/nu/{there.slug}")
    moves = {move.person_id: move for move in Move.objects.all()}
    assert done["Location"] == f"/mijn/overstap/{moves[parent.pk].pk}"
    told = browser.get(done["Location"]).content.decode()
    for words in (
        "U hebt een plek bij Praktijk Zilverschoon",
        "Op maandag 16 maart 2026 stapt u over",
        "070 123 45 67",
        "Meteen ingeschreven",
        "Praktijk De Brink hoort dat u weggaat, en dat het op maandag 16 maart 2026 is",
        "Niet waarheen",
        "paspoort of identiteitskaart",
    ):
        assert words in told
    for who in (parent, boy):
        assert who.full_name in told
        assert code_of(moves[who.pk].pk) in told
        assert code_of(moves[who.pk].pk) in browser_at(there).get("/praktijk").content.decode()
    assert Notice.objects.filter(person_id=parent.pk, kind="move_planned").count() == 1
    browser = browser_of(parent)
    home = browser.get("/mijn").content.decode()
    assert home.count("Bewijs van uw overstap naar Praktijk Zilverschoon") == 1, "one for the household"
    assert f"/mijn/overstap/{moves[boy.pk].pk}" in home or f"/mijn/overstap/{moves[parent.pk].pk}" in home


def test_the_receipt_stays_and_says_how_it_went_on(parent: Person, there: Practice, set_clock: SetClock) -> None:
    request = a_request(parent, wishes=[there])
    (move,) = admit_at_once(SYSTEM, request.pk, there.pk, at=AT)
    url = f"/mijn/overstap/{move.pk}"

    def page() -> str:
        return browser_of(parent).get(url).content.decode()

    assert "Verzoek stoppen" in page()
    later = days_after(20)
    set_clock(later)
    assert carry_out(SYSTEM, request.pk, at=later)
    assert "U bent overgestapt naar Praktijk Zilverschoon" in page()
    assert "Verzoek stoppen" not in page()
    register_move(PRACTICE_STAFF, move.pk, there.pk, at=later)
    assert "U bent ingeschreven bij Praktijk Zilverschoon" in page()
    assert "Bewijs van uw overstap" in browser_of(parent).get("/mijn").content.decode()


def test_a_move_that_was_called_off_says_so(parent: Person, there: Practice) -> None:
    (move,) = admit_at_once(SYSTEM, a_request(parent, wishes=[there]).pk, there.pk, at=AT)
    withdraw_request(a_citizen(parent), move.request_id, by=parent, at=AT)
    told = browser_of(parent).get(f"/mijn/overstap/{move.pk}").content.decode()
    assert "Deze overstap ging niet door" in told
    assert "paspoort" not in told


def test_a_swap_of_a_round_has_one_too(set_clock: SetClock) -> None:
    first, second, _here, there = a_swap(region := a_region())
    round_ = published(region)
    for seeker in (first, second):
        answer(seeker, True, at=PUBLISHED_AT)
    settled(round_)
    move = Move.objects.get(person=first.person)
    told = browser_of(first.person).get(f"/mijn/overstap/{move.pk}").content.decode()
    assert there.name in told
    assert "In een ronde" in told
    assert second.person.full_name not in told


def test_another_sees_no_receipt_and_nobody_sees_who_is_protected(
    parent: Person, here: Practice, there: Practice
) -> None:
    mate = a_person(parent.household, given_name="Joris", enrolled_at=here)
    hidden = a_person(
        parent.household, given_name="Kanarie", enrolled_at=a_practice(name="Geheim"), is_protected=True
    )
    request = a_request(parent, wishes=[there], members=[parent, mate, hidden])
    moves = {move.person_id: move for move in admit_at_once(SYSTEM, request.pk, there.pk, at=AT)}
    for one in (mate, hidden):
        assert browser_of(mate).get(f"/mijn/overstap/{moves[one.pk].pk}").status_code == 404
    own = browser_of(hidden).get(f"/mijn/overstap/{moves[hidden.pk].pk}").content.decode()
    assert "Kanarie" in own
    Person.objects.filter(pk=hidden.pk).update(is_protected=False, given_name="Noor")
    assert browser_of(a_person()).get(f"/mijn/overstap/{moves[parent.pk].pk}").status_code == 404
    told = browser_of(mate).get(f"/mijn/overstap/{moves[mate.pk].pk}").content.decode()
    assert "Fatima" in told
    assert "Noor" in told
    assert "Geheim" not in told
    assert AuditEvent.objects.filter(kind="person_read", person_id=parent.pk, facts__view="receipt").exists()


def test_the_record_is_asked_apart_and_both_practices_see_only_whether_it_may(
    parent: Person, boy: Person, here: Practice, there: Practice, set_clock: SetClock
) -> None:
    request = a_request(parent, wishes=[there], members=[parent, boy])
    moves = {move.person_id: move for move in admit_at_once(SYSTEM, request.pk, there.pk, at=AT)}
    browser = browser_of(parent)
    assert browser.get("/mijn").context["task"].kind == "transfer"
    url = f"/mijn/overstap/{moves[parent.pk].pk}/dossier"
    asked = browser.get(url).content.decode()
    assert "Praktijk De Brink mag het sturen aan Praktijk Zilverschoon" in asked
    assert "Ja, dat mag" in asked
    assert "Nee, dat mag niet" in asked
    browser.post(url, {"antwoord": "x"})
    assert not Consent.objects.filter(kind="record_transfer").exists()
    assert browser.post(url, {"antwoord": "ja"})["Location"] == f"/mijn/overstap/{moves[parent.pk].pk}"
    of_boy = f"/mijn/overstap/{moves[boy.pk].pk}/dossier"
    assert browser.get("/mijn").context["task"].url == of_boy, "of each person apart"
    browser.post(of_boy, {"antwoord": "nee"})
    assert browser.get("/mijn").context["task"] is None
    assert browser.get("/mijn").status_code == 200

    def at_both(standing: str) -> list[int]:
        return [browser_at(one).get("/praktijk").content.decode().count(standing) for one in (here, there)]

    assert at_both("Dossier mag verstuurd worden") == [1, 1]
    assert at_both("Dossier mag nu niet verstuurd worden") == [1, 1]
    browser = browser_of(parent)
    assert "Neem mijn ja terug" in browser.get(url).content.decode()
    browser.post(url, {"antwoord": "nee"})
    assert at_both("Dossier mag nu niet verstuurd worden") == [2, 2]
    browser = browser_of(parent)
    browser.post(url, {"antwoord": "ja"})
    later = days_after(15)
    set_clock(later)
    assert carry_out(SYSTEM, request.pk, at=later)
    assert {move.state for move in Move.objects.all()} == {"switched"}, "yes and no move alike"
    staff = browser_at(here)
    sent = staff.post(f"/praktijk/vertrek/{moves[parent.pk].pk}/dossier", follow=True)
    assert "het dossier is verstuurd" in sent.content.decode()
    assert browser_at(there).post(f"/praktijk/vertrek/{moves[parent.pk].pk}/dossier").status_code == 404
    told = browser_of(parent).get(url).content.decode()
    assert "Het dossier is verstuurd op" in told
    assert "Neem mijn ja terug" not in told
