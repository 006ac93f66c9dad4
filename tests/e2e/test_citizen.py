# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A citizen walks from logging in to an answer, with and without JavaScript, without meeting a barrier."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.builders import OPEN, SWAP_ONLY, SYSTEM, a_person, a_practice, a_region, a_request
from tests.e2e.conftest import Count, Open
from tests.e2e.walking import can_log_in, has_no_barriers, log_in, stranger_can_log_in

from huisartsplek.enrolments.models import Move
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import Request
from huisartsplek.requests.offers import offer_to_first


@pytest.fixture
def practices(site: str) -> list[Practice]:
    """Three practices near each other: one that swaps, one with a waiting list, one with places."""
    region, now = a_region(), timezone.now()
    return [
        a_practice(SWAP_ONLY, region=region, at=now, name="Praktijk De Lindehof", longitude=4.31),
        a_practice(OPEN, region=region, at=now, name="Praktijk De Regenton", longitude=4.32),
        a_practice(OPEN, 4, region=region, at=now, name="Praktijk De Vlonder", longitude=4.33),
    ]


@pytest.fixture
def fatima(site: str) -> Person:
    here = a_practice(
        name="Praktijk De Brink", place="Deventer", longitude=6.155, latitude=52.25, at=timezone.now()
    )
    return a_person(given_name="Fatima", family_name="Aksoy", enrolled_at=here, at=timezone.now())


@pytest.fixture
def sami(fatima: Person) -> Person:
    return a_person(fatima.household, given_name="Sami", birth_date=date(2018, 3, 3), parents=[fatima])


def choose(page: Page, *practices: Practice) -> None:
    for practice in practices:
        page.goto(f"/mijn/verzoek?wens={practice.slug}")


def wishes(page: Page) -> list[str]:
    return page.locator(".hp-wishes h3").all_inner_texts()


@pytest.mark.parametrize("width", [1280, 360])
def test_filing_reordering_and_stopping_a_request(
    browse: Open, fatima: Person, sami: Person, practices: list[Practice], width: int
) -> None:
    # Given Fatima, who is logged in and chose two practices
    page = browse(width=width)
    log_in(page, can_log_in(fatima))
    assert has_no_barriers(page)
    choose(page, *practices[:2])
    expect(page.get_by_text("u doet mee met de volgende ronde")).to_be_visible()
    expect(page.get_by_text("u komt op de wachtlijst")).to_be_visible()
    assert has_no_barriers(page)

    # When she files a request for herself and Sami
    page.get_by_role("button", name="Doe dit verzoek").click()

    # Then her own page says how it stands, and the second wish can go first
    expect(page.get_by_text("Uw verzoek is gedaan")).to_be_visible()
    assert has_no_barriers(page)
    page.get_by_role("button", name="Hoger Praktijk De Regenton").click()
    expect(page.get_by_text("Uw wensen zijn veranderd")).to_be_visible()
    assert wishes(page)[:2] == ["Praktijk De Regenton", "Praktijk De Lindehof"]

    # When she stops the request, after reading once more what that means
    page.get_by_role("link", name="Verzoek stoppen").click()
    assert has_no_barriers(page)
    page.get_by_role("button", name="Ja, stop mijn verzoek").click()

    # Then the request is over and she keeps her GP
    expect(page.get_by_text("U houdt uw huisarts van nu.", exact=False).first).to_be_visible()
    expect(page.get_by_text("U hebt nog geen verzoek")).to_be_visible()
    assert Request.objects.get().state == "withdrawn"
    assert not Move.objects.exists()


