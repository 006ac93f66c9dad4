# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moving wishes, taking them off, and stopping; with pages that are out of date."""

import pytest
from django.test import Client
from tests.builders import a_person, a_practice, a_request
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import Request, RequestMember

pytestmark = pytest.mark.django_db


@pytest.fixture
def filer() -> Person:
    return a_person()


@pytest.fixture
def practices() -> list[Practice]:
    return [a_practice() for _ in range(3)]


@pytest.fixture
def browser(filer: Person, practices: list[Practice]) -> Client:
    a_request(filer, wishes=practices)
    return browser_of(filer)


def wishes() -> list[object]:
    return list(Request.objects.get().wishes.order_by("rank").values_list("practice_id", flat=True))


def test_wishes_move_up_and_down_and_go(browser: Client, practices: list[Practice]) -> None:
    first, second, third = (practice.pk for practice in practices)
    browser.post(browser.get("/mijn").context["sections"][0].cards[2].up)
    assert wishes() == [first, third, second]
    browser.post(browser.get("/mijn").context["sections"][0].cards[0].down)
    assert wishes() == [third, first, second]
    browser.post(browser.get("/mijn").context["sections"][0].cards[1].remove)
    assert wishes() == [third, second]


def test_the_ends_of_the_list_have_no_button_that_leads_nowhere(browser: Client) -> None:
    cards = browser.get("/mijn").context["sections"][0].cards
    assert [bool(card.up) for card in cards] == [False, True, True]
    assert [bool(card.down) for card in cards] == [True, True, False]


def test_a_page_from_before_a_change_changes_nothing(browser: Client, practices: list[Practice]) -> None:
    old = browser.get("/mijn").context["sections"][0].cards
    browser.post(old[0].down)
    now = wishes()
    page = browser.post(old[2].up, follow=True)
    assert "Dit is intussen veranderd" in page.content.decode()
    assert wishes() == now


@pytest.mark.parametrize("seen", ["", "0", "2", "-1", "x", "9" * 40, "٣"])
def test_a_version_that_nobody_saw_changes_nothing(browser: Client, practices: list[Practice], seen: str) -> None:
    before, request = wishes(), Request.objects.get()
    page = browser.post(f"/mijn/verzoek/{request.pk}/wens/{practices[1].pk}/hoger?gezien={seen}", follow=True)
    assert "Dit is intussen veranderd" in page.content.decode()
    assert wishes() == before


def test_a_wish_that_is_gone_already_is_said_so(browser: Client, practices: list[Practice]) -> None:
    old = browser.get("/mijn").context["sections"][0].cards[2]
    browser.post(old.remove)
    assert "was al weg" in browser.post(old.remove, follow=True).content.decode()


def test_the_last_wish_stays(filer: Person) -> None:
    a_request(filer, wishes=[a_practice()])
    browser = browser_of(filer)
    page = browser.post(browser.get("/mijn").context["sections"][0].cards[0].remove, follow=True)
    assert "minstens één wens" in page.content.decode()
    assert len(wishes()) == 1


def test_a_step_that_does_not_exist_is_not_found(browser: Client, practices: list[Practice]) -> None:
    url = f"/mijn/verzoek/{Request.objects.get().pk}/wens/{practices[0].pk}/zijwaarts?gezien=1"
    assert browser.post(url).status_code == 404
    assert browser.get(url).status_code == 405


def test_stopping_is_asked_once_more_and_gives_everybody_back(browser: Client, filer: Person) -> None:
    url = f"/mijn/verzoek/{Request.objects.get().pk}/stoppen"
    page = browser.get(url)
    assert "U houdt uw huisarts van nu" in page.content.decode()
    assert Request.objects.get().state == "waiting"
    done = browser.post(url, follow=True)
    assert "Uw verzoek is gestopt" in done.content.decode()
    assert Request.objects.get().state == "withdrawn"
    assert not RequestMember.objects.filter(is_open=True).exists()
    assert "U hebt nog geen verzoek" in done.content.decode()


def test_stopping_twice_is_a_refusal_and_no_error(browser: Client) -> None:
    url = f"/mijn/verzoek/{Request.objects.get().pk}/stoppen"
    browser.post(url)
    assert "kan op dit moment niet" in browser.post(url, follow=True).content.decode()
    assert "al gestopt" in browser.get(url, follow=True).content.decode()


def test_after_stopping_an_old_page_cannot_change_the_wishes(browser: Client) -> None:
    old = browser.get("/mijn").context["sections"][0].cards
    browser.post(f"/mijn/verzoek/{Request.objects.get().pk}/stoppen")
    before = wishes()
    assert "kan op dit moment niet" in browser.post(old[0].down, follow=True).content.decode()
    assert wishes() == before


def test_a_full_practice_is_not_had_by_a_made_up_address(browser: Client, practices: list[Practice]) -> None:
    url = f"/mijn/verzoek/{Request.objects.get().pk}/nu/{practices[0].slug}"
    assert "U kunt nu niet naar" in browser.get(url).content.decode()
    assert "niet genoeg plek" in browser.post(url, follow=True).content.decode()
