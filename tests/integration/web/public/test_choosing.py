# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where one searches around, and what one chooses a practice on."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.integration.web.public.searching import HOME, LATELY, NOW, cards, for_all, full_stop, near, read, search

from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.practices.centre import centre_at, find_centre
from huisartsplek.rules.values import Postcode

pytestmark = pytest.mark.django_db

Point = tuple[float, float]


@pytest.fixture
def home() -> Point:
    """Where the postcode of these searches lies."""
    found = chosen_postcodes().locate(Postcode.parse(HOME))
    return found.lon, found.lat


def test_every_practice_tells_the_way_on_foot_by_bicycle_and_by_car_and_that_it_is_estimated(
    client: Client, home: Point
) -> None:
    near(home, 2, for_all(), free=1, name="Praktijk Weg")
    page = search(client)
    for words in ("2,0 km", "ongeveer 30 minuten lopen", "10 minuten fietsen", "ongeveer 8 minuten met de auto"):
        assert words in cards(page)["Praktijk Weg"]
    assert "Afstanden en reistijden zijn een schatting" in page.one("main").text


def test_the_list_names_what_people_choose_on(client: Client, home: Point) -> None:
    near(home, 1, for_all(), free=1, name="Praktijk Alles", is_step_free=True, has_evening_hours=True,
         has_female_gp=True, has_male_gp=True, languages=["nl", "tr"], size="group")  # fmt: skip
    near(home, 2, for_all(), free=1, name="Praktijk Weinig")
    found = cards(search(client))
    for words in (
        "Groep huisartsen",
        "Vrouwelijke en mannelijke huisarts",
        "Avondspreekuur",
        "Geen drempels",
        "Ook: Turks",
    ):
        assert words in found["Praktijk Alles"]
        assert words not in found["Praktijk Weinig"]
    assert "Eén huisarts" in found["Praktijk Weinig"]


@pytest.mark.parametrize("choice", [{"man": "ja"}, {"grootte": "group"}, {"vrouw": "ja"}])
def test_list_and_map_hold_to_the_same_choice(client: Client, home: Point, choice: dict[str, str]) -> None:
    details = {"has_male_gp": True, "has_female_gp": True, "size": "group"}
    for km, one in ((1, {}), (2, details), (3, {}), (4, details)):
        near(home, km, for_all(), free=1, name=f"Praktijk {km}", **one)
    page = search(client, **choice)
    assert list(cards(page)) == ["Praktijk 2", "Praktijk 4"]
    (drawing,) = [svg for svg in page.all("svg") if svg.attrs.get("viewbox") == "0 0 460 560"]
    assert [pin.attrs["href"] for pin in drawing.all("a")] == ["#p1", "#p2"]
    (name, value), *_ = choice.items()
    pill = next(link for link in page.all("a") if link.text.startswith("Nu inschrijven"))
    assert f"{name}={value}" in pill.attrs["href"]


def test_the_freshest_word_can_come_first(client: Client, home: Point) -> None:
    near(home, 1, for_all(), free=1, name="Praktijk Oud", at=LATELY)
    near(home, 2, for_all(), free=1, name="Praktijk Vers", at=NOW)
    assert list(cards(search(client))) == ["Praktijk Oud", "Praktijk Vers"]
    assert list(cards(search(client, volgorde="bevestigd"))) == ["Praktijk Vers", "Praktijk Oud"]


@pytest.mark.parametrize(
    ("text", "province", "name"),
    [
        ("Hengelo (O)", "Gelderland", "Hengelo"),
        ("Hengelo (Gld)", "Overijssel", "Hengelo"),
        ("hengelo gld", "Overijssel", "Hengelo"),
        ("HENGELO (Gelderland)", "Overijssel", "Hengelo"),
        ("'s-Gravenhage", "", "Den Haag"),
        ("den bosch", "", "'s-Hertogenbosch"),
    ],
)
def test_a_name_with_its_province_or_another_name_is_understood(text: str, province: str, name: str) -> None:
    found = find_centre(chosen_postcodes(), text)
    assert found is not None
    assert found.name == name
    # What is left as "did you mean" is the other one.
    assert [place.province for place in found.namesakes] == ([province] if province else [])


