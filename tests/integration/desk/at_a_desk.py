# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Desks of regions and practices in their browsers, the forms they send, and letters with codes."""

from datetime import datetime
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.builders import SYSTEM, a_person, a_practice, a_region, a_request
from tests.integration.web.coordinator.at_work import staff_browser

from huisartsplek.accounts.models import User
from huisartsplek.accounts.roles import Role
from huisartsplek.audit.actors import Actor
from huisartsplek.desk.finding import Place
from huisartsplek.desk.models import Help
from huisartsplek.desk.script import NOW
from huisartsplek.desk.services import Read
from huisartsplek.notices.codes import code_of
from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Region
from huisartsplek.requests.models import Offer
from huisartsplek.requests.offers import offer_to_first
from huisartsplek.web.paper.letters import letter_of

READ = Read(NOW.version, "nl", NOW.codes)
BORN = "17-5-1980"


def desk_of(region: Region, role: Role = Role.DESK) -> Client:
    """Give a browser in which somebody at the desk of a region has just logged in."""
    return staff_browser(role, region.pk)


def desk_employee(region: Region) -> Actor:
    """Give somebody new at the desk of a region as the one who acts."""
    before = set(User.objects.values_list("pk", flat=True))
    desk_of(region)
    return Actor.staff(User.objects.exclude(pk__in=before).get().pk, Role.DESK, ground=Role.DESK.ground)


def place_of(region: Region) -> Place:
    """Give the desk of a region."""
    return Place(region.pk, is_practice=False, uses_bsn=False)


def describing(person: Person, **changes: Any) -> dict[str, Any]:
    """Fill in the form that finds somebody by what they say of themselves."""
    filled = {
        "via": "description",
        "given_name": person.given_name,
        "family_name": person.family_name,
        "birth_date": person.born_on.strftime("%d-%m-%Y"),
        "postcode": person.postcode,
        "identified_by": "passport",
        "read": sorted(NOW.codes),
        "script_version": NOW.version,
        "script_language": "nl",
    }
    return {name: value for name, value in {**filled, **changes}.items() if value is not None}


def helped_at(client: Client, person: Person, desk: str = "/regio/loket") -> str:
    """Begin to help this person in a browser, and give the address of that help."""
    answer = client.post(desk, describing(person))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return f"{desk}/{Help.objects.get(person=person, ended_at=None).pk}"


def a_letter(
    *, at: datetime | None = None, region: Region | None = None, **more: Any
) -> tuple[Person, Offer, Notice]:
    """Make somebody who chose letters, and let the queue offer them a place: the letter of that is written."""
    moment = at or timezone.now()
    there = a_practice(free=1, at=moment, region=region or a_region())
    person = a_person(email="", channel=Person.Channel.LETTER, street="Laan", place="Den Haag", at=moment, **more)
    a_request(person, wishes=[there], at=moment)
    offer = offer_to_first(SYSTEM, there.pk, at=moment)
    assert offer is not None
    notice = Notice.objects.get(person_id=person.pk, kind=NoticeKind.OFFER_MADE)
    letter_of(notice)
    return person, offer, notice


def by_code(notice: Notice, **changes: Any) -> dict[str, Any]:
    """Fill in the form that answers a letter."""
    filled = {
        "via": "code",
        "code": code_of(notice.pk).lower(),
        "birth_date": BORN,
        "read": sorted(NOW.codes),
        "script_version": NOW.version,
        "script_language": "nl",
    }
    return {**filled, **changes}
