# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What walks through the site share: whom one can log in as, logging in, and looking for barriers with axe."""

from functools import cache
from pathlib import Path
from uuid import UUID

from django.utils import timezone
from playwright.sync_api import Page
from tests.builders import SYSTEM

from huisartsplek.accounts.roles import Role
from huisartsplek.demo.bsns import demo_bsn
from huisartsplek.demo.models import DemoPerson
from huisartsplek.demo.people import ensure_staff
from huisartsplek.integrations.login.port import Audience
from huisartsplek.people.bsn import store_bsn
from huisartsplek.people.models import Person

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def can_log_in(person: Person) -> str:
    """Put a person on the login page of the local provider; returns the name they choose there."""
    number = DemoPerson.objects.count()
    store_bsn(SYSTEM, person, demo_bsn(number), timezone.now())
    DemoPerson.objects.create(
        subject=f"burger-{number}",
        audience=Audience.CITIZEN,
        name=person.full_name,
        story="Iemand uit een test",
        person_id=person.pk,
        bsn_number=number,
        position=number,
    )
    return person.full_name


def stranger_can_log_in(name: str) -> str:
    """Put somebody on the login page whom nobody knows here yet."""
    number = DemoPerson.objects.count()
    DemoPerson.objects.create(
        subject=f"burger-{number}",
        audience=Audience.CITIZEN,
        name=name,
        story="Nieuw hier",
        bsn_number=number,
        position=number,
    )
    return name


def log_in(page: Page, name: str, *, wanted: str = "/mijn") -> None:
    """Ask for a page, choose who one is at the login provider, and come back to that page."""
    page.goto(wanted)
    page.get_by_role("button", name=f"Ga verder als {name}").click()
    page.wait_for_url(f"**{wanted.partition('?')[0]}*")


@cache
def _axe() -> str:
    return (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")


def barriers(page: Page) -> list[str]:
    """Give what axe finds wrong on the page as it is now, in a line each."""
    page.evaluate(_axe())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(found => found.violations)",
        list(STANDARDS),
    )
    return [f"{one['id']}: {one['help']} ({one['nodes'][0]['html'][:200]})" for one in found]


def has_no_barriers(page: Page) -> bool:
    """Whether axe finds nothing, and nothing is wider than the window; says what it found otherwise."""
    found = barriers(page)
    assert not found, f"{page.url}: " + "; ".join(found)
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"{page.url} is {width} pixels wider than the window"
    return True


def staff_can_log_in(name: str, role: Role, scope_id: UUID | None = None) -> str:
    """Put somebody at work on the login page of the local provider, in this role; returns the name they choose."""
    number = DemoPerson.objects.count()
    DemoPerson.objects.create(
        subject=f"medewerker-{number}",
        audience=Audience.STAFF,
        name=name,
        story="Werkt hier",
        role=role,
        scope_id=scope_id,
        position=number,
    )
    ensure_staff(SYSTEM, at=timezone.now())
    return name
