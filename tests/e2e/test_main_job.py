# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The main job, once, from a search to a settled swap: everybody who has a part in it, in one browser run."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.builders import SWAP_ONLY, a_person, a_practice, a_region, a_request
from tests.e2e.conftest import Count, Open
from tests.e2e.walking import can_log_in, has_no_barriers, log_in, staff_can_log_in

from huisartsplek.accounts.roles import Role
from huisartsplek.config.cli import main
from huisartsplek.enrolments.queries import current_enrolments
from huisartsplek.integrations.clock.chosen import forward_clock
from huisartsplek.practices.models import Practice, Region
from huisartsplek.rounds import jobs
from huisartsplek.rounds.models import Round
from huisartsplek.rules.dates import AMSTERDAM


@pytest.fixture
def own_clock(settings: Any, tmp_path: Path) -> None:
    """A clock that only this test puts forward."""
    settings.DATA_DIR = tmp_path


def test_from_a_search_to_a_settled_swap(browse: Open, count: Count, own_clock: None, tmp_path: Path) -> None:
    # Given two people who each have the practice that the other wants, and nobody has a place free
    region, now = a_region("haaglanden"), timezone.now()
    lindehof = a_practice(SWAP_ONLY, region=region, at=now, name="Praktijk De Lindehof", longitude=4.31)
    brink = a_practice(SWAP_ONLY, region=region, at=now, name="Praktijk De Brink", longitude=4.33)
    iris = a_person(given_name="Iris", family_name="Bakker", enrolled_at=brink, at=now)
    bram = a_person(given_name="Bram", family_name="Smit", enrolled_at=lindehof, at=now)
    a_request(bram, wishes=[brink], at=now)
    anyone, her, coordinator, his, practice = browse(), browse(), browse(), browse(width=360), browse()

    # When anybody searches, Iris files a request, a coordinator runs the round, and both say yes
    with count("find a practice from a postcode", anyone) as effort:
        search(anyone)
    assert (effort.fields, effort.pages) == (1, 3)
    log_in(her, can_log_in(iris))
    with count("file a request for oneself", her) as effort:
        file_request(her, lindehof)
    assert effort.fields + effort.clicks < 10
    log_in(coordinator, staff_can_log_in("Carla Jansen", Role.COORDINATOR, region.pk), wanted="/regio")
    round_ = run_round(coordinator, region)
    log_in(his, can_log_in(bram))
    for who, page in (("on a computer", her), ("on a telephone", his)):
        with count(f"answer an offer {who}", page) as effort:
            say_yes(page)
        assert (effort.fields, effort.clicks) == (0, 2)

    # Then the swap stands after the deadline, and the places change hands on the switch date
    let_time_pass(round_)
    now_at = {pk: enrolment.practice_id for pk, enrolment in current_enrolments([iris.pk, bram.pk]).items()}
    assert now_at == {iris.pk: lindehof.pk, bram.pk: brink.pk}

    # And everybody sees why: Iris, her new practice, and anybody on the page of the round
    her.goto(f"/mijn/rondes/{round_.pk}")
    assert has_no_barriers(her)
    expect(her.get_by_text("Praktijk De Lindehof").first).to_be_visible()
    log_in(practice, staff_can_log_in("Anna Wiersma", Role.PRACTICE_OWNER, lindehof.pk), wanted="/praktijk")
    expect(practice.get_by_text("Iris Bakker").first).to_be_visible()
    expect(practice.get_by_text("Bram Smit").first).to_be_visible()
    anyone.goto(f"/rondes/{round_.pk}")
    assert has_no_barriers(anyone)
    assert round_.input_sha256 in anyone.locator("main").inner_text().replace(" ", "")

    # And an auditor takes the files away and finds that they hold
    auditor = browse(width=360)
    log_in(auditor, staff_can_log_in("Farid El Amrani", Role.AUDITOR), wanted=f"/audit/rondes/{round_.pk}")
    assert has_no_barriers(auditor)
    assert replays(auditor, round_.seed, tmp_path) == 0


def search(page: Page) -> None:
    """Search by postcode and open the practice that is found."""
    page.goto("/")
    page.get_by_label("Postcode").fill("2514 GL")
    page.get_by_role("button", name="Zoek huisartsen").click()
    expect(page.get_by_text("Alleen door te ruilen.").first).to_be_visible()
    page.get_by_role("link", name="Praktijk De Lindehof").first.click()
    assert has_no_barriers(page)


def file_request(page: Page, wished: Practice) -> None:
    """File a request for oneself with one wish."""
    page.goto(f"/mijn/verzoek?wens={wished.slug}")
    page.get_by_role("button", name="Doe dit verzoek").click()
    expect(page.get_by_text("Uw verzoek is gedaan")).to_be_visible()


def run_round(page: Page, region: Region) -> Round:
    """Open a round, freeze it, let it be drawn and computed, and publish it."""
    page.get_by_role("button", name="Open een ronde").click()
    page.get_by_role("link", name="Zet de ronde vast").click()
    page.get_by_role("button", name="Ja, zet de ronde vast").click()
    expect(page.get_by_role("heading", name="De ronde wordt nu vastgezet")).to_be_visible()
    jobs.go_on()
    page.get_by_role("link", name="Ververs deze pagina").click()
    expect(page.get_by_role("heading", name="De ronde staat vast")).to_be_visible()
    forward_clock().put_forward_to(timezone.now() + timedelta(minutes=30))
    jobs.go_on()
    page.get_by_role("link", name="Ververs deze pagina").click()
    page.get_by_role("link", name="Maak de uitslag openbaar").click()
    page.get_by_role("button", name="Ja, maak de uitslag openbaar").click()
    expect(page.get_by_role("heading", name="Mensen kunnen nu antwoorden")).to_be_visible()
    return Round.objects.get(region=region)


def say_yes(page: Page) -> None:
    """Read the offer and take it."""
    page.goto("/mijn")
    page.get_by_role("link", name="Bekijk het aanbod", exact=True).click()
    assert has_no_barriers(page)
    page.get_by_role("button", name="Ja, ik stap over").click()
    expect(page.get_by_text("Uw antwoord is bewaard")).to_be_visible()


def replays(page: Page, seed: str, folder: Path) -> int:
    """Take the files of a round away and compute it again as the page says; the exit code."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Haal invoer en uitslag op").click()
    with ZipFile(download.value.path()) as files:
        files.extractall(folder)
    return main(["round", "verify", str(folder / "in"), str(folder / "out"), "--seed", seed])


def let_time_pass(round_: Round) -> None:
    """Put the clock past the deadline and then to the switch date, and let the jobs do what is due."""
    assert round_.answers_until is not None
    forward_clock().put_forward_to(round_.answers_until + timedelta(minutes=1))
    jobs.go_on()
    round_.refresh_from_db()
    assert (round_.state, round_.fell_below_floor) == ("settled", 0)
    assert round_.switch_on is not None
    forward_clock().put_forward_to(datetime.combine(round_.switch_on, time(8), AMSTERDAM))
    jobs.go_on()
    round_.refresh_from_db()
    assert round_.state == "carried_out"
