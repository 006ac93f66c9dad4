# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody who reads Arabic gets from the front door to a new GP, on a telephone, from right to left."""

import pytest
from django.utils import timezone, translation
from playwright.sync_api import Page, expect
from tests.builders import OPEN, a_person, a_practice, a_region
from tests.e2e.conftest import Open
from tests.e2e.walking import can_log_in, has_no_barriers

from huisartsplek.enrolments.models import Move
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice

# Words that every few sentences of Dutch hold. Names, and what binds, stand in Dutch on any page.
DUTCH_LEFT = """
    () => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) {
            const text = walker.currentNode.textContent;
            const own = walker.currentNode.parentElement.closest("bdi,script,[lang]");
            if (own === document.documentElement && /\\b(het|een|niet|uw|naar|kunt)\\b/i.test(text))
                found.push(text.trim());
        }
        return found;
    }
"""


def arabic(text: str, **filled: str) -> str:
    """What a Dutch text is in Arabic."""
    with translation.override("ar"):
        said = translation.gettext(text)
    assert said != text
    return said % filled if filled else said


def reads_as_arabic(page: Page) -> bool:
    """Whether the page runs from right to left, is said in Arabic, and has no barriers."""
    html = page.locator("html")
    expect(html).to_have_attribute("dir", "rtl")
    expect(html).to_have_attribute("lang", "ar")
    assert page.evaluate(DUTCH_LEFT) == []
    return has_no_barriers(page)


@pytest.fixture
def practice(site: str) -> Practice:
    return a_practice(
        OPEN, 4, region=a_region(), at=timezone.now(), name="Praktijk De Vlonder", phone="070 000 00 00"
    )


def test_from_the_front_door_to_a_new_gp_in_arabic(browse: Open, practice: Practice) -> None:
    # Given Amal, who has a GP elsewhere, and a telephone in Dutch
    here = a_practice(name="Praktijk De Brink", longitude=6.155, latitude=52.25, at=timezone.now())
    amal = a_person(given_name="Amal", family_name="Haddad", enrolled_at=here, at=timezone.now())
    name = can_log_in(amal)
    page = browse(width=360)
    page.goto("/")

    # When she chooses her language by its own name
    page.locator(".hp-languages summary").click()
    page.get_by_role("link", name="العربية").click()

    # Then everything is in Arabic, and the page says that nobody read it yet
    expect(page.locator(".hp-unread")).to_be_visible()
    assert reads_as_arabic(page)

    # When she searches, and opens the practice that takes her
    page.get_by_label(arabic("Postcode of plaats")).fill("2514 GL")
    page.get_by_role("button", name=arabic("Zoek huisartsen")).click()
    expect(page.locator(".hp-result").first).to_contain_text(arabic("Ja, u kunt zich hier nu inschrijven."))
    assert reads_as_arabic(page)
    page.get_by_role("link", name=practice.name).first.click()
    expect(page.locator("a[href^='tel:']").first).to_have_css("direction", "ltr")
    assert reads_as_arabic(page)

    # And logs in to enrol there
    page.get_by_role("link", name=arabic("Schrijf u hier in")).click()
    page.get_by_role("button", name=name).click()
    expect(page.locator(".hp-wishes")).to_contain_text(practice.name)
    assert reads_as_arabic(page)

    # Then what she says yes to stands in Dutch beside the Arabic
    binding = page.locator(".hp-binding [lang=nl]").first
    expect(binding).to_contain_text("U zegt zelf ja")
    page.get_by_role("button", name=arabic("Doe dit verzoek")).click()
    page.get_by_role("button", name=arabic("Schrijf mij nu in bij %(practice)s", practice=practice.name)).click()

    # And the place is hers, on a page in her language, which we keep with her
    expect(page.get_by_role("heading", level=1)).to_contain_text(practice.name)
    assert reads_as_arabic(page)
    page.goto("/mijn")
    assert reads_as_arabic(page)
    assert Move.objects.get().person_id == amal.pk
    assert Person.objects.get(pk=amal.pk).language == "ar"
