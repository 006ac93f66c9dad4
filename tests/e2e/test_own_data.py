# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody corrects how they are reached, sees what became of a message, and takes their data along."""

import pytest
from playwright.sync_api import expect
from tests.builders import a_person
from tests.e2e.conftest import Open
from tests.e2e.walking import can_log_in, has_no_barriers, log_in
from tests.integration.notices.test_fates import tell

WIDTHS = {"phone": 360, "desk": 1280}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_own_data_is_corrected_and_taken_along(browse: Open, width: int) -> None:
    # Given somebody with a message that is about to go out
    person = a_person()
    tell(person)
    page = browse()
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, can_log_in(person))
    # When they choose letters
    page.goto("/mijn/gegevens")
    assert has_no_barriers(page)
    page.get_by_role("link", name="Verander hoe u bericht krijgt").click()
    assert has_no_barriers(page)
    page.get_by_label("Per brief").check()
    page.get_by_role("button", name="Bewaar").click()
    # Then the page says so, and everything can be taken along
    expect(page.get_by_text("Zo krijgt u voortaan bericht")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Om te lezen (PDF)").click()
    assert saved.value.suggested_filename == "huisartsplek-mijn-gegevens.pdf"
    # And the message says by which way it goes
    page.goto("/mijn/berichten")
    expect(page.get_by_text("E-mail: gaat zo weg")).to_be_visible()
    assert has_no_barriers(page)
    # And nothing is wider than the screen
    assert page.evaluate("document.documentElement.scrollWidth") <= width
