# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where postcodes lie: the bundled gazetteer, and a table that an operator imports over it."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from huisartsplek.integrations.postcodes.bundled import (
    BadPostcodeTable,
    import_table,
    imported_table,
    postcodes_of,
)
from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.practices.centre import find_centre
from huisartsplek.rules.values import Postcode

HEADER = "pc4,lon,lat,km2,inwoners,plaats,provincie,corop"
ROWS = (
    "2514,4.3041,52.0842,0.97,9630,Den Haag,Zuid-Holland,x",
    "2611,4.3602,52.0116,1.2,12000,Delft,Zuid-Holland,x",
)


def a_table(folder: Path, *rows: str, header: str = HEADER) -> Path:
    file = folder / "pc4.csv"
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return file


def test_without_an_import_the_bundled_gazetteer_answers(tmp_path: Path) -> None:
    assert postcodes_of(tmp_path).locate(Postcode(2514)).place == "Den Haag"
    assert postcodes_of(tmp_path).locate(Postcode(2514)).approximate


def test_an_import_makes_postcodes_exact_at_once(tmp_path: Path) -> None:
    before = postcodes_of(tmp_path)
    assert import_table(a_table(tmp_path, *ROWS), tmp_path) == 2
    found = postcodes_of(tmp_path).locate(Postcode(2514))
    assert (found.lon, found.lat, found.approximate) == (4.3041, 52.0842, False)
    assert before.locate(Postcode(2514)).approximate


def test_a_second_import_takes_the_place_of_the_first(tmp_path: Path) -> None:
    import_table(a_table(tmp_path, *ROWS), tmp_path)
    assert postcodes_of(tmp_path).locate(Postcode(2514)).lon == 4.3041
    import_table(a_table(tmp_path, ROWS[0].replace("4.3041", "4.30411")), tmp_path)
    assert postcodes_of(tmp_path).locate(Postcode(2514)).lon == 4.30411


def test_a_postcode_that_the_table_lacks_is_still_answered(tmp_path: Path) -> None:
    import_table(a_table(tmp_path, *ROWS), tmp_path)
    found = postcodes_of(tmp_path).locate(Postcode(2599))
    assert found.approximate
    assert found.place == "Den Haag"


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        (ROWS, "pc4,lon,lat"),
        ((), HEADER),
        (("2514,81000,455000,1,10,Den Haag,Zuid-Holland,x",), HEADER),
        (("99,4.3,52.1,1,10,Den Haag,Zuid-Holland,x",), HEADER),
        (("abc,4.3,52.1,1,10,Den Haag,Zuid-Holland,x",), HEADER),
        (("2514,4.3,nan,1,10,Den Haag,Zuid-Holland,x",), HEADER),
    ],
)
def test_a_bad_table_is_refused_and_what_was_there_stays(
    tmp_path: Path, rows: tuple[str, ...], header: str
) -> None:
    import_table(a_table(tmp_path, *ROWS), tmp_path)
    kept = imported_table(tmp_path).read_bytes()
    with pytest.raises(BadPostcodeTable):
        import_table(a_table(tmp_path, *rows, header=header), tmp_path)
    assert imported_table(tmp_path).read_bytes() == kept
    assert [file.name for file in imported_table(tmp_path).parent.iterdir()] == ["pc4.csv"]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0" * 10)
    with pytest.raises(BadPostcodeTable):
        import_table(file, tmp_path)


def test_the_command_imports_a_table_for_the_whole_installation(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"
    said = StringIO()
    call_command("import_postcodes", str(a_table(tmp_path, *ROWS)), stdout=said)
    assert "Imported 2 postcodes" in said.getvalue()
    assert not chosen_postcodes().locate(Postcode(2514)).approximate


@pytest.mark.parametrize("rows", [(), ("2514,0,0,1,10,Den Haag,Zuid-Holland,x",)])
def test_the_command_says_why_a_table_was_not_imported(
    tmp_path: Path, settings: Any, rows: tuple[str, ...]
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    with pytest.raises(CommandError, match="was not imported"):
        call_command("import_postcodes", str(a_table(tmp_path, *rows)))


def test_the_command_says_it_when_there_is_no_such_file(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"
    with pytest.raises(CommandError, match="was not imported"):
        call_command("import_postcodes", str(tmp_path / "nothing.csv"))


def test_names_for_a_map_are_those_of_the_largest_places_nearby(tmp_path: Path) -> None:
    found = postcodes_of(tmp_path).places_around(4.36, 52.01, km=12, most=3)
    assert [place.people for place in found] == sorted((place.people for place in found), reverse=True)
    assert "Delft" in [place.name for place in postcodes_of(tmp_path).places_around(4.36, 52.01, km=2, most=5)]


def test_a_whole_name_finds_its_namesakes_and_a_part_finds_every_place_with_it(tmp_path: Path) -> None:
    postcodes = postcodes_of(tmp_path)
    hengelo = find_centre(postcodes, "hengelo")
    assert hengelo is not None
    assert {place.name for place in hengelo.namesakes} == {"Hengelo"}
    other = find_centre(postcodes, "Hengelo", province="Gelderland")
    assert other is not None
    assert (other.lon, other.lat) != (hengelo.lon, hengelo.lat)
    part = find_centre(postcodes, "amste")
    assert part is not None
    assert part.name == "Amsterdam"
    assert any(place.name == "Amstelveen" for place in part.namesakes) or part.namesakes
    assert find_centre(postcodes, "ams") is None
