# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds as anyone may check them: hash, draw and totals without small numbers; whole files only for some."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.builders import COORDINATOR, a_practice, a_region, hours_after
from tests.integration.rounds.running import (
    a_chain,
    a_seeker,
    a_swap,
    answer,
    computed,
    frozen,
    published,
    settled,
)
from tests.integration.web.public.searching import read

from huisartsplek.audit.models import AuditEvent
from huisartsplek.config.cli import main
from huisartsplek.practices.models import Region
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.services import cancel_round, open_round

pytestmark = pytest.mark.django_db


def words_of(client: Client, round_: Round) -> str:
    return read(client, f"/rondes/{round_.pk}").one("main").text


def in_fours(text: str) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def a_busy_region() -> Region:
    """A region in which ten or more people swap in pairs, and a few more follow each other in a chain."""
    region = a_region("haaglanden")
    for _ in range(6):
        a_swap(region)
    a_chain(region)
    return region


def test_without_rounds_the_list_says_so(client: Client) -> None:
    assert "Er is nog geen ronde geweest" in read(client, "/rondes").one("main").text


def test_an_open_round_has_nothing_to_check_yet(client: Client) -> None:
    region = a_region("haaglanden")
    round_ = open_round(COORDINATOR, region.pk, at=hours_after(0))
    words = words_of(client, round_)
    assert "Open: u kunt nog meedoen" in words
    assert "Vingerafdruk" not in words
    assert "Ronde 1 van Haaglanden" in read(client, "/rondes").one("main").text
    assert "Nu kunt u meedoen met de ronde van Haaglanden." in read(client, "/uitleg/ronde").one("main").text


def test_a_frozen_round_shows_its_hash_and_the_draw_that_will_decide_but_no_lot(client: Client) -> None:
    region = a_region()
    a_swap(region)
    round_ = frozen(region)
    words = words_of(client, round_)
    assert in_fours(round_.input_sha256) in words
    assert f"{round_.beacon}, nummer {round_.beacon_round} (voorbeeldtrekking)" in words
    assert "Lot, bekend" not in words
    assert "De uitslag is nog niet openbaar" in words
    assert client.get(f"/rondes/{round_.pk}/voorbeeldbestanden").status_code == 404


def test_a_computed_round_shows_its_lot_and_nothing_of_its_outcome(client: Client) -> None:
    round_ = computed(a_busy_region())
    words = words_of(client, round_)
    assert round_.seed in words
    assert "Ja: een tweede programma rekende alles na" in words
    assert "Mensen na de ronde" not in words
    assert client.get(f"/rondes/{round_.pk}/voorbeeldbestanden").status_code == 404


def test_a_published_round_tells_its_totals_rounded_beside_a_small_one(client: Client) -> None:
    round_ = published(a_busy_region())
    page = read(client, f"/rondes/{round_.pk}")
    words = page.one("main").text
    assert "Alle aantallen zijn afgerond op tien" in words
    rows = {row.children[0].text: row.children[1].text for row in page.all("tr", class_="utrecht-table__row")}
    assert rows["Kring"] == "10"  # twelve people
    assert rows["Keten"] == "minder dan 10"
    assert rows["Krijgt een aanbod"] == "20"  # fifteen
    assert "Na de antwoorden" not in words
    assert f"/mijn/rondes/{round_.pk}" in {link.attrs["href"] for link in page.all("a")}


def test_the_drawings_of_a_report_hide_small_figures_as_well(client: Client) -> None:
    lengths = []
    for extra in (1, 4):
        region = a_region()
        a_chain(region, length=extra + 1)
        for _ in range(5):
            a_swap(region)
        page = read(client, f"/rondes/{published(region).pk}")
        (chart,) = [svg for svg in page.all("svg") if svg.attrs.get("aria-labelledby") == "manier"]
        lengths.append([bar.attrs["width"] for bar in chart.all("rect")])
    assert lengths[0] == lengths[1]


def test_a_settled_round_tells_how_many_go_and_how_many_fell_by_anothers_no(client: Client) -> None:
    region = a_region()
    first, second, _, _ = a_swap(region)
    for _ in range(10):
        seekers = a_swap(region)[:2]
    round_ = published(region)
    answer(first, says_yes=False)
    answer(second, says_yes=True)
    for seeker in seekers:
        answer(seeker, says_yes=True)
    round_ = settled(round_)
    words = words_of(client, round_)
    assert "Aantal mensen dat overstapt: minder dan 10." in words
    assert "minder kreeg dan met de wachtlijst" in words


def test_a_cancelled_round_stays_listed_with_its_hash(client: Client) -> None:
    region = a_region()
    a_swap(region)
    round_ = cancel_round(COORDINATOR, frozen(region).pk, at=hours_after(2))
    assert round_.input_sha256 in read(client, "/rondes").one("main").text
    words = words_of(client, round_)
    assert "Deze ronde is afgelast" in words
    assert in_fours(round_.input_sha256) in words
    assert "Mensen na de ronde" not in words


def test_the_report_names_nobody_and_no_practice(client: Client) -> None:
    region = a_region()
    practice = a_practice(free=3, region=region, name="Praktijk Herkenbaar")
    seeker = a_seeker(None, practice)
    page = client.get(f"/rondes/{published(region).pk}").content.decode()
    assert practice.name not in page
    assert seeker.person.given_name not in page
    assert practice.agb not in page


def test_in_the_demo_world_anybody_downloads_the_files_and_replays_them(client: Client, tmp_path: Path) -> None:
    round_ = published(a_busy_region())
    page = read(client, f"/rondes/{round_.pk}")
    (link,) = [link for link in page.all("a") if link.text == "Download de bestanden van deze ronde"]
    answer_ = client.get(link.attrs["href"])
    assert answer_["Content-Type"] == "application/zip"
    zipfile.ZipFile(io.BytesIO(answer_.content)).extractall(tmp_path)
    assert main(["round", "verify", str(tmp_path / "in"), str(tmp_path / "out"), "--seed", round_.seed]) == 0
    assert AuditEvent.objects.filter(kind="round_files_read").count() == 1


def test_outside_the_demo_world_nobody_is_offered_the_files(client: Client, settings: Any) -> None:
    round_ = published(a_busy_region())
    settings.DEMO = False
    page = read(client, f"/rondes/{round_.pk}")
    assert "Download" not in page.one("main").text
    assert "alleen de onafhankelijke controleur" in page.one("main").text
    assert client.get(f"/rondes/{round_.pk}/voorbeeldbestanden").status_code == 404


def test_the_whole_files_are_for_who_logs_in_as_auditor(client: Client) -> None:
    round_ = published(a_busy_region())
    answer_ = client.get(f"/rondes/{round_.pk}/bestanden")
    assert answer_.status_code == 302
    assert answer_["Location"].startswith("/inloggen/medewerker")


@pytest.mark.parametrize("wanted", ["11111111-1111-1111-1111-111111111111", "geen-uuid"])
def test_an_unknown_round_is_not_there(client: Client, wanted: str) -> None:
    assert client.get(f"/rondes/{wanted}").status_code == 404