def test_who_mistypes_a_place_gets_a_short_choice_that_works(client: Client) -> None:
    page = search(client, "Hengello")
    assert page.one("input", id="id_postcode").attrs["value"] == "Hengello"
    offered = [link for link in page.all("a") if link.text.startswith("Hengelo (")]
    assert {link.text for link in offered} == {"Hengelo (Overijssel)", "Hengelo (Gelderland)"}
    for link in offered:
        assert "Wij meten vanaf het midden van Hengelo" in client.get(link.attrs["href"]).content.decode()


def test_what_looks_like_nothing_offers_nothing(client: Client) -> None:
    page = search(client, "Xqzwv")
    assert "Bedoelt u" not in page.one("main").text
    assert "Wij kennen deze postcode of plaats niet" in page.one("main").text


def test_near_me_searches_around_and_decides_nothing_by_a_rough_distance(client: Client, home: Point) -> None:
    lon, lat = home
    near(home, 1, for_all(), free=1, name="Praktijk Hier")
    page = read(client, "/huisartsen", bij=f"{lat:.2f},{lon:.2f}")
    assert list(cards(page)) == ["Praktijk Hier"]
    assert "vanaf ongeveer waar u bent" in page.one("main").text
    link = next(link for link in page.all("a") if link.text == "Praktijk Hier")
    assert "bij=" in link.attrs["href"]
    assert "km" in client.get(link.attrs["href"]).content.decode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(50.8, 53.4), st.floats(3.6, 7.1))
@example(52.0812345, 4.3123456)
def test_a_position_is_never_kept_more_exactly_than_a_kilometre(lat: float, lon: float) -> None:
    found = centre_at(chosen_postcodes(), f"{lat:.9f},{lon:.9f}")
    if found is not None:
        assert (found.lat, found.lon) == (round(found.lat, 2), round(found.lon, 2))
        assert found.pc4 is None
        assert abs(found.lat - lat) <= 0.00501
        assert abs(found.lon - lon) <= 0.00501


@pytest.mark.parametrize(
    "text", ["", "52,4", "nan,nan", "52.1,4.1,4.1", "٥٢.1,4.1", "0.0,0.0", "52.1;4.1", "9" * 99]
)
def test_what_is_no_position_asks_for_a_postcode(client: Client, text: str) -> None:
    page = read(client, "/huisartsen", bij=text)
    assert not cards(page)
    assert page.one("input", id="id_postcode")


def test_who_typed_a_postcode_after_all_no_longer_searches_where_they_are(client: Client, home: Point) -> None:
    near(home, 1, for_all(), free=1, name="Praktijk Thuis")
    page = read(client, "/huisartsen", bij="52.08,4.31")
    form = page.one("form", id="zoek")
    assert not [field for field in form.all("input") if field.attrs.get("name") == "bij"]
    both = read(client, "/huisartsen", bij="52.08,4.31", postcode=HOME)
    assert list(cards(both)) == ["Praktijk Thuis"]


def test_the_button_near_me_is_hidden_until_a_script_shows_it(client: Client) -> None:
    for address in ("/", "/huisartsen", f"/huisartsen?postcode={HOME}"):
        page = read(client, *address.split("?")[:1]) if "?" not in address else search(client)
        (part,) = [one for one in page.all("div") if "data-hp-near" in one.attrs]
        assert "hidden" in part.attrs


def test_nowhere_to_go_gives_every_next_step(client: Client, home: Point) -> None:
    near(home, 1, full_stop(), name="Praktijk Dicht")
    near(home, 2, full_stop(swaps=True), name="Praktijk Ruil")
    words = search(client).one("main").text
    for step in (
        "Wat kunt u nu doen?",
        "Zoek verder weg, binnen 10 kilometer",
        "Ga op een wachtlijst of ruil",
        "Kijk hoe ruilen werkt",
        "vraag om zorgbemiddeling",
    ):
        assert step in words
