# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Filing a request on the page: what was chosen, what is refused, and what happens when it is sent twice."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from tests.builders import CLOSED, SWAP_ONLY, a_person, a_practice, a_region, a_request
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.enrolments.models import Move
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import Request
from huisartsplek.web.citizen.home import RequestSection

pytestmark = pytest.mark.django_db


@pytest.fixture
def filer() -> Person:
    return a_person(given_name="Fatima")


def form(filer: Person, *practices: Practice, **other: object) -> dict[str, object]:
    return {"key": uuid4(), "members": [filer.pk], "wens": [one.slug for one in practices], **other}


def section(browser: Client) -> RequestSection:
    found: RequestSection = browser.get("/mijn").context["sections"][0]
    return found


def test_chosen_practices_wait_in_the_draft_in_order_until_the_request_is_filed(filer: Person) -> None:
    browser, first, second = browser_of(filer), a_practice(), a_practice()
    for practice in (first, second, first):
        browser.get("/mijn/verzoek", {"wens": practice.slug})
    page = browser.get("/mijn/verzoek")
    assert [card.name for card in page.context["cards"]] == [first.name, second.name]
    browser.post("/mijn/verzoek", form(filer, first, second))
    assert browser.get("/mijn").context["sections"][0].own.request.filed_by == filer
    assert browser.get("/mijn/verzoek").context["cards"] == []


def test_the_draft_can_be_put_in_another_order(filer: Person) -> None:
    browser, first, second = browser_of(filer), a_practice(), a_practice()
    for practice in (first, second):
        browser.get("/mijn/verzoek", {"wens": practice.slug})
    browser.post(f"/mijn/verzoek/wens/{second.slug}/hoger")
    assert [one.slug for one in browser.get("/mijn/verzoek").context["chosen"]] == [second.slug, first.slug]
    browser.post(f"/mijn/verzoek/wens/{second.slug}/weg")
    browser.post("/mijn/verzoek/wens/bestaat-niet/weg")
    assert [one.slug for one in browser.get("/mijn/verzoek").context["chosen"]] == [first.slug]


def test_the_draft_holds_ten_practices_and_says_so_at_the_eleventh(filer: Person) -> None:
    browser = browser_of(filer)
    for _ in range(10):
        browser.get("/mijn/verzoek", {"wens": a_practice().slug})
    page = browser.get("/mijn/verzoek", {"wens": a_practice().slug}, follow=True)
    assert len(page.context["chosen"]) == 10
    assert "hoogstens 10 wensen" in page.content.decode()


def test_a_practice_that_does_not_exist_cannot_be_chosen(filer: Person) -> None:
    assert browser_of(filer).get("/mijn/verzoek", {"wens": "bestaat-niet"}).status_code == 404


def test_each_wish_tells_what_will_happen(filer: Person) -> None:
    region = a_region()
    now, queue = a_practice(free=3, region=region), a_practice(free=0, region=region)
    swap, closed = a_practice(SWAP_ONLY, region=region), a_practice(CLOSED, region=region)
    silent, far = a_practice(None, region=region), a_practice(SWAP_ONLY)
    browser = browser_of(filer)
    for practice in (now, queue, swap, closed, silent, far):
        browser.get("/mijn/verzoek", {"wens": practice.slug})
    told = [card.happens for card in browser.get("/mijn/verzoek").context["cards"]]
    for text, words in zip(
        told,
        ["u kunt hier nu terecht", "u komt op de wachtlijst", "volgende ronde", "nu niets", "niet", "eigen regio"],
        strict=True,
    ):
        assert words in text


def test_nobody_ticked_is_an_error_that_keeps_the_wishes(filer: Person) -> None:
    practice = a_practice()
    page = browser_of(filer).post("/mijn/verzoek", form(filer, practice, members=[]))
    assert page.status_code == 200
    assert "Kies minstens één persoon die meegaat" in page.content.decode()
    assert "<title>Fout:" in " ".join(page.content.decode().split()).replace("<title> ", "<title>")
    assert page.context["chosen"] == [practice]
    assert not Request.objects.exists()


def test_somebody_from_another_household_cannot_be_ticked(filer: Person) -> None:
    page = browser_of(filer).post("/mijn/verzoek", form(filer, a_practice(), members=[filer.pk, a_person().pk]))
    assert "Kies alleen mensen uit uw huishouden" in page.content.decode()
    assert not Request.objects.exists()


