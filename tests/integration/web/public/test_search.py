# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Search: the answer for this visitor per practice, in words, and never a number of places."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from tests.builders import a_person, a_practice, a_request
from tests.integration.web.public.searching import (
    HOME,
    LATELY,
    NOW,
    cards,
    for_all,
    full_stop,
    near,
    partial,
    read,
    search,
)

from huisartsplek.integrations.addresses.fake import SILENT_AT
from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.practices.models import PlaceEntry, Places, Practice
from huisartsplek.practices.places import change_places
from huisartsplek.rules.intake import LivesIn, MovedIntoArea, WithinKm, WithoutGp
from huisartsplek.rules.values import Postcode
from huisartsplek.web.components import wording

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> tuple[float, float]:
    """Where the visitors of these tests live: a postcode that the gazetteer knows exactly."""
    found = chosen_postcodes().locate(Postcode.parse(HOME))
    assert not found.approximate
    return found.lon, found.lat


Point = tuple[float, float]


def test_an_open_practice_with_a_place_says_yes(client: Client, home: Point) -> None:
    near(home, 1, for_all(), free=4, name="Praktijk Open")
    page = search(client)
    card = cards(page)["Praktijk Open"]
    assert "Ja, u kunt zich hier nu inschrijven." in card
    assert "Neemt nieuwe patiënten aan" in card
    assert f"bevestigd op {wording.day(LATELY)}" in card
    assert "1,0 km" in card
    assert "ongeveer 15 minuten lopen" in card
    assert "ongeveer 5 minuten fietsen" in card
    assert page.one("h2", id="lijst").text == "Bij de enige praktijk in de buurt kunt u nu terecht"


def test_where_somebody_waits_already_nobody_is_told_to_come_now(client: Client, home: Point) -> None:
    practice = near(home, 1, for_all(waiting_list=True), free=4, name="Praktijk Gewild")
    a_request(a_person(at=LATELY), wishes=[practice], at=LATELY)
    card = cards(search(client))["Praktijk Gewild"]
    assert "Er is een wachtlijst. U mag erop." in card
    assert "Zij gaan misschien voor." in card
    assert "Ja, u kunt" not in card


def test_a_condition_that_holds_is_said_with_the_visitors_own_fact(client: Client, home: Point) -> None:
    near(home, 1, partial(LivesIn(((8330, 8340),))), free=1, name="Praktijk Wijk")
    card = cards(search(client))["Praktijk Wijk"]
    assert "Ja, u kunt zich hier nu inschrijven." in card
    assert "U woont in 8333: dat klopt." in card


def test_a_condition_that_fails_is_a_no_with_the_reason(client: Client, home: Point) -> None:
    near(home, 1, partial(LivesIn(((2512, 2518),))), free=1, name="Praktijk Elders")
    card = cards(search(client))["Praktijk Elders"]
    assert "Nee, nu niet." in card
    assert "U woont in 8333: dat past niet bij de voorwaarde." in card


@pytest.mark.parametrize(
    ("moved_days_ago", "verdict"),
    [(10, "Ja, u kunt zich hier nu inschrijven."), (800, "Nee, nu niet."), (None, "Misschien.")],
)
def test_a_moving_date_turns_perhaps_into_yes_or_no(
    client: Client, home: Point, moved_days_ago: int | None, verdict: str
) -> None:
    near(home, 1, partial(MovedIntoArea(6)), free=1, name="Praktijk Nieuw")
    facts = {} if moved_days_ago is None else {"verhuisd": f"{(NOW - timedelta(days=moved_days_ago)):%Y-%m-%d}"}
    page = search(client, **facts)
    assert verdict in cards(page)["Praktijk Nieuw"]
    asks = [link for link in page.all("a") if link.text == "Vul uw verhuisdatum in"]
    assert bool(asks) is (moved_days_ago is None)
    assert all(page.all(id=link.attrs["href"][1:]) for link in asks)


@pytest.mark.parametrize(
    ("answer", "verdict"), [("ja", "Ja, u kunt"), ("nee", "Nee, nu niet."), ("", "Misschien.")]
)
def test_having_no_gp_turns_perhaps_into_yes_or_no(client: Client, home: Point, answer: str, verdict: str) -> None:
    near(home, 1, partial(WithoutGp()), free=1, name="Praktijk Zonder")
    assert verdict in cards(search(client, zonder_huisarts=answer))["Praktijk Zonder"]


