# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody says yes beforehand to a swap, gets it, sees what it brings, and still says no and loses nothing."""

import pytest
from playwright.sync_api import expect
from tests.builders import AT, a_region
from tests.e2e.conftest import Open
from tests.e2e.walking import can_log_in, has_no_barriers, log_in
from tests.integration.rounds.running import PUBLISHED_AT, a_swap, published
from tests.integration.web.citizen.conftest import StoppedClock

from huisartsplek.integrations.clock import chosen


def test_a_yes_beforehand_is_no_trap(site: str, browse: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    # Given two people who each want the full practice of the other
    monkeypatch.setattr(chosen, "clock", lambda: StoppedClock(AT))
    region = a_region()
    first, _second, _here, there = a_swap(region)
    page = browse(width=360)
    log_in(page, can_log_in(first.person))

    # When one of them says yes beforehand, first with a day that is too far away
    page.get_by_role("link", name="Verander dit").click()
    assert has_no_barriers(page)
    page.get_by_label("Ik zeg vooraf ja").check()
    page.get_by_label("tot en met welke dag").fill("1 januari 2030")
    page.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(page.get_by_text("Kies een dag van").first).to_be_visible()
    assert has_no_barriers(page)
    page.get_by_label("tot en met welke dag").fill("1 juni 2026")
    page.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(page.get_by_text("Bij een ruil zeggen wij ja voor u")).to_be_visible()

    # And the outcome of the round is there
    published(region)
    monkeypatch.setattr(chosen, "clock", lambda: StoppedClock(PUBLISHED_AT))
    page.goto(f"/mijn/aanbod/{first.offer.pk}")
    expect(page.get_by_text("Wij zeiden ja voor u, omdat u dat vooraf koos")).to_be_visible()
    expect(page.get_by_role("heading", name="Waar is het?")).to_be_visible()
    assert has_no_barriers(page)

    # Then they can still say no, once they have read what they keep
    page.get_by_role("link", name="Nee, ik blijf bij").click()
    expect(page.get_by_role("heading", name=f"Zegt u nee tegen {there.name}?")).to_be_visible()
    assert has_no_barriers(page)
    page.get_by_role("button", name="Ja, ik zeg nee").click()
    expect(page.get_by_text("U houdt uw huisarts en uw plek in de rij").first).to_be_visible()
    assert first.offer.state == "declined"