def test_eleven_wishes_are_refused_and_stay_on_the_page(filer: Person) -> None:
    practices = [a_practice() for _ in range(11)]
    page = browser_of(filer).post("/mijn/verzoek", form(filer, *practices))
    assert "U kunt hoogstens 10 wensen hebben" in page.content.decode()
    assert page.context["chosen"] == practices
    assert not Request.objects.exists()


def test_a_request_without_wishes_is_refused(filer: Person) -> None:
    page = browser_of(filer).post("/mijn/verzoek", form(filer))
    assert "minstens één wens" in page.content.decode()


@pytest.mark.parametrize("key", ["", "geen-sleutel", "x" * 5000])
def test_a_broken_key_is_answered_in_plain_words(filer: Person, key: str) -> None:
    page = browser_of(filer).post("/mijn/verzoek", form(filer, a_practice(), key=key))
    assert page.status_code == 200
    assert "Open deze pagina opnieuw" in page.content.decode()
    assert not Request.objects.exists()


def test_the_same_form_sent_twice_files_one_request(filer: Person) -> None:
    browser, sent = browser_of(filer), form(filer, a_practice(CLOSED))
    answers = [browser.post("/mijn/verzoek", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Request.objects.count() == 1


def test_the_same_key_with_other_wishes_is_refused(filer: Person) -> None:
    browser, sent = browser_of(filer), form(filer, a_practice(CLOSED))
    browser.post("/mijn/verzoek", sent)
    page = browser.post("/mijn/verzoek", {**sent, "wens": [a_practice().slug]})
    assert "al verstuurd met andere antwoorden" in page.content.decode()
    assert Request.objects.count() == 1


def test_a_second_request_for_the_same_person_is_refused(filer: Person) -> None:
    a_request(filer, wishes=[a_practice()])
    page = browser_of(filer).post("/mijn/verzoek", form(filer, a_practice()))
    assert "loopt al een verzoek" in page.content.decode()
    assert Request.objects.count() == 1


def test_where_the_first_wish_can_be_met_at_once_that_is_the_next_page(filer: Person) -> None:
    practice = a_practice(free=1)
    answer = browser_of(filer).post("/mijn/verzoek", form(filer, practice))
    assert answer["Location"].endswith(f"/nu/{practice.slug}")
    browser = browser_of(filer)
    page = browser.get(answer["Location"])
    assert f"Schrijf mij nu in bij {practice.name}" in page.content.decode()
    home = browser.get("/mijn").content.decode()
    assert f"Schrijf mij nu in bij {practice.name}" in home
    assert "Schrijf ons" not in home
    assert not Move.objects.exists()
    done = browser.post(answer["Location"], follow=True)
    told = done.content.decode()
    assert f"U hebt een plek bij {practice.name}" in told
    assert "Op maandag 16 maart 2026 stapt u over" in told
    again = browser.post(answer["Location"], follow=True)
    assert "staat al een overstap klaar" in again.content.decode()
    assert Move.objects.count() == 1


def test_while_somebody_must_still_say_yes_nobody_is_enrolled_at_once(filer: Person) -> None:
    mate, practice = a_person(filer.household), a_practice(free=3)
    browser = browser_of(filer)
    answer = browser.post("/mijn/verzoek", form(filer, practice, members=[filer.pk, mate.pk]))
    assert answer["Location"] == "/mijn"
    assert "Zodra iedereen ja heeft gezegd" in browser.get("/mijn").content.decode()
    page = browser.post(f"/mijn/verzoek/{Request.objects.get().pk}/nu/{practice.slug}", follow=True)
    assert "Nog niet iedereen heeft ja gezegd" in page.content.decode()
    assert not Move.objects.exists()


def test_a_practice_added_while_a_request_runs_is_asked_about_first(filer: Person) -> None:
    first, second = a_practice(), a_practice()
    request = a_request(filer, wishes=[first])
    browser = browser_of(filer)
    page = browser.get("/mijn/verzoek", {"wens": second.slug}, follow=True)
    assert "toevoegen aan uw wensen?" in page.content.decode()
    assert request.wishes.count() == 1
    browser.post(page.request["PATH_INFO"], {"gezien": "1"})
    assert list(request.wishes.values_list("practice_id", flat=True)) == [first.pk, second.pk]


def test_a_child_of_thirteen_sees_the_request_but_changes_nothing(filer: Person) -> None:
    child = a_person(filer.household, birth_date=date(2013, 1, 1), parents=[filer])
    request = a_request(filer, wishes=[a_practice(), a_practice()], members=[filer, child])
    browser = browser_of(child)
    assert not section(browser).may_change
    assert browser.post(f"/mijn/verzoek/{request.pk}/stoppen").status_code == 404