def test_a_waiting_list_says_whether_one_may_join(client: Client, home: Point) -> None:
    near(home, 1, for_all(waiting_list=True), name="Praktijk Rij")
    near(home, 2, partial(LivesIn(((2512, 2518),)), waiting_list=True), name="Praktijk Andere Rij")
    found = cards(search(client))
    assert "Er is een wachtlijst. U mag erop." in found["Praktijk Rij"]
    assert "Er is een wachtlijst. U mag er niet op." in found["Praktijk Andere Rij"]


def test_a_practice_that_only_swaps_says_so(client: Client, home: Point) -> None:
    near(home, 1, full_stop(swaps=True), name="Praktijk Ruil")
    assert "Alleen door te ruilen." in cards(search(client))["Praktijk Ruil"]


def test_a_closed_practice_says_until_when_but_not_why(client: Client, home: Point) -> None:
    until = (NOW + timedelta(days=60)).date()
    near(home, 1, full_stop(valid_until=until), name="Praktijk Dicht")
    card = cards(search(client))["Praktijk Dicht"]
    assert f"Nee, nu niet. Dit geldt tot en met {wording.day(until)}." in card
    assert "genoeg patiënten" not in card


def test_a_closed_practice_says_why_when_it_made_that_public(client: Client, home: Point) -> None:
    near(home, 1, full_stop(stop_reason_public=True), name="Praktijk Vol")
    assert "De praktijk heeft genoeg patiënten." in cards(search(client))["Praktijk Vol"]


def test_what_was_not_confirmed_for_long_is_unknown_and_gives_the_telephone(client: Client, home: Point) -> None:
    near(home, 1, for_all(), free=9, at=NOW - timedelta(days=94), name="Praktijk Stil", phone="070 000 00 00")
    near(home, 2, None, name="Praktijk Zwijgt")
    page = search(client)
    card = cards(page)["Praktijk Stil"]
    assert "Wij weten het niet. Bel de praktijk." in card
    assert "al 94 dagen niet bevestigd" in card
    assert [link.attrs["href"] for link in page.all("a") if link.text == "070 000 00 00"] == ["tel:0700000000"]
    assert "nog nooit bevestigd" in cards(page)["Praktijk Zwijgt"]


def test_a_practice_that_gave_its_weekly_number_says_no_yes(client: Client, home: Point) -> None:
    practice = near(home, 1, for_all(weekly=2, waiting_list=True), free=9, name="Praktijk Week")
    assert "Ja, u kunt" in cards(search(client))["Praktijk Week"]
    change_places(
        Places.objects.get(practice=practice), PlaceEntry.Kind.GRANT, free=-2, people=2, reference=None, at=NOW
    )
    assert "Er is een wachtlijst. U mag erop." in cards(search(client))["Praktijk Week"]


def test_a_distance_that_is_about_right_decides_nothing(client: Client) -> None:
    found = chosen_postcodes().locate(Postcode.parse("2514"))
    assert found.approximate
    near((found.lon, found.lat), 1, partial(WithinKm(Decimal(3))), free=1, name="Praktijk Dichtbij")
    assert "Misschien." in cards(search(client, "2514"))["Praktijk Dichtbij"]


def test_a_distance_that_is_known_decides(client: Client, home: Point) -> None:
    near(home, 1, partial(WithinKm(Decimal(3))), free=1, name="Praktijk Dichtbij")
    near(home, 4, partial(WithinKm(Decimal(3))), free=1, name="Praktijk Verder")
    found = cards(search(client))
    assert "Ja, u kunt" in found["Praktijk Dichtbij"]
    assert "U woont 4 kilometer van de praktijk: dat past niet" in found["Praktijk Verder"]


@pytest.mark.parametrize("typed", ["8333", "8333ab", "8333 AB", " 8333ab ", "8333 ab"])
def test_a_postcode_may_be_typed_in_any_usual_way(client: Client, home: Point, typed: str) -> None:
    near(home, 1, for_all(), free=1, name="Praktijk Open")
    assert "Praktijk Open" in cards(search(client, typed))


@pytest.mark.parametrize("typed", ["0000", "abc", "25l4 GL", "2514 G", "x" * 500, "", "   ", "<b>", "12345"])
def test_what_is_no_postcode_or_place_gets_an_example_and_stays_typed(client: Client, typed: str) -> None:
    page = search(client, typed)
    field = page.one("input", name="postcode")
    (in_summary,) = [link.text for link in page.all("a") if link.attrs["href"] == f"#{field.attrs['id']}"]
    assert "2514 GL" in in_summary
    assert field.attrs["aria-invalid"] == "true"
    assert in_summary in page.one(id=field.attrs["aria-describedby"]).text
    assert page.one("title").text.startswith("Fout:")
    assert field.attrs.get("value", "") == typed
    assert cards(page) == {}