def test_answering_an_offer(browse: Open, fatima: Person, sami: Person, practices: list[Practice]) -> None:
    # Given a place for Fatima and Sami at a practice they want
    a_request(fatima, wishes=[practices[2]], members=[fatima, sami], at=timezone.now())
    assert offer_to_first(SYSTEM, practices[2].pk, at=timezone.now()) is not None
    page = browse()
    log_in(page, can_log_in(fatima))

    # When she opens the one thing to do and says yes
    page.get_by_role("link", name="Bekijk het aanbod", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Er is plek voor uw gezin bij Praktijk De Vlonder")
    assert has_no_barriers(page)
    page.get_by_role("button", name="Ja, wij stappen over").click()

    # Then her own page says when they move, and that nothing changes until then
    expect(page.get_by_text("Uw antwoord is bewaard")).to_be_visible()
    expect(page.get_by_role("heading", name="over naar Praktijk De Vlonder")).to_be_visible()
    assert has_no_barriers(page)
    assert Move.objects.filter(state="planned").count() == 2

    # When she lets her record go along, that is asked apart, kept, and can be taken back
    page.get_by_role("link", name="Kies ja of nee").click()
    page.get_by_role("button", name="Ja, dat mag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U hebt een plek bij Praktijk De Vlonder")
    assert has_no_barriers(page)
    page.get_by_role("link", name="Bekijk of verander dit").first.click()
    expect(page.get_by_role("button", name="Neem mijn ja terug")).to_be_visible()
    assert has_no_barriers(page)


def test_enrolling_at_once_without_javascript(browse: Open, fatima: Person, practices: list[Practice]) -> None:
    # Given Fatima in a browser without JavaScript, who chose a practice with places
    page = browse(javascript=False)
    log_in(page, can_log_in(fatima))
    choose(page, practices[2], practices[0])
    page.get_by_role("button", name="Lager Praktijk De Vlonder").click()
    assert wishes(page)[0] == "Praktijk De Lindehof"
    page.get_by_role("button", name="Hoger Praktijk De Vlonder").click()

    # When she files the request and says yes to enrolling now
    page.get_by_role("button", name="Doe dit verzoek").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U kunt nu naar Praktijk De Vlonder")
    page.get_by_role("button", name="Schrijf mij nu in bij Praktijk De Vlonder").click()

    # Then the move stands ready
    expect(page.get_by_text("Gelukt. Uw plek staat vast.")).to_be_visible()
    assert Move.objects.get().to_practice == practices[2]


def test_somebody_new_says_who_they_are_and_who_their_gp_is(
    browse: Open, count: Count, practices: list[Practice]
) -> None:
    # Given somebody whom nobody knows here yet
    page = browse(width=360)
    log_in(page, stranger_can_log_in("Nieuwe Buur"), wanted="/mijn/gegevens")
    assert has_no_barriers(page)

    # When they make mistakes, all are told at once; and when they mend them, it is kept
    page.get_by_label("Voornaam").fill("Ayşe")
    page.get_by_label("Postcode").fill("25l4 GL")
    page.get_by_role("button", name="Bewaar mijn gegevens").click()
    expect(page.get_by_text("Er zijn nog 4 dingen niet goed ingevuld")).to_be_visible()
    expect(page.get_by_label("Voornaam")).to_have_value("Ayşe")
    assert has_no_barriers(page)
    page.get_by_label("Achternaam").fill("Öztürk")
    page.get_by_label("Geboortedatum").fill("4 mei 1980")
    page.get_by_label("Postcode").fill("2514 gl")
    page.get_by_label("Huisnummer").fill("12 B")
    page.get_by_role("button", name="Bewaar mijn gegevens").click()
    expect(page.get_by_text("Uw gegevens zijn bewaard")).to_be_visible()

    # Then they can say who their GP is, which waits for that practice's word
    with count("say who one's GP is", page) as effort:
        page.get_by_role("link", name="Zeg wie uw huisarts is").click()
        page.get_by_label("Zoek uw praktijk").fill("lindehof")
        page.get_by_role("button", name="Zoek", exact=True).click()
        page.get_by_label("Praktijk De Lindehof, Den Haag").check()
        page.get_by_label("Sinds wanneer ongeveer?").fill("08-2020")
        assert has_no_barriers(page)
        page.get_by_role("button", name="Bewaar deze huisarts").click()
        expect(page.get_by_text("Nog niet bevestigd.")).to_be_visible()
    assert effort.fields == 3


def test_a_girl_of_thirteen_says_yes_herself(browse: Open, fatima: Person, practices: list[Practice]) -> None:
    # Given a request in which Noor, who is 13, is taken along
    born = date(timezone.now().year - 13, 1, 1)
    noor = a_person(fatima.household, given_name="Noor", family_name="Bakker", birth_date=born, parents=[fatima])
    a_request(fatima, wishes=practices[:1], members=[fatima, noor], consented=False, at=timezone.now())
    page = browse()
    log_in(page, can_log_in(noor))

    # When she reads what it is about and says yes
    page.get_by_role("link", name="Geef uw antwoord").click()
    assert has_no_barriers(page)
    page.get_by_role("button", name="Ja, dat is goed").click()

    # Then the request takes part, and she can read who looked at her data
    expect(page.get_by_text("Uw verzoek doet mee")).to_be_visible()
    for name in ("Berichten", "Inzage"):
        page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert has_no_barriers(page)
