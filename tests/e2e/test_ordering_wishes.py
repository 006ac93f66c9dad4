# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Wishes are put in another order by dragging and by keyboard, and a screen reader hears how they stand."""

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from tests.builders import a_person, a_practice, a_region, a_request
from tests.e2e.conftest import Open
from tests.e2e.walking import can_log_in, has_no_barriers, log_in


def order(page: Page) -> Locator:
    return page.locator(".hp-wishes h3 a")


def test_wishes_are_dragged_and_moved_by_keyboard(browse: Open) -> None:
    # Given somebody with three wishes
    region, now = a_region(), timezone.now()
    a, b, c = (a_practice(region=region, name=f"Praktijk {name}", at=now) for name in ("Aak", "Berk", "Cirkel"))
    person = a_person(at=now)
    a_request(person, wishes=[a, b, c], at=now)
    page = browse(width=360)
    log_in(page, can_log_in(person))
    expect(order(page)).to_have_text([a.name, b.name, c.name])
    grips = page.get_by_role("button", name="Versleep")

    # When the third is dragged above the first
    source, target = grips.nth(2).bounding_box(), page.locator(".hp-wishes > li").first.bounding_box()
    assert source is not None
    assert target is not None
    grips.nth(2).hover()
    page.mouse.down()
    for _ in range(4):
        box = page.locator(".hp-wishes > li").first.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 40, box["y"] + 20, steps=6)
    page.mouse.up()

    # Then that is the order, it is kept, and it is said
    expect(order(page)).to_have_text([c.name, a.name, b.name])
    expect(page.locator("[data-order]").first).to_contain_text(f"1: {c.name}. 2: {a.name}. 3: {b.name}.")
    page.reload()
    expect(order(page)).to_have_text([c.name, a.name, b.name])

    # And when the first is picked up with the keyboard, goes down one, and is put down
    grips.first.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-order]").first).to_contain_text("op plek 1 van 3")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-order]").first).to_have_text(f"{c.name}: plek 2 van 3")
    page.keyboard.press("Enter")
    expect(page.locator("[data-order]").first).to_contain_text(f"1: {a.name}. 2: {c.name}. 3: {b.name}.")
    expect(grips.nth(1)).to_be_focused()

    # And Escape leaves everything as it was
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(order(page)).to_have_text([a.name, c.name, b.name])
    has_no_barriers(page)
    page.reload()
    expect(order(page)).to_have_text([a.name, c.name, b.name])
