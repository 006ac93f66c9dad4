# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A practice changes its policy, confirms people and registers an arrival, with and without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.builders import OPEN, SYSTEM, a_person, a_practice, a_region, a_request
from tests.e2e.conftest import Open
from tests.e2e.walking import has_no_barriers, log_in, staff_can_log_in

from huisartsplek.accounts.roles import Role
from huisartsplek.enrolments.models import Confirmation, Move
from huisartsplek.practices.models import Practice
from huisartsplek.requests.moves import carry_out
from huisartsplek.requests.services import admit_at_once


@pytest.fixture
def practice(site: str) -> Practice:
    return a_practice(OPEN, 3, region=a_region(), at=timezone.now(), name="Praktijk De Lindehof", slug="lindehof")


@pytest.fixture
def anna(practice: Practice) -> str:
    return staff_can_log_in("Anna Wiersma", Role.PRACTICE_OWNER, practice.pk)


def at_work(page: Page, name: str) -> Page:
    log_in(page, name, wanted="/praktijk")
    return page


def a_move(practice: Practice, given_name: str, *, days_ago: int) -> Move:
    at = timezone.now() - timedelta(days=days_ago)
    person = a_person(given_name=given_name, family_name="Winterhorst", at=at)
    request = a_request(person, wishes=[practice], at=at)
    (move,) = admit_at_once(SYSTEM, request.pk, practice.pk, at=at)
    return move


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (360, False)])
def test_changing_the_policy(browse: Open, anna: str, width: int, javascript: bool) -> None:
    # Given a practice that is open
    page = at_work(browse(width=width, javascript=javascript), anna)
    page.get_by_role("link", name="Wijzig").click()

    # When it asks to see a partial stop first, with one thing forgotten
    page.get_by_label("Onder voorwaarden").check()
    page.get_by_label("Woont in deze postcodes").check()
    page.get_by_label("Postcodes", exact=True).fill("2512-2518, 2521")
    page.get_by_label("Hoeveel mensen u nog aanneemt").fill("4321")
    page.get_by_role("button", name="Bekijk eerst").click()

    # Then the fault is named and what was typed stays
    fault = page.get_by_role("link", name="Kies een reden")
    expect(fault).to_be_visible()
    expect(page.get_by_label("Postcodes", exact=True)).to_have_value("2512-2518, 2521")
    assert page.title().strip().startswith("Fout:")

    # When the reason is given and a second rule is added
    page.get_by_label("Reden", exact=True).select_option("full_list")
    page.get_by_role("button", name="Voeg een regel toe").click()
    second = page.get_by_role("group", name="Of: regel 2")
    second.get_by_label("Heeft nog geen huisarts").check()
    page.get_by_role("button", name="Bekijk eerst").click()

    # Then the practice reads what everybody will read, and nothing is saved yet
    preview = page.get_by_role("complementary", name="Voorbeeld")
    expect(preview).to_contain_text(
        "u woont in postcode 2512 tot en met 2518 of 2521; of u heeft nog geen huisarts"
    )
    expect(preview).to_contain_text("Onder voorwaarden")
    expect(page.get_by_text("Er is nog niets bewaard")).to_be_visible()

    # When it saves
    page.get_by_role("button", name="Bewaar en maak openbaar").click()

    # Then its day says so, and the public sees the rule and never the number
    expect(page.get_by_text("Bewaard. Zo ziet iedereen het vanaf nu.")).to_be_visible()
    expect(page.get_by_text("4321")).to_be_visible()
    visitor = browse(javascript=javascript)
    for url in ("/huisartsen/lindehof", "/huisartsen?postcode=2514GL"):
        visitor.goto(url)
        expect(visitor.get_by_text("Praktijk De Lindehof").first).to_be_visible()
        assert "4321" not in visitor.content()


def test_the_policy_pages_hold_no_barriers(browse: Open, anna: str) -> None:
    for width in (1280, 360):
        # Given somebody who changes the policy, on a wide and on a narrow screen
        page = at_work(browse(width=width), anna)
        page.goto("/praktijk/beleid")
        assert has_no_barriers(page)

        # When something is wrong, and when a rule is added, then axe finds nothing either
        page.get_by_label("Onder voorwaarden").check()
        page.get_by_role("button", name="Bekijk eerst").click()
        assert has_no_barriers(page)
        page.get_by_role("button", name="Voeg een regel toe").click()
        assert has_no_barriers(page)

        # And when all is right, with the preview
        page.get_by_label("Gesloten").check()
        page.get_by_label("Reden", exact=True).select_option("staff")
        page.get_by_role("button", name="Bekijk eerst").click()
        expect(page.get_by_text("De praktijk neemt nu niemand aan.")).to_be_visible()
        assert has_no_barriers(page)


