# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Anyone looks for a GP: from a postcode to a practice and on to logging in, with and without JavaScript."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.builders import COORDINATOR, a_practice, a_region
from tests.e2e.conftest import Open
from tests.e2e.walking import has_no_barriers

from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.practices.models import Practice
from huisartsplek.rounds.services import open_round
from huisartsplek.rules.intake import Clause, FullStop, IntakePolicy, MovedIntoArea, PartialStop, StopReason
from huisartsplek.rules.intake import Open as TakesAll
from huisartsplek.rules.values import Postcode

HOME = "8333 AB"
SINCE = date(2020, 1, 1)
OPEN = IntakePolicy(rule=TakesAll(), valid_from=SINCE)
QUEUE = IntakePolicy(rule=TakesAll(), valid_from=SINCE, waiting_list=True)
NEWCOMERS = IntakePolicy(
    rule=PartialStop((Clause((MovedIntoArea(6),)),)), valid_from=SINCE, stop_reason=StopReason.FULL_LIST
)
CLOSED = IntakePolicy(rule=FullStop(), valid_from=SINCE, stop_reason=StopReason.STAFF)


@pytest.fixture
def neighbourhood(site: str) -> list[Practice]:
    """Fourteen practices within five kilometres: one for newcomers, one with a place, one that says nothing."""
    home, region, at = chosen_postcodes().locate(Postcode.parse(HOME)), a_region("haaglanden"), timezone.now()
    kinds: list[tuple[str, IntakePolicy | None, int]] = [
        ("Praktijk De Regenton", QUEUE, 0),
        ("Praktijk Zilverschoon", OPEN, 2),
    ]
    kinds += [("Praktijk De Windwijzer", NEWCOMERS, 1), ("Praktijk De Zonnewijzer", None, 0)]
    kinds += [(f"Praktijk Dicht {number}", CLOSED, 0) for number in range(10)]
    return [
        a_practice(
            policy,
            free,
            region=region,
            at=at,
            name=name,
            phone="070 000 00 00",
            place="Steenwijk",
            longitude=home.lon + 0.01 * (number % 3),
            latitude=home.lat + 0.002 * (number + 1),
        )
        for number, (name, policy, free) in enumerate(kinds)
    ]


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (360, True), (1280, False)])
def test_from_a_postcode_to_a_practice(
    browse: Open, neighbourhood: list[Practice], width: int, javascript: bool
) -> None:
    # Given somebody at the front door
    page = browse(width=width, javascript=javascript)

    def is_free_of_barriers() -> bool:
        # Looking with axe takes the scripts that this browser does not run; the pages are the same.
        return not javascript or has_no_barriers(page)

    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vind een huisarts bij u in de buurt")
    assert is_free_of_barriers()

    # When they fill in their postcode
    page.get_by_label("Postcode of plaats").fill(HOME)
    page.get_by_role("button", name="Zoek huisartsen").click()

    # Then the answer comes first, and each practice has a verdict
    expect(page.get_by_role("heading", level=2).first).to_have_text("Bij 1 van de 14 praktijken kunt u nu terecht")
    card = page.locator(".hp-result", has_text="Praktijk Zilverschoon")
    expect(card).to_contain_text("Ja, u kunt zich hier nu inschrijven.")
    assert is_free_of_barriers()

    # When they say since when they live there
    page.get_by_role("link", name="Vul uw verhuisdatum in").click()
    if not page.get_by_label("Sinds wanneer woont u op dit adres?").is_visible():
        page.locator("#over-u summary").click()
    moved = timezone.now() - timedelta(days=20)
    page.get_by_label("Sinds wanneer woont u op dit adres?").fill(f"{moved:%d-%m-%Y}")
    page.get_by_role("button", name="Kijk opnieuw").click()

    # Then "perhaps" has become "yes"
    card = page.locator(".hp-result", has_text="Praktijk De Windwijzer")
    expect(card).to_contain_text("Ja, u kunt zich hier nu inschrijven.")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Bij 2 van de 14 praktijken kunt u nu terecht")
    assert is_free_of_barriers()

    # When they open that practice
    card.get_by_role("link", name="Praktijk De Windwijzer").click()

    # Then it gives the same answer, and leads on to a request
    expect(page.get_by_role("heading", level=1)).to_have_text("Praktijk De Windwijzer")
    expect(page.get_by_role("heading", name="Ja, u kunt zich hier nu inschrijven")).to_be_visible()
    expect(page.get_by_role("link", name="Schrijf u hier in")).to_have_attribute(
        "href", f"/mijn/verzoek?wens={neighbourhood[2].slug}"
    )
    assert is_free_of_barriers()