def test_asking_nothing_is_no_fault(client: Client) -> None:
    answer = client.get("/huisartsen")
    assert "Fout:" not in answer.content.decode()


def test_a_place_name_is_searched_from_its_middle_without_a_postcode_of_ones_own(client: Client) -> None:
    delft = chosen_postcodes().places_named("Delft")[0]
    near((delft.lon, delft.lat), 1, partial(LivesIn(((2600, 2629),))), free=1, name="Praktijk Delft")
    page = search(client, "delft")
    assert "Wij meten vanaf het midden van Delft." in page.one("main").text
    assert "Misschien. Het hangt af van uw postcode." in cards(page)["Praktijk Delft"]


def test_a_name_of_two_places_offers_the_other(client: Client) -> None:
    page = search(client, "Hengelo")
    offered = [link for link in page.all("a") if "Hengelo (" in link.text]
    assert offered
    other = client.get(offered[0].attrs["href"]).content.decode()
    assert other != client.get("/huisartsen", {"postcode": "Hengelo"}).content.decode()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1000, 9999))
def test_every_dutch_postcode_gives_a_place(client: Client, pc4: int) -> None:
    page = search(client, str(pc4))
    found = chosen_postcodes().locate(Postcode(pc4))
    words = page.one("main").text
    assert 3 < found.lon < 7.5
    assert 50.5 < found.lat < 53.8
    assert ("Wij weten niet precies waar" in words) is found.approximate


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "postcode",
                "huisnummer",
                "verhuisd",
                "zonder-huisarts",
                "laat",
                "straal",
                "pagina",
                "volgorde",
                "taal-balie",
            ]
        ),
        st.text(max_size=80) | st.sampled_from(["8333", "nu", "25", "-1", "9" * 30, "²"]),
    )
)
def test_no_address_breaks_the_page(client: Client, query: dict[str, str]) -> None:
    has_nul = any("\0" in text for text in query.values())
    assert client.get("/huisartsen", query).status_code == (400 if has_nul else 200)


def test_filters_keep_what_has_what_one_wants_and_the_address_keeps_all(client: Client, home: Point) -> None:
    near(home, 1, for_all(), free=1, name="Praktijk Alles", is_step_free=True, has_evening_hours=True,
         has_female_gp=True, languages=["nl", "tr"])  # fmt: skip
    near(home, 2, for_all(), free=1, name="Praktijk Weinig")
    wanted = {"rolstoel": "ja", "avond": "ja", "vrouw": "ja", "taal_balie": "tr", "verhuisd": "2020-01-01"}
    page = search(client, **wanted)
    assert list(cards(page)) == ["Praktijk Alles"]
    pill = next(link for link in page.all("a") if link.text.startswith("Nu inschrijven"))
    for name, value in wanted.items():
        assert f"{name.replace('_', '-')}={value}" in pill.attrs["href"]
    for name, value in wanted.items():
        expected = ["Praktijk Alles", "Praktijk Weinig"] if name == "verhuisd" else ["Praktijk Alles"]
        assert list(cards(search(client, **{name: value}))) == expected


def test_the_list_can_be_parted_by_what_one_can_do(client: Client, home: Point) -> None:
    near(home, 1, for_all(waiting_list=True), name="Praktijk Rij")
    near(home, 2, for_all(), free=1, name="Praktijk Nu")
    near(home, 3, partial(WithoutGp()), free=1, name="Praktijk Misschien")
    near(home, 4, full_stop(), name="Praktijk Dicht")
    everything = search(client)
    assert everything.one("h2", id="lijst").text == "Bij 1 van de 4 praktijken kunt u nu terecht"
    assert list(cards(everything)) == ["Praktijk Rij", "Praktijk Nu", "Praktijk Misschien", "Praktijk Dicht"]
    assert list(cards(search(client, laat="nu"))) == ["Praktijk Nu"]
    assert list(cards(search(client, laat="wacht"))) == ["Praktijk Rij"]
    assert list(cards(search(client, laat="misschien"))) == ["Praktijk Misschien"]
    assert next(iter(cards(search(client, volgorde="nu")))) == "Praktijk Nu"


def test_the_list_goes_on_by_twelve_with_numbers_that_go_on(client: Client, home: Point) -> None:
    for number in range(14):
        near(home, 0.2 + number / 10, for_all(), free=1, name=f"Praktijk nummer {number:02}")
    first = search(client)
    assert len(cards(first)) == 12
    (more,) = [link for link in first.all("a") if link.text.startswith("Laat de volgende")]
    assert more.text == "Laat de volgende 2 zien"
    second = client.get(more.attrs["href"]).content.decode()
    assert 'id="p13"' in second
    assert 'id="p14"' in second
    assert "Praktijk nummer 13" in second
    assert 'id="p1"' not in second
    assert "Laat de volgende" not in second


