# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page that turns the demo world shows what happens, and only the newest of the mail."""

from types import SimpleNamespace

import pytest
from django.test import Client
from tests.unit.web.page import parse

from huisartsplek.demo import control

pytestmark = pytest.mark.django_db


def test_the_page_shows_the_newest_twenty_mails(monkeypatch: pytest.MonkeyPatch) -> None:
    mails = [
        SimpleNamespace(subject=f"Nieuws {number}.", to_address="iris@voorbeeld.example", body="Log in.")
        for number in range(30)
    ]
    monkeypatch.setattr(control, "local_outbox", lambda: SimpleNamespace(messages=lambda: mails))
    text = parse(Client().get("/demo").content.decode()).one("main").text
    assert "Nieuws 19." in text
    assert "Nieuws 20." not in text


def test_every_button_says_that_it_sends_its_form() -> None:
    buttons = parse(Client().get("/demo").content.decode()).one("main").all("button")
    assert buttons
    assert {button.attrs.get("type") for button in buttons} == {"submit"}
