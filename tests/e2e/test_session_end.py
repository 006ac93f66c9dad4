# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two minutes before a session ends somebody is asked whether they are still there."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.builders import a_person
from tests.e2e.conftest import Open
from tests.e2e.walking import can_log_in, has_no_barriers, log_in

from huisartsplek.accounts import session
from huisartsplek.accounts.models import User


def log_in_for(seconds: int, browse: Open, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Log in to an installation where a session ends after so many seconds."""
    monkeypatch.setitem(session._IDLE, User.Kind.CITIZEN.value, timedelta(seconds=seconds))
    name = can_log_in(a_person())
    page = browse()
    log_in(page, name)
    return page


def test_one_button_keeps_somebody_in(browse: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    # Given somebody whose session ends in little more than two minutes
    page = log_in_for(123, browse, monkeypatch)
    # When those few seconds have passed
    dialog = page.get_by_role("dialog", name="Bent u er nog?")
    expect(dialog).to_be_visible()
    # Then the button has the focus, the page has no barriers, and pressing it closes the question
    expect(page.get_by_role("button", name="Blijf ingelogd")).to_be_focused()
    assert has_no_barriers(page)
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()


def test_when_it_is_too_late_the_page_says_so(browse: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    # Given somebody whose session is nearly over
    page = log_in_for(4, browse, monkeypatch)
    # When it is over, then it says so and what to do, and the window can be closed
    expect(page.get_by_role("heading", name="U bent uitgelogd")).to_be_visible()
    assert has_no_barriers(page)
    page.get_by_role("button", name="Sluit").click()
    expect(page.get_by_role("heading", name="U bent uitgelogd")).to_be_hidden()