def test_nothing_nearby_gives_the_nearest_yes_and_a_wider_search(client: Client, home: Point) -> None:
    near(home, 8, for_all(), free=1, name="Praktijk Verderop")
    page = search(client)
    assert page.one("h2", id="lijst").text == "Hier vonden wij geen praktijk"
    assert "is op 8,0 km: Praktijk Verderop" in page.one("main").text
    wider = next(link for link in page.all("a") if link.text == "Zoek verder weg, binnen 10 kilometer")
    assert "Praktijk Verderop" in client.get(wider.attrs["href"]).content.decode()


def test_nothing_anywhere_names_who_must_help(client: Client) -> None:
    words = search(client, straal="25").one("main").text
    assert "Uw zorgverzekeraar moet u helpen" in words


def test_the_map_has_the_numbers_and_targets_of_the_list(client: Client, home: Point) -> None:
    for km in (1, 2, 3):
        near(home, km, for_all(), free=1)
    page = search(client)
    (drawing,) = [svg for svg in page.all("svg") if svg.attrs.get("viewbox") == "0 0 460 560"]
    targets = [link.attrs["href"] for link in drawing.all("a")]
    assert targets == ["#p1", "#p2", "#p3"]
    assert all(page.all("li", id=target[1:]) for target in targets)


def test_names_are_text_and_never_markup(client: Client, home: Point) -> None:
    near(home, 1, for_all(), free=1, name='<script>alert("x")</script>', place="<b>Dorp</b>")
    answer = client.get("/huisartsen", {"postcode": HOME}).content.decode()
    assert "<script>alert" not in answer
    assert "&lt;script&gt;alert" in answer
    reflected = client.get("/huisartsen", {"postcode": '"><img src=x>', "straal": "<i>"}).content.decode()
    assert "<img src=x>" not in reflected


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([for_all(), for_all(weekly=1, waiting_list=True), partial(WithoutGp())]), st.integers(2, 900)
)
def test_a_page_never_depends_on_how_many_places_there_are(client: Client, policy: object, many: int) -> None:
    lon, lat = (found := chosen_postcodes().locate(Postcode.parse(HOME))).lon, found.lat
    practice = Practice.objects.filter(slug="praktijk-geheim").first() or a_practice(
        for_all(), 1, at=LATELY, slug="praktijk-geheim", name="Praktijk Geheim", longitude=lon, latitude=lat + 0.01
    )
    pages = []
    for free in (1, many):
        places = Places.objects.get(practice=practice)
        change_places(places, PlaceEntry.Kind.SET, free=free - places.free, reference=None, at=NOW)
        pages.append(
            client.get("/huisartsen", {"postcode": HOME}).content
            + client.get("/huisartsen/praktijk-geheim", {"postcode": HOME}).content
        )
    assert pages[0] == pages[1]


def test_a_search_asks_the_database_few_questions_whatever_it_finds(
    client: Client, home: Point, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        near(home, number / 10, for_all(weekly=3, waiting_list=True), free=1)
    with django_assert_num_queries(3):
        search(client)


def test_a_practice_that_stopped_is_not_found(client: Client, home: Point) -> None:
    near(home, 1, for_all(), free=1, name="Praktijk Gestopt", is_active=False)
    assert cards(search(client)) == {}


@pytest.mark.parametrize(
    ("postcode", "number", "said"),
    [
        ("8333 AA", "12", "Wij meten vanaf uw huis in 8333 AA"),
        ("8333 AA", "9999", "Wij kennen dit huisnummer niet in 8333 AA"),
        ("8333 AA", str(SILENT_AT), "Wij kunnen uw huisnummer nu niet opzoeken"),
        ("8333", "12", "Vul ook de letters van uw postcode in"),
        ("8333 AA", "", "niet vanaf uw huis"),
    ],
)
def test_distances_count_from_the_door_where_a_house_number_is_known(
    client: Client, home: Point, postcode: str, number: str, said: str
) -> None:
    near(home, 3, for_all(), name="Praktijk Ver")
    page = read(client, "/huisartsen", postcode=postcode, huisnummer=number)
    assert said in page.text
    from_the_middle = "3,0 km" in cards(page)["Praktijk Ver"]
    assert from_the_middle == (not said.startswith("Wij meten vanaf uw huis"))
