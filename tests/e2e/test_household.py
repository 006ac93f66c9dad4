# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two people who live together become one household, each with their own login and their own yes."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.builders import a_person
from tests.e2e.conftest import Count, Open
from tests.e2e.walking import can_log_in, has_no_barriers, log_in


@pytest.mark.parametrize("width", [1280, 360])
def test_a_partner_joins_with_a_code_and_leaves_again(site: str, browse: Open, width: int) -> None:
    # Given Fatima with a child, and Joris, who lives with them and has never been here
    fatima = a_person(given_name="Fatima", family_name="Aksoy", at=timezone.now())
    a_person(fatima.household, given_name="Noor", birth_date=date(2013, 1, 1), parents=[fatima])
    joris = a_person(given_name="Joris", family_name="Aksoy", at=timezone.now())
    hers, his = browse(width=width), browse(width=width)

    # When Fatima makes a code
    log_in(hers, can_log_in(fatima))
    hers.get_by_role("link", name="Uw huishouden: partner, kinderen en codes").click()
    assert has_no_barriers(hers)
    hers.get_by_role("button", name="Maak een code voor uw partner of huisgenoot").click()
    expect(hers.get_by_text("Nog niet beantwoord")).to_be_visible()
    assert has_no_barriers(hers)
    code = hers.locator(".hp-panel b").inner_text()

    # And Joris types it, first wrong and then right
    log_in(his, can_log_in(joris), wanted="/mijn/huishouden/code")
    his.get_by_label("Uw code").fill("BCDFG 22222")
    his.get_by_role("button", name="Ga verder").click()
    expect(his.get_by_label("Uw code")).to_have_value("BCDFG 22222")
    assert has_no_barriers(his)
    his.get_by_label("Uw code").fill(code)
    his.get_by_role("button", name="Ga verder").click()
    expect(his.get_by_role("heading", name="Woont u samen met Fatima?")).to_be_visible()
    assert has_no_barriers(his)
    his.get_by_role("button", name="Ja, dat klopt").click()

    # Then they see each other
    expect(his.get_by_text("U hoort nu bij dit huishouden")).to_be_visible()
    hers.reload()
    expect(hers.get_by_text("Joris", exact=False).first).to_be_visible()

    # And he is out again by one click
    his.goto("/mijn/huishouden")
    his.get_by_role("button", name="Ga uit dit huishouden").click()
    expect(his.get_by_text("Niemand krijgt daar bericht van")).to_be_visible()
    hers.goto("/mijn/huishouden")
    expect(hers.get_by_text("Joris")).to_have_count(0)


def test_a_newborn_is_added_in_three_fields(site: str, browse: Open, count: Count) -> None:
    # Given Fatima
    fatima = a_person(given_name="Fatima", family_name="Aksoy", at=timezone.now())
    page = browse(width=360)
    log_in(page, can_log_in(fatima), wanted="/mijn/huishouden/kind")
    assert page.locator("main input:not([type=hidden])").count() == 3
    assert has_no_barriers(page)

    # When she adds a child
    with count("add a newborn", page) as effort:
        page.get_by_label("Voornaam van het kind").fill("Sami")
        page.get_by_label("Achternaam van het kind").fill("Aksoy")
        page.get_by_label("Geboortedatum van het kind").fill("1 maart 2026")
        page.get_by_role("button", name="Voeg dit kind toe").click()
        page.wait_for_load_state()

    # Then it is part of her household
    assert (effort.fields, effort.clicks) == (3, 1)
    expect(page.get_by_text("Sami staat nu bij uw huishouden")).to_be_visible()
