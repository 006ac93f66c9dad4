# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who opens the address of a button reads what to do, in their language; nothing happens by it."""

from uuid import UUID

import pytest
from django.test import Client
from tests.builders import a_person
from tests.integration.web.citizen.logged_in import browser_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/uitloggen", "/demo/klok", f"/mijn/verzoek/{UUID(int=9)}/wens/{UUID(int=9)}/hoger"]
)
def test_opening_the_address_of_a_button_gives_a_page_with_what_to_do(path: str) -> None:
    browser = browser_of(a_person())
    answer = browser.get(path)
    assert answer.status_code == 405
    assert "POST" in answer["Allow"]
    assert answer["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert "Ga terug naar de pagina en druk daar op de knop." in text
    assert 'href="/mijn"' in text
    assert browser.get("/mijn").status_code == 200, "nobody is logged out by it"


def test_it_is_told_in_the_language_of_the_reader_and_the_api_keeps_its_own_answer() -> None:
    answer = Client(headers={"accept-language": "en"}).get("/uitloggen")
    assert "Go back to the page and press the button there." in answer.content.decode()
    assert Client().post("/api/v1/openapi.json")["Content-Type"] == "application/problem+json"