def test_a_wrong_postcode_keeps_what_was_typed_and_leads_to_the_field(
    browse: Open, neighbourhood: list[Practice]
) -> None:
    # Given somebody who mistypes
    page = browse()
    page.goto("/")
    page.get_by_label("Postcode of plaats").fill("25l4 GL")
    page.get_by_role("button", name="Zoek huisartsen").click()

    # Then the fault stands there with an example, and what they typed
    expect(page.get_by_label("Postcode of plaats")).to_have_value("25l4 GL")
    assert page.title().startswith("Fout:")
    assert has_no_barriers(page)

    # When they follow the fault and mend it
    page.get_by_role("link", name="zoals 2514 GL").click()
    expect(page.get_by_label("Postcode of plaats")).to_be_focused()
    page.get_by_label("Postcode of plaats").fill(HOME)
    page.get_by_role("button", name="Zoek huisartsen").click()

    # Then they are where they wanted to be
    expect(page.locator(".hp-result")).to_have_count(12)


def test_the_list_goes_on_filters_hold_and_a_pin_leads_to_its_practice(
    browse: Open, neighbourhood: list[Practice]
) -> None:
    # Given a list of twelve with more to come
    page = browse()
    page.goto(f"/huisartsen?postcode={HOME}")
    page.locator(".hp-map").scroll_into_view_if_needed()
    expect(page.locator(".hp-map figure > svg")).to_be_hidden()
    assert has_no_barriers(page)

    # When they open a pin
    page.locator('.hp-map__live a[href="#p3"]').press("Enter")

    # Then the practice with that number has the attention
    expect(page.locator("#p3")).to_be_in_viewport()

    # When they go on, and then ask for waiting lists only
    page.get_by_role("link", name="Laat de volgende 2 zien").click()
    expect(page.locator(".hp-result")).to_have_count(2)
    page.get_by_role("link", name="Wachtlijst of ruilen (1)").click()

    # Then only that one is left
    expect(page.locator(".hp-result")).to_have_count(1)
    expect(page.locator(".hp-result")).to_contain_text("Er is een wachtlijst. U mag erop.")


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_that_explain_have_no_barriers(browse: Open, neighbourhood: list[Practice], width: int) -> None:
    # Given a region with an open round
    round_ = open_round(COORDINATOR, neighbourhood[0].region_id, at=timezone.now())
    page = browse(width=width)

    # When somebody reads how swapping works, and goes on to the rounds
    page.goto("/uitleg/ronde")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ruilen: samen een plek opschuiven")
    assert has_no_barriers(page)

    # And tries a round of their own
    page.get_by_label("Waar heeft Fatma nu een huisarts?").select_option("Gouda")
    page.get_by_label("Waar wil Fatma een huisarts?").select_option("Zeist")
    page.get_by_role("button", name="Reken uit").click()
    expect(page.locator("#probeer")).to_contain_text("Fatma gaat van Gouda naar Zeist.")
    assert has_no_barriers(page)
    page.get_by_role("link", name="Bekijk de rondes").click()
    assert has_no_barriers(page)
    page.get_by_role("link", name="Ronde 1 van Haaglanden").click()

    # Then every page is there for everybody
    page.wait_for_url(f"**/rondes/{round_.pk}")
    assert has_no_barriers(page)
    for address in (
        "/over",
        "/privacy",
        "/toegankelijkheid",
        "/huisartsen",
        f"/huisartsen/{neighbourhood[3].slug}",
    ):
        page.goto(address)
        assert has_no_barriers(page)