def test_pressing_enter_in_a_field_looks_first_and_saves_nothing(browse: Open, anna: str) -> None:
    # Given the form of an open practice
    page = at_work(browse(), anna)
    page.goto("/praktijk/beleid")

    # When somebody types a number and presses Enter
    page.get_by_label("Hoeveel mensen u nog aanneemt").fill("9")
    page.get_by_label("Hoeveel mensen u nog aanneemt").press("Enter")

    # Then the preview stands there
    expect(page.get_by_text("Er is nog niets bewaard")).to_be_visible()
    page.goto("/praktijk")
    expect(page.get_by_text("Nog 3 plekken vrij.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_confirming_people_and_that_all_still_holds(
    browse: Open, practice: Practice, anna: str, javascript: bool
) -> None:
    # Given two people who say that this is their practice
    for given_name in ("Emma", "Saar"):
        a_person(
            given_name=given_name,
            family_name="Winterhorst",
            enrolled_at=practice,
            confirmed=False,
            at=timezone.now(),
        )
    page = at_work(browse(javascript=javascript), anna)

    # When the practice says yes to one and no to the other, and that the rest still holds
    page.get_by_role("button", name="Ja Emma Winterhorst is onze patiënt").click()
    expect(page.get_by_text("Bewaard: dit is uw patiënt.")).to_be_visible()
    page.get_by_role("button", name="Nee Saar Winterhorst is niet onze patiënt").click()
    expect(page.get_by_text("Bewaard: dit is niet uw patiënt.")).to_be_visible()
    page.get_by_role("button", name="Ja, dit klopt nog").click()

    # Then both are answered and there is nothing left to do
    expect(page.get_by_text("Vandaag bevestigd.")).to_be_visible()
    expect(page.get_by_text("Niemand wacht op uw antwoord.")).to_be_visible()
    assert sorted(Confirmation.objects.values_list("state", flat=True)) == ["confirmed", "denied"]


@pytest.mark.parametrize(("width", "javascript"), [(1280, False), (360, True)])
def test_registering_one_arrival_and_refusing_another(
    browse: Open, practice: Practice, anna: str, width: int, javascript: bool
) -> None:
    # Given somebody whose switch date has been, and somebody who still has to come
    came = a_move(practice, "Emma", days_ago=16)
    carry_out(SYSTEM, came.request_id, at=timezone.now() - timedelta(days=1))
    coming = a_move(practice, "Saar", days_ago=1)
    a_person(given_name="Noor", enrolled_at=practice, confirmed=False, at=timezone.now())
    page = at_work(browse(width=width, javascript=javascript), anna)
    if javascript:
        assert has_no_barriers(page)

    # When the practice has recorded the one in ION
    page.get_by_role("button", name="Inschrijving vastgelegd in ION voor Emma Winterhorst").click()

    # Then that move is finished
    expect(page.get_by_text("Bewaard: de inschrijving is vastgelegd.")).to_be_visible()
    came.refresh_from_db()
    assert came.state == "registered"

    # When it cannot take the other, reads what follows, and forgets to say why
    page.get_by_role("link", name="Kan niet doorgaan voor Saar Winterhorst").click()
    if javascript:
        assert has_no_barriers(page)
    page.get_by_role("button", name="Nee, dit gaat niet door").click()
    expect(page.get_by_role("link", name="Kies een reden")).to_be_visible()

    # And then says it
    page.get_by_label("U kon niet vaststellen wie dit is").check()
    page.get_by_role("button", name="Nee, dit gaat niet door").click()

    # Then nobody comes, and the place is free again
    expect(page.get_by_text("De overstap gaat niet door.")).to_be_visible()
    expect(page.get_by_text("Er komen nu geen nieuwe patiënten")).to_be_visible()
    coming.refresh_from_db()
    assert (coming.state, coming.refused_because) == ("cancelled", "identity_not_established")
