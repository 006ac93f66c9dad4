# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of one practice: the answer first, its rule, how to reach it, and what one can do."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.builders import a_person, a_request
from tests.integration.web.public.searching import (
    HOME,
    LATELY,
    NOW,
    for_all,
    full_stop,
    near,
    partial,
    read,
)
from tests.unit.web.page import Element

from huisartsplek.practices.models import Practice
from huisartsplek.rules.intake import IntakePolicy, LivesIn, MovedIntoArea, WithoutGp
from huisartsplek.web.components import wording

pytestmark = pytest.mark.django_db

CENTRE = (6.12, 52.79)


def page_of(client: Client, practice: Practice, **query: str) -> Element:
    return read(client, f"/huisartsen/{practice.slug}", **query)


def verdict_on(page: Element) -> str:
    (card,) = [part for part in page.all("section") if part.attrs.get("class", "").startswith("hp-status")]
    return card.one("h2").text


@pytest.mark.parametrize(
    ("policy", "free", "verdict"),
    [
        (for_all(), 3, "Ja, u kunt zich hier nu inschrijven"),
        (partial(LivesIn(((8330, 8340),))), 3, "Ja, u kunt zich hier nu inschrijven"),
        (partial(LivesIn(((2512, 2518),))), 3, "Nee, nu niet"),
        (partial(WithoutGp()), 3, "Misschien. Het hangt af van de vraag of u al een huisarts heeft"),
        (for_all(waiting_list=True), 0, "Er is een wachtlijst. U mag erop"),
        (full_stop(swaps=True), 0, "Alleen door te ruilen"),
        (full_stop(), 0, "Nee, nu niet"),
        (None, 0, "Wij weten het niet. Bel de praktijk"),
    ],
)
def test_the_answer_stands_first(client: Client, policy: IntakePolicy | None, free: int, verdict: str) -> None:
    practice = near(CENTRE, 1, policy, free)
    assert verdict_on(page_of(client, practice, postcode=HOME)) == verdict


def test_without_a_postcode_it_depends(client: Client) -> None:
    practice = near(CENTRE, 1, partial(LivesIn(((8330, 8340),))), 3)
    assert verdict_on(page_of(client, practice)) == "Misschien. Het hangt af van uw postcode"


def test_the_page_tells_the_rule_its_dates_and_how_to_reach_the_practice(client: Client) -> None:
    until = (NOW + timedelta(days=90)).date()
    policy = partial(LivesIn(((2512, 2518),)), MovedIntoArea(6), valid_until=until, swaps=True)
    practice = near(
        CENTRE, 1, policy, 3, street="Voorbeeldstraat", house_number="12", postcode="8333AB", place="Steenwijk",
        phone="0521 00 00 00", website="https://praktijk.example", languages=["nl", "tr"], is_step_free=True,
    )  # fmt: skip
    page = page_of(client, practice)
    words = page.one("main").text
    assert [item.text for item in page.one("main").one("ul").all("li")] == [
        "U woont in postcode 2512 tot en met 2518.",
        "U bent minder dan 6 maanden geleden hier komen wonen.",
    ]
    assert f"Bevestigd door de praktijk op {wording.day(LATELY)}." in words
    assert f"Geldt tot en met {wording.day(until)}." in words
    assert "Voorbeeldstraat 12" in words
    assert "8333 AB Steenwijk" in words
    assert "Nederlands, Turks" in words
    assert "Ja, geen drempels" in words
    assert "Doet mee met ruilrondes" in words
    links = {link.attrs["href"] for link in page.one("main").all("a")}
    assert {"tel:0521000000", "https://praktijk.example", "/uitleg/ronde"} <= links


@pytest.mark.parametrize(
    "policy", [for_all(), for_all(waiting_list=True), full_stop(swaps=True), full_stop(), None]
)
def test_one_can_always_put_the_practice_among_ones_wishes(client: Client, policy: IntakePolicy | None) -> None:
    practice = near(CENTRE, 1, policy, 1 if policy == for_all() else 0)
    page = page_of(client, practice)
    wishes = [link for link in page.all("a") if link.attrs["href"] == f"/mijn/verzoek?wens={practice.slug}"]
    assert len(wishes) == 1
    assert len([link for link in page.all("a") if "primary-action" in link.attrs.get("class", "")]) <= 1


def test_who_searched_can_go_back_and_sees_the_distance(client: Client) -> None:
    practice = near(CENTRE, 1, for_all(), 1)
    page = page_of(client, practice, postcode=HOME, verhuisd="2020-01-01")
    back = next(link for link in page.all("a") if link.text == f"Huisartsen bij {HOME}")
    assert back.attrs["href"] == f"/huisartsen?postcode={HOME}&verhuisd=2020-01-01"
    assert f"km van {HOME}" in page.one("main").text
    assert "Dat is een schatting." in page.one("main").text


def test_somebody_who_waits_there_comes_first_on_this_page_too(client: Client) -> None:
    practice = near(CENTRE, 1, for_all(waiting_list=True), 1)
    a_request(a_person(at=LATELY), wishes=[practice], at=LATELY)
    assert verdict_on(page_of(client, practice)) == "Er is een wachtlijst. U mag erop"


def test_a_practice_that_closes_says_when_and_who_goes_first(client: Client) -> None:
    practice = near(CENTRE, 1, full_stop(), closes_on=date(2027, 4, 1))
    words = page_of(client, practice).one("main").text
    assert "Deze praktijk stopt op 1 april 2027" in words


def test_a_wrong_moving_date_says_how_to_write_it_and_stays(client: Client) -> None:
    practice = near(CENTRE, 1, partial(MovedIntoArea(6)), 1)
    page = page_of(client, practice, postcode=HOME, verhuisd="gisteren")
    field = page.one("input", name="verhuisd")
    assert field.attrs["value"] == "gisteren"
    assert field.attrs["aria-invalid"] == "true"
    assert "Schrijf de datum zo" in page.one("main").text


@pytest.mark.parametrize("slug", ["bestaat-niet", "x" * 200])
def test_an_unknown_practice_is_not_there(client: Client, slug: str) -> None:
    assert client.get(f"/huisartsen/{slug}").status_code == 404


def test_a_practice_that_stopped_is_not_there(client: Client) -> None:
    practice = near(CENTRE, 1, for_all(), 1, is_active=False)
    assert client.get(f"/huisartsen/{practice.slug}").status_code == 404


def test_what_a_practice_writes_is_text(client: Client) -> None:
    practice = near(CENTRE, 1, for_all(), 1, name="<img src=x>", street='"><script>', phone="<b>")
    answer = client.get(f"/huisartsen/{practice.slug}").content.decode()
    assert "<img src=x>" not in answer
    assert "<script>" not in answer
    assert "&lt;img src=x&gt;" in answer


def test_a_practice_that_says_nothing_promises_no_message_at_once(client: Client) -> None:
    said, silent = near(CENTRE, 1, for_all(), 3), near(CENTRE, 1, None, 0)
    at_once = "Dan krijgt u meteen bericht dat er plek is."
    assert at_once in page_of(client, said, postcode=HOME).one("main").text
    words = page_of(client, silent, postcode=HOME).one("main").text
    assert at_once not in words
    assert "De praktijk moet eerst bevestigen dat haar regel nog klopt." in words
