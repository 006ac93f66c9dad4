# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A coordinator opens a round, freezes it, sees it drawn and computed, and makes its outcome public."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from tests.builders import a_region
from tests.e2e.walking import has_no_barriers, log_in, staff_can_log_in
from tests.integration.rounds.running import a_chain, a_swap

from huisartsplek.accounts.roles import Role
from huisartsplek.practices.models import Region
from huisartsplek.rounds import jobs
from huisartsplek.rounds.models import Round


def a_region_with_swaps() -> Region:
    region = a_region("haaglanden")
    for _ in range(12):
        a_swap(region)
    a_chain(region)
    return region


@pytest.mark.parametrize("width", [1280, 360])
def test_a_coordinator_runs_a_round_in_the_browser(
    browse: Callable[..., Page], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    # Given a region in which people want each other's practices, and its coordinator
    region = a_region_with_swaps()
    page = browse(width=width)
    log_in(page, staff_can_log_in("Carla Jansen", Role.COORDINATOR, region.pk), wanted="/regio")
    assert has_no_barriers(page)
    # When she opens a round and freezes it
    page.get_by_role("button", name="Open een ronde").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Ronde 1")
    assert has_no_barriers(page)
    page.get_by_role("link", name="Zet de ronde vast").click()
    assert has_no_barriers(page)
    page.get_by_role("button", name="Ja, zet de ronde vast").click()
    page.get_by_role("heading", name="De ronde wordt nu vastgezet").wait_for()
    assert has_no_barriers(page)
    jobs.go_on()
    page.get_by_role("link", name="Ververs deze pagina").click()
    page.get_by_role("heading", name="De ronde staat vast en wacht op het lot").wait_for()
    assert has_no_barriers(page)
    # Then the draw and the outcome come by themselves
    monkeypatch.setattr(jobs, "current_moment", lambda: timezone.now() + timedelta(minutes=2))
    jobs.go_on()
    page.get_by_role("link", name="Ververs deze pagina").click()
    page.get_by_role("heading", name="De proefuitslag is klaar en nagerekend").wait_for()
    assert has_no_barriers(page)
    # And when she makes it public, after reading what follows from it
    page.get_by_role("link", name="Maak de uitslag openbaar").click()
    assert has_no_barriers(page)
    page.get_by_role("button", name="Ja, maak de uitslag openbaar").click()
    # Then people can answer
    page.get_by_role("heading", name="Mensen kunnen nu antwoorden").wait_for()
    assert has_no_barriers(page)
    assert Round.objects.get(region=region).state == "published"
    page.get_by_role("link", name="Rondes").first.click()
    assert has_no_barriers(page)


def test_the_pages_of_auditor_privacy_officer_and_mediator_have_no_barriers(browse: Callable[..., Page]) -> None:
    # Given people at work in these roles
    region = a_region_with_swaps()
    who = {
        "/audit/rondes": staff_can_log_in("Farid El Amrani", Role.AUDITOR),
        "/logboek?vanaf=01-01-2026": staff_can_log_in("Els Verhoeven", Role.PRIVACY_OFFICER),
        "/verzekeraar": staff_can_log_in("Daan Smit", Role.MEDIATOR, region.pk),
    }
    for wanted, name in who.items():
        # When they log in, then their page can be used by everybody
        for width in (1280, 360):
            page = browse(width=width)
            log_in(page, name, wanted=wanted)
            assert has_no_barriers(page)
