# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The main way, for who enlarges four times, uses the keyboard alone, hears the page or chose other colours."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.builders import a_person, a_practice, a_region
from tests.e2e.conftest import Open
from tests.e2e.test_search import HOME, OPEN, QUEUE
from tests.e2e.walking import can_log_in, has_no_barriers, log_in

from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import Request
from huisartsplek.rules.values import Postcode

# 1280 pixels enlarged four times are 320; motion less, colours their own.
ENLARGED = {"width": 320, "forced_colors": "active", "reduced_motion": "reduce"}
MOVING = "[...document.getAnimations()].length"
OUTLINE = "parseFloat(getComputedStyle(document.activeElement).outlineWidth)"


@pytest.fixture
def practices(site: str) -> list[Practice]:
    home, region, now = chosen_postcodes().locate(Postcode.parse(HOME)), a_region("haaglanden"), timezone.now()
    return [
        a_practice(
            policy, free, region=region, at=now, name=name, longitude=home.lon, latitude=home.lat + 0.01 * place
        )
        for place, (name, policy, free) in enumerate(
            [("Praktijk Zilverschoon", OPEN, 2), ("Praktijk De Regenton", QUEUE, 0)], 1
        )
    ]


@pytest.fixture
def fatima(practices: list[Practice]) -> Person:
    return a_person(given_name="Fatima", family_name="Aksoy", at=timezone.now())


def go_to(page: Page, role: str, name: str) -> None:
    """Go to a link, field or button with Tab alone; where one is can be seen all the way."""
    target = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]  # one of three
    for _step in range(80):
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINE) >= 2
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{name} cannot be reached with the keyboard")


def test_with_the_keyboard_alone_four_times_enlarged_one_files_a_request(browse: Open, fatima: Person) -> None:
    # Given somebody with the keyboard, a narrow page, colours of their own and no motion
    page = browse(**ENLARGED)
    page.goto("/")
    go_to(page, "textbox", "Postcode of plaats")
    page.keyboard.type(HOME)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("kunt u nu terecht")
    assert has_no_barriers(page)
    assert page.evaluate(MOVING) == 0

    # When they go to the second practice and on to logging in
    go_to(page, "link", "Praktijk De Regenton")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Praktijk De Regenton")
    assert has_no_barriers(page)
    address = page.url
    log_in(page, can_log_in(fatima))
    assert has_no_barriers(page)
    page.goto(address)
    go_to(page, "link", "Ga op de wachtlijst")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Doe dit verzoek")).to_be_visible()
    assert has_no_barriers(page)
    go_to(page, "button", "Doe dit verzoek")
    page.keyboard.press("Enter")

    # Then the request is there
    expect(page.get_by_text("Uw verzoek is gedaan")).to_be_visible()
    assert has_no_barriers(page)
    assert Request.objects.get().filed_by == fatima


def test_who_hears_the_list_hears_each_practice_whole_and_in_order(browse: Open, practices: list[Practice]) -> None:
    # Given a search
    page = browse()
    page.goto(f"/huisartsen?postcode={HOME}")

    # When the page is read aloud from its main part
    heard = page.get_by_role("main").aria_snapshot()

    # Then the answer to the search comes first; of each practice its name, how far, since when, the answer, and why
    order = [
        'heading "Bij 1 van de 2 praktijken kunt u nu terecht" [level=2]',
        'heading "Praktijk Zilverschoon" [level=3]',
        "minuten lopen",
        "bevestigd op",
        "Ja, u kunt zich hier nu inschrijven.",
        "De praktijk neemt iedereen aan",
        'heading "Praktijk De Regenton" [level=3]',
    ]
    places = [heard.find(part) for part in order]
    assert -1 not in places, f"{order[places.index(-1)]} is not heard in:\n{heard}"
    assert places == sorted(places)

    # And nothing is a button or a link without a name
    assert not re.search(r"- (?:button|link|textbox|combobox)(?:\n|:$)", heard)
