# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""On the page about swapping anybody tries a small round, by links and a form alone."""

import pytest
from django.test import Client
from tests.integration.web.public.searching import read

pytestmark = pytest.mark.django_db
PAGE = "/uitleg/ronde"


def words(client: Client, question: str) -> str:
    return read(client, PAGE + question).one("section", id="probeer").text


def test_at_first_an_example_is_shown(client: Client) -> None:
    text = words(client, "")
    assert "Fatma heeft een huisarts in Leiden en wil naar Delft." in text
    assert "Fatma gaat van Leiden naar Delft." in text
    assert "wie nog geen huisarts heeft, heeft geen plek om te geven" in text


def test_another_choice_gives_another_round_and_stays_chosen(client: Client) -> None:
    page = read(client, f"{PAGE}?nu=Gouda&wil=Zeist")
    text = page.one("section", id="probeer").text
    assert "Anna heeft nog geen huisarts en krijgt de plek in Delft." in text
    assert "Fatma gaat van Gouda naar Zeist." in text
    chosen = [option.text for option in page.all("option") if "selected" in option.attrs]
    assert chosen == ["Gouda", "Zeist"]


def test_the_names_of_the_pictures_are_unique_on_the_page(client: Client) -> None:
    page = read(client, f"{PAGE}?nu=Leiden&wil=Zeist")
    ids = [title.attrs["id"] for title in page.all("title") if "id" in title.attrs]
    assert len(ids) == len(set(ids)) >= 4


@pytest.mark.parametrize(
    "question", ["?nu=Delft&wil=Delft", "?nu=%00&wil=x", "?nu=<script>&wil=Delft", "?wil=Gouda"]
)
def test_an_impossible_choice_gets_words_at_the_field_and_no_round(client: Client, question: str) -> None:
    answer = client.get(PAGE + question)
    assert answer.status_code in {200, 400}
    body = answer.content.decode()
    assert "<script>&" not in body
    if answer.status_code == 200:
        assert "Fout:" in body
        assert "Stap 1" not in body
