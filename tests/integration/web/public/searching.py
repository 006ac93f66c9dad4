# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small neighbourhood to search in, and reading the page that comes back."""

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.builders import a_practice
from tests.unit.web.page import Element, parse

from huisartsplek.practices.models import Practice
from huisartsplek.rules.intake import (
    Clause,
    Condition,
    FullStop,
    IntakePolicy,
    Open,
    PartialStop,
    StopReason,
)

NOW = timezone.now()
LATELY = NOW - timedelta(days=3)
SINCE = date(2020, 1, 1)
# Where the bundled gazetteer puts a postcode that it knows well.
HOME = "8333"
KM = 1 / 111.2  # degrees of latitude


def partial(*conditions: Condition, **more: Any) -> IntakePolicy:
    """A stop that lets in whoever meets one of these conditions."""
    clauses = tuple(Clause((condition,)) for condition in conditions)
    return IntakePolicy(rule=PartialStop(clauses), valid_from=SINCE, stop_reason=StopReason.FULL_LIST, **more)


def full_stop(**more: Any) -> IntakePolicy:
    """A stop for everybody."""
    return IntakePolicy(rule=FullStop(), valid_from=SINCE, stop_reason=StopReason.FULL_LIST, **more)


def for_all(**more: Any) -> IntakePolicy:
    """A rule that takes everybody."""
    return IntakePolicy(rule=Open(), valid_from=SINCE, **more)


def near(
    centre: tuple[float, float], km: float, policy: IntakePolicy | None, free: int = 0, **more: Any
) -> Practice:
    """Make a practice so many kilometres north of a point, confirmed three days ago."""
    lon, lat = centre
    details = {"at": LATELY, "longitude": lon, "latitude": lat + km * KM, **more}
    return a_practice(policy, free, **details)


def read(client: Client, address: str, **query: str) -> Element:
    """Ask for a page that must be there, and read it."""
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.status_code
    return parse(answer.content.decode())


def search(client: Client, postcode: str = HOME, **query: str) -> Element:
    """Search, with names in the address written with an underscore."""
    named = {name.replace("_", "-"): value for name, value in query.items()}
    return read(client, "/huisartsen", postcode=postcode, **named)


def cards(page: Element) -> dict[str, str]:
    """Give the text of every practice in the list by its name, in their order."""
    return {card.one("h3").text: card.text for card in page.all("li") if card.attrs.get("class") == "hp-result"}
