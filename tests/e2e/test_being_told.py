# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Anyone searches where they are, and asks to hear when a practice opens there: without an account."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.builders import COORDINATOR, a_practice, a_region
from tests.e2e.conftest import Open
from tests.e2e.walking import has_no_barriers
from tests.integration.requests.alerting import Post, deliver

from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.practices.models import Places, Practice
from huisartsplek.practices.services import set_intake
from huisartsplek.requests.alert_mails import AlertMail
from huisartsplek.requests.alerts import tell_what_opened
from huisartsplek.requests.models import PlaceAlert
from huisartsplek.rules.intake import FullStop, IntakePolicy, StopReason
from huisartsplek.rules.intake import Open as TakesAll
from huisartsplek.rules.values import Postcode

HOME = "8333 AB"
SINCE = date(2020, 1, 1)
CLOSED = IntakePolicy(rule=FullStop(), valid_from=SINCE, stop_reason=StopReason.STAFF)
OPEN = IntakePolicy(rule=TakesAll(), valid_from=SINCE)


@pytest.fixture
def closed(site: str) -> Practice:
    """The only practice around, which takes nobody."""
    home = chosen_postcodes().locate(Postcode.parse(HOME))
    return a_practice(
        CLOSED,
        0,
        region=a_region("haaglanden"),
        at=timezone.now(),
        name="Praktijk De Windwijzer",
        longitude=home.lon,
        latitude=home.lat + 0.01,
    )


def link_in(post: Post) -> str:
    """Give the first link of the newest mail, as somebody follows it."""
    return next(line for line in post.taken[-1].body.splitlines() if line.startswith("http"))


def press(page: Page, role: str, name: str) -> None:
    """Go to a link or a button with the keyboard alone, and press it."""
    target = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]  # link or button
    for _step in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} cannot be reached with the keyboard")


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, True), (360, False)])
def test_from_nothing_nearby_to_hearing_that_one_opened_and_stopping(
    browse: Open, closed: Practice, width: int, javascript: bool
) -> None:
    page, post = browse(width=width, javascript=javascript), Post()

    def is_free_of_barriers() -> bool:
        return not javascript or has_no_barriers(page)

    # Given somebody near whom nobody takes patients
    page.goto(f"/huisartsen?postcode={HOME}")
    assert is_free_of_barriers()

    # When they ask for an alert, and forget where to send it
    page.get_by_role("link", name="Krijg een seintje als hier een praktijk opengaat").click()
    expect(page.get_by_role("textbox", name="Postcode")).to_have_value(HOME)
    assert is_free_of_barriers()
    page.get_by_role("button", name="Stuur mij een seintje").click()

    # Then the fault leads to the field
    page.get_by_role("link", name="Vul uw e-mailadres in").click()
    expect(page.get_by_label("E-mailadres")).to_be_focused()
    assert is_free_of_barriers()

    # When they fill it in, and say yes in the mail
    page.get_by_label("E-mailadres").fill("noor@example.org")
    page.get_by_role("button", name="Stuur mij een seintje").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")
    assert is_free_of_barriers()
    alert = PlaceAlert.objects.get()
    deliver(post, alert, AlertMail.CONFIRM)
    page.goto(link_in(post))
    assert is_free_of_barriers()
    page.get_by_role("button", name="Ja, stuur mij een seintje").click()

    # Then it stands
    expect(page.get_by_role("heading", level=1)).to_have_text("U krijgt een seintje als er een praktijk opengaat")
    assert is_free_of_barriers()

    # When the practice opens
    seen = Places.objects.get(practice=closed).version
    set_intake(COORDINATOR, closed.pk, policy=OPEN, people_more=2, seen_version=seen, at=timezone.now())
    assert tell_what_opened(at=timezone.now()) == 1
    deliver(post, alert, AlertMail.NEWS)
    assert closed.name not in post.taken[-1].body
    page.goto(link_in(post))
    page.get_by_role("link", name="Kijk wie er nu plek heeft").click()

    # Then the search says so
    expect(page.get_by_role("heading", level=2).first).to_have_text(
        "Bij de enige praktijk in de buurt kunt u nu terecht"
    )

    # When they stop
    page.goto(f"{link_in(post)}?stop=ja")
    assert is_free_of_barriers()
    page.get_by_role("button", name="Stop, en wis mijn e-mailadres").click()

    # Then nothing is left of their address
    expect(page.get_by_role("heading", level=1)).to_have_text("U krijgt geen seintje meer")
    assert is_free_of_barriers()
    assert not PlaceAlert.objects.exclude(sealed=b"").exists()


def test_with_the_keyboard_alone_one_asks_for_an_alert(browse: Open, closed: Practice) -> None:
    # Given somebody without a mouse, at a search that finds no place
    page = browse()
    page.goto(f"/huisartsen?postcode={HOME}")

    # When they go on with the keyboard
    press(page, "link", "Krijg een seintje als hier een praktijk opengaat")
    expect(page.get_by_role("textbox", name="Postcode")).to_have_value(HOME)
    page.get_by_role("textbox", name="Postcode").focus()
    for _field in ("straal", "wat", "email"):
        page.keyboard.press("Tab")
    page.keyboard.type("noor@example.org")
    page.keyboard.press("Enter")

    # Then it is asked
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")


@pytest.mark.parametrize("width", [1280, 320])
def test_near_me_sends_about_where_one_is_and_no_more(browse: Open, closed: Practice, width: int) -> None:
    # Given a browser that knows where somebody is
    page = browse(width=width)
    page.context.grant_permissions(["geolocation"])
    exact = {"latitude": closed.latitude + 0.0012345, "longitude": closed.longitude + 0.0012345}
    page.context.set_geolocation(exact)  # type: ignore[arg-type]  # a position by its two names
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")

    # When they press the button
    page.get_by_role("button", name="Zoek waar ik nu ben").click()

    # Then the search is around there, and nothing more exact went over the line
    expect(page.locator(".hp-result")).to_contain_text(closed.name)
    assert page.url.endswith(f"bij={exact['latitude']:.2f},{exact['longitude']:.2f}")
    assert not [url for url in asked if f"{exact['latitude']:.3f}" in url or f"{exact['longitude']:.3f}" in url]
    assert has_no_barriers(page)


def test_a_browser_that_does_not_tell_leads_back_to_the_postcode(browse: Open, closed: Practice) -> None:
    page = browse()
    page.goto("/")
    page.get_by_role("button", name="Zoek waar ik nu ben").click()
    expect(page.get_by_role("status")).to_have_text("Uw browser zegt niet waar u bent. Vul uw postcode in.")
    assert has_no_barriers(page)


def test_without_javascript_there_is_no_button_near_me(browse: Open, closed: Practice) -> None:
    page = browse(javascript=False)
    for address in ("/", "/huisartsen", f"/huisartsen?postcode={HOME}"):
        page.goto(address)
        expect(page.get_by_label("Postcode of plaats")).to_be_visible()
        expect(page.get_by_role("button", name="Zoek waar ik nu ben")).to_be_hidden()
