# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The auditor replays a round, the privacy officer searches the log, and an insurer sees nobody yet."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from tests.builders import AT, SYSTEM, a_person, a_region
from tests.integration.rounds.running import a_chain, a_swap, frozen, published
from tests.integration.web.citizen.logged_in import browser_of
from tests.integration.web.coordinator.at_work import coordinator_of, staff_browser
from tests.unit.web.page import Element, parse

from huisartsplek.accounts.roles import Role
from huisartsplek.audit.jobs import check
from huisartsplek.audit.models import AuditEvent
from huisartsplek.audit.queries import last_check, search_log
from huisartsplek.audit.sealing import seal_all
from huisartsplek.rounds.models import Round
from huisartsplek.rules.dates import day_in_amsterdam

pytestmark = pytest.mark.django_db


def main_of(client: Client, url: str, status: int = 200) -> Element:
    answer = client.get(url)
    assert answer.status_code == status, url
    return parse(answer.content.decode()).one("main")


def verify(folder: Path, round_: Round) -> int:
    command = [sys.executable, "-m", "huisartsplek", "round", "verify", "in", "out", "--seed", round_.seed]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode


def test_the_auditor_replays_a_round_from_its_page(tmp_path: Path) -> None:
    region = a_region()
    a_swap(region)
    a_chain(region)
    round_ = published(region)
    client = staff_browser(Role.AUDITOR)
    assert region.name in main_of(client, "/audit/rondes").text
    page = main_of(client, f"/audit/rondes/{round_.pk}")
    assert f"--seed '{round_.seed}'" in page.text
    (link,) = [one for one in page.all("a") if "zip" in one.text]
    answer = client.get(link.attrs["href"])
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path)
    assert verify(tmp_path, round_) == 0
    read = AuditEvent.objects.filter(kind="round_files_read", role="auditor")
    assert read.count() == 1, "who took the files is in the log"
    outcome = tmp_path / "out" / "outcomes.csv"
    outcome.write_bytes(outcome.read_bytes().replace(b"moved", b"waits", 1))
    assert verify(tmp_path, round_) == 1


def test_a_round_that_is_not_public_has_no_files_for_the_auditor() -> None:
    region = a_region()
    a_swap(region)
    round_ = frozen(region)
    client = staff_browser(Role.AUDITOR)
    page = main_of(client, f"/audit/rondes/{round_.pk}")
    assert "Nog niets op te halen" in page.text
    assert round_.input_sha256[:4] in page.text
    assert client.get(f"/rondes/{round_.pk}/bestanden").status_code == 404


def test_each_of_these_pages_is_for_one_role_only() -> None:
    region = a_region()
    a_swap(region)
    round_ = published(region)
    own = {
        "/audit/rondes": Role.AUDITOR,
        f"/audit/rondes/{round_.pk}": Role.AUDITOR,
        "/logboek": Role.PRIVACY_OFFICER,
        "/verzekeraar": Role.MEDIATOR,
    }
    browsers = {role: staff_browser(role) for role in (Role.AUDITOR, Role.PRIVACY_OFFICER)}
    browsers[Role.MEDIATOR] = staff_browser(Role.MEDIATOR, region.pk)
    others = [coordinator_of(region), browser_of(a_person())]
    for url, role in own.items():
        assert Client().get(url).status_code == 302
        for held, browser in browsers.items():
            assert browser.get(url).status_code == (200 if held is role else 404), (url, held)
        assert all(other.get(url).status_code == 404 for other in others)


def test_the_privacy_officer_finds_who_did_what_with_somebodys_data_and_is_in_the_log_too() -> None:
    person, other = a_person(), a_person()
    client = staff_browser(Role.PRIVACY_OFFICER)
    page = main_of(client, f"/logboek?persoon={person.pk}")
    assert str(person.pk) in page.text
    assert str(other.pk) not in page.text
    assert "person_registered" in page.text
    assert "Het systeem zelf" in page.text
    reading = AuditEvent.objects.filter(kind="log_read", person_id=person.pk, role="privacy_officer")
    assert reading.count() == 1
    again = main_of(client, f"/logboek?persoon={person.pk}").text
    assert "log_read" in again
    assert "Carla Jansen, functionaris gegevensbescherming" in again
    assert "Wettelijke taak" in again


def test_a_search_of_the_log_keeps_to_its_period() -> None:
    person = a_person()
    today = day_in_amsterdam(AT)
    assert search_log(SYSTEM, person_id=person.pk, first=today, last=today, at=AT, most=10)
    early = day_in_amsterdam(AT).replace(year=2020)
    assert search_log(SYSTEM, person_id=person.pk, first=None, last=early, at=AT, most=10) == []
    client = staff_browser(Role.PRIVACY_OFFICER)
    assert "Niets gevonden" in main_of(client, f"/logboek?persoon={person.pk}&tot_en_met=01-02-2020").text


@pytest.mark.parametrize(
    "query",
    [
        "persoon=&vanaf=",
        "persoon=jansen",
        "vanaf=soms",
        "vanaf=02-03-2026&tot_en_met=01-03-2026",
        "vanaf=31-12-1999",
        "vanaf=01-01-0001",
        "tot_en_met=31-12-9999",
    ],
)
def test_a_search_that_cannot_be_done_says_what_to_fill_in_and_reads_nothing(query: str) -> None:
    client = staff_browser(Role.PRIVACY_OFFICER)
    page = main_of(client, f"/logboek?{query}", status=400)
    assert page.all(class_="utrecht-alert--error") or "Vul" in page.text or "Kies" in page.text
    assert not AuditEvent.objects.filter(kind="log_read").exists()


@pytest.mark.parametrize("until", ["13-02-2020", "13/02/2020", "2020-02-13"])
def test_a_period_begins_with_the_day_in_english_too(until: str) -> None:
    client = staff_browser(Role.PRIVACY_OFFICER)
    page = main_of(client, f"/logboek?tot_en_met={until}&taal=en")
    assert "Nothing found" in page.text


def test_another_language_on_the_page_of_the_log_is_no_search() -> None:
    page = main_of(staff_browser(Role.PRIVACY_OFFICER), "/logboek?taal=en")
    assert not page.all(class_="utrecht-alert--error")
    assert not AuditEvent.objects.filter(kind="log_read").exists()


def test_the_check_of_the_log_is_asked_for_done_and_told() -> None:
    a_person()
    client = staff_browser(Role.PRIVACY_OFFICER)
    assert "nog niet nagekeken" in main_of(client, "/logboek").text
    for _ in range(2):
        answer = client.post("/logboek/controle", follow=True)
        assert "wordt nagekeken" in parse(answer.content.decode()).one("main").text
    seal_all(at=AT)
    check()
    found = last_check()
    assert found is not None
    assert found.facts["intact"] is True
    assert "geen regel is veranderd of weggehaald" in main_of(client, "/logboek").text


def test_an_insurer_sees_nobody_and_how_that_comes() -> None:
    person = a_person()
    page = main_of(staff_browser(Role.MEDIATOR, a_region().pk), "/verzekeraar")
    assert "Er is nu niemand om voor te bemiddelen" in page.text
    assert person.full_name not in page.text
