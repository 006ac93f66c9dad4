# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where postcodes lie, by the bundled gazetteer and by an imported table."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.rules.values import Postcode
from huisartsplek.simulator.distances import km_between
from huisartsplek.simulator.gazetteer import Gazetteer, Located, Place, plain

WEST, EAST, SOUTH, NORTH = 3.3, 7.25, 50.7, 53.6

TABLE = """pc4,lon,lat,km2,inwoners,plaats,provincie,more
2511,4.31000,52.08000,0.5,5000,Den Haag,Zuid-Holland,x
2512,4.30000,52.07000,0.5,10000,Den Haag,Zuid-Holland,x
2611,4.36000,52.01000,0.9,4000,Delft,Zuid-Holland,x
2699,4.20000,52.00000,2.0,,Monster,Zuid-Holland,x
"""


@pytest.fixture(scope="module")
def bundled() -> Gazetteer:
    return Gazetteer.bundled()


@pytest.fixture
def table(tmp_path: Path) -> Gazetteer:
    path = tmp_path / "pc4.csv"
    path.write_text(TABLE, encoding="utf-8")
    return Gazetteer.from_pc4_table(path)


def test_every_postcode_lies_in_the_netherlands_in_a_place_with_a_name(bundled: Gazetteer) -> None:
    for pc4 in range(1000, 10_000):
        found = bundled.locate(Postcode(pc4))
        assert WEST < found.lon < EAST, pc4
        assert SOUTH < found.lat < NORTH, pc4
        assert found.place, pc4


@pytest.mark.parametrize(
    ("pc4", "place", "lon", "lat", "within_km"),
    [
        (1012, "Amsterdam", 4.895, 52.373, 2),
        (2514, "Den Haag", 4.310, 52.080, 3),
        (2611, "Delft", 4.360, 52.011, 3),
        (2711, "Zoetermeer", 4.494, 52.060, 4),
        (3011, "Rotterdam", 4.480, 51.922, 3),
        (3512, "Utrecht", 5.121, 52.091, 3),
        (4331, "Middelburg", 3.610, 51.500, 3),
        (5611, "Eindhoven", 5.478, 51.438, 3),
        (6211, "Maastricht", 5.690, 50.849, 3),
        (6924, "Loo", 6.005, 51.925, 5),
        (7511, "Enschede", 6.894, 52.221, 3),
        (8011, "Zwolle", 6.092, 52.512, 3),
        (8911, "Leeuwarden", 5.800, 53.201, 3),
        (9163, "Nes", 5.775, 53.447, 5),
        (9712, "Groningen", 6.563, 53.219, 3),
    ],
)
def test_a_known_postcode_lies_near_the_middle_of_its_town(
    bundled: Gazetteer, pc4: int, place: str, lon: float, lat: float, within_km: float
) -> None:
    found = bundled.locate(Postcode(pc4))
    assert found.place == place
    assert km_between(found, Located(lon, lat, "", approximate=False)) < within_km


def test_a_postcode_of_a_wide_town_or_in_no_range_is_called_approximate(bundled: Gazetteer) -> None:
    assert bundled.locate(Postcode(2722)).approximate
    assert bundled.locate(Postcode(7439)).approximate


def test_a_postcode_of_one_village_is_not_called_approximate(bundled: Gazetteer) -> None:
    assert not bundled.locate(Postcode(1796)).approximate


def test_letters_do_not_change_where_a_postcode_lies(bundled: Gazetteer) -> None:
    assert bundled.locate(Postcode(2514, "GL")) == bundled.locate(Postcode(2514))


def test_postcodes_of_the_same_hundred_lie_in_the_same_part_of_the_country(bundled: Gazetteer) -> None:
    for digits in range(10, 100):
        found = [bundled.locate(Postcode(digits * 100 + number)) for number in range(100)]
        assert max(km_between(found[0], other) for other in found) < 75, digits


def test_people_live_at_no_postcode_twice(bundled: Gazetteer) -> None:
    areas = bundled.areas
    assert len(set(areas.pc4.tolist())) == len(areas)
    assert (areas.people > 0).all()


def test_about_as_many_people_are_bundled_as_live_in_the_country(bundled: Gazetteer) -> None:
    assert 15_000_000 < bundled.areas.people.sum() < 20_000_000


@pytest.mark.parametrize("text", ["den haag", "DEN HAAG", "Den-Haag", "  den  haag "])
def test_a_place_is_found_however_it_is_typed(bundled: Gazetteer, text: str) -> None:
    assert bundled.search_place(text)[0].name == "Den Haag"


@pytest.mark.parametrize(("text", "name"), [("s gravenzande", "'s-Gravenzande"), ("suwald", "Suwâld")])
def test_accents_and_apostrophes_need_not_be_typed(bundled: Gazetteer, text: str, name: str) -> None:
    assert bundled.search_place(text)[0].name == name


def test_the_largest_of_the_places_of_one_name_comes_first(bundled: Gazetteer) -> None:
    found = [place for place in bundled.search_place("Hengelo") if place.name == "Hengelo"]
    assert [place.province for place in found] == ["Overijssel", "Gelderland"]
    assert [place.pc4 for place in found] == [7551, 7255]


def test_nothing_is_found_for_an_empty_text(bundled: Gazetteer) -> None:
    assert bundled.search_place(" - ") == []


@given(text=st.text(max_size=20))
def test_whatever_is_typed_finds_places_that_hold_it(text: str) -> None:
    wanted = plain(text)
    found = Gazetteer.bundled().search_place(text, most=5)
    assert len(found) <= 5
    assert all(wanted in plain(place.name) for place in found)


def test_after_an_import_a_postcode_is_exact(table: Gazetteer) -> None:
    assert table.locate(Postcode(2512)) == Located(4.3, 52.07, "Den Haag", approximate=False)


def test_after_an_import_a_postcode_outside_the_table_is_near_its_neighbour(table: Gazetteer) -> None:
    assert table.locate(Postcode(2513)) == Located(4.3, 52.07, "Den Haag", approximate=True)
    assert table.locate(Postcode(2600)).place == "Delft"


def test_after_an_import_a_place_lies_in_the_middle_of_its_people(table: Gazetteer) -> None:
    place = table.search_place("den haag")[0]
    assert place == Place("Den Haag", place.lon, place.lat, 15_000, "Zuid-Holland", 2511)
    assert place.lon == pytest.approx(4.3033, abs=1e-3)


def test_nobody_lives_where_the_table_names_no_inhabitants(table: Gazetteer) -> None:
    assert table.areas.pc4.tolist() == [2511, 2512, 2611]


def test_a_table_without_a_needed_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pc4.csv"
    path.write_text("pc4,lon,lat\n2511,4.3,52.0\n", encoding="utf-8")
    with pytest.raises(ValueError, match="km2, inwoners, plaats, provincie"):
        Gazetteer.from_pc4_table(path)
