# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The frame of a page for whoever reads it: the header's links and who is at the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huisartsplek.accounts.acting import acts_for
from huisartsplek.accounts.helping import Helping, helping_of
from huisartsplek.accounts.identity import actor_from, held_roles
from huisartsplek.accounts.models import User
from huisartsplek.accounts.roles import Role
from huisartsplek.accounts.session import session_ends_at
from huisartsplek.people.queries import person_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

LOGIN_URL = "/inloggen"
LOGOUT_URL = "/uitloggen"
ACTING_URL = "/mijn/namens"
LANGUAGE_URL = "/mijn/taal"


class Audience(StrEnum):
    """For whom a page is made."""

    VISITOR = "visitor"
    CITIZEN = "citizen"
    PRACTICE = "practice"
    COORDINATOR = "coordinator"
    OTHER_STAFF = "other-staff"


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link of the header; `starts` also marks it on the pages below it."""

    label: str | _StrPromise
    url: str
    starts: str = ""

    def current(self, path: str) -> str:
        """What `aria-current` says to who is at this path: this page, a page below it, or nothing."""
        if path == self.url:
            return "page"
        return "true" if self.starts and path.startswith(self.starts) else ""


@dataclass(frozen=True, slots=True)
class Shell:
    """Who reads the page and where they can go; a view or middleware puts it at `request.shell`."""

    audience: Audience
    items: tuple[NavItem, ...]
    home_url: str = "/"
    user_label: str = ""
    helped_person: str = ""
    help_ends_at: datetime | None = None
    help_url: str = ""
    helping_url: str = ""  # where one says to help somebody no more
    shows_login: bool = True

    @property
    def is_logged_in(self) -> bool:
        """Whether the header offers to log out rather than to log in."""
        return self.audience is not Audience.VISITOR

    @property
    def keeps_language(self) -> bool:
        """Whether the language somebody chooses is kept with them, because we write to them too."""
        return self.audience is Audience.CITIZEN

    @property
    def is_staff(self) -> bool:
        """Whether the footer speaks to people at work."""
        return self.audience in {Audience.PRACTICE, Audience.COORDINATOR, Audience.OTHER_STAFF}


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """When one is logged out if one does nothing more, and how many seconds that is from now."""

    at: datetime
    seconds: int


def visitor_shell() -> Shell:
    """The frame for anyone who has not logged in."""
    return Shell(
        audience=Audience.VISITOR,
        items=(
            NavItem(_("Huisarts zoeken"), "/", starts="/huisartsen"),
            NavItem(_("Hoe het werkt"), "/uitleg/ronde", starts="/uitleg"),
        ),
    )


def citizen_shell(*, acts_for: str = "") -> Shell:
    """The frame for a citizen who has logged in, perhaps in the name of somebody else."""
    return Shell(
        audience=Audience.CITIZEN,
        items=(
            NavItem(_("Mijn huisarts"), "/mijn"),
            NavItem(_("Zoeken"), "/", starts="/huisartsen"),
            NavItem(_("Berichten"), "/mijn/berichten"),
            NavItem(_("Inzage"), "/mijn/inzage"),
        ),
        home_url="/mijn",
        helped_person=acts_for,
        helping_url=ACTING_URL if acts_for else "",
    )


_PRACTICE = (
    NavItem(_("Mijn praktijk"), "/praktijk", starts="/praktijk/verplaatsing/"),
    NavItem(_("Beleid"), "/praktijk/beleid"),
    NavItem(_("Loket"), "/praktijk/loket", starts="/praktijk/loket/"),
)
DESK = NavItem(_("Loket"), "/regio/loket", starts="/regio/loket/")
_AT_WORK: dict[Role, tuple[Audience, tuple[NavItem, ...]]] = {
    Role.PRACTICE_OWNER: (Audience.PRACTICE, _PRACTICE),
    Role.PRACTICE_ASSISTANT: (Audience.PRACTICE, _PRACTICE),
    Role.COORDINATOR: (
        Audience.COORDINATOR,
        (
            NavItem(_("Rondes"), "/regio", starts="/regio/rondes"),
            DESK,
            NavItem(_("Inschrijvingen"), "/regio/inschrijvingen", starts="/regio/inschrijvingen/"),
            NavItem(_("Beoordelingen"), "/regio/beoordelingen", starts="/regio/beoordelingen/"),
        ),
    ),
    Role.DESK: (Audience.COORDINATOR, (DESK,)),
    Role.AUDITOR: (Audience.OTHER_STAFF, (NavItem(_("Narekenen"), "/audit/rondes", starts="/audit/"),)),
    Role.PRIVACY_OFFICER: (Audience.OTHER_STAFF, (NavItem(_("Logboek"), "/logboek", starts="/logboek/"),)),
    Role.OPERATOR: (Audience.OTHER_STAFF, (NavItem(_("Beheer"), "/beheer"),)),
    Role.MEDIATOR: (Audience.OTHER_STAFF, (NavItem(_("Bemiddeling"), "/verzekeraar"),)),
}


def staff_shell(roles: Iterable[Role]) -> Shell:
    """The frame for somebody at work: the links of every role they hold."""
    known = [_AT_WORK[role] for role in roles if role in _AT_WORK]
    items = tuple(dict.fromkeys(item for _audience, links in known for item in links))
    return Shell(
        audience=known[0][0] if known else Audience.OTHER_STAFF,
        items=items,
        home_url=items[0].url if items else "/",
    )


def helping_shell(helping: Helping) -> Shell:
    """The frame while somebody at a desk helps a person: the person's own pages, below the help's address."""
    below = helping.desk_url
    return Shell(
        audience=Audience.OTHER_STAFF,
        items=(
            NavItem(_("Mijn huisarts"), f"{below}/mijn"),
            NavItem(_("Zoeken"), f"{below}/", starts=f"{below}/huisartsen"),
            NavItem(_("Berichten"), f"{below}/mijn/berichten"),
            NavItem(_("Gegevens"), f"{below}/mijn/gegevens", starts=f"{below}/mijn/gegevens/"),
        ),
        home_url=below,
        helped_person=helping.person_name,
        help_ends_at=helping.ends_at,
        help_url=below,
        shows_login=False,
    )


def _shell_of(request: HttpRequest) -> Shell:
    if (helping := helping_of(request)) is not None:
        return helping_shell(helping)
    match getattr(getattr(request, "user", None), "kind", None):
        case "citizen":
            return citizen_shell(acts_for=_acted_for(request))
        case "staff":
            return staff_shell(held.role for held in held_roles(request))
        case _:
            return visitor_shell()


def _acted_for(request: HttpRequest) -> str:
    """Name the person in whose name a citizen acts; nobody: for themselves."""
    person = person_of(actor_from(request)) if acts_for(request) is not None else None
    if person is None:
        return ""
    return person.full_name or str(_("iemand die wij nog niet kennen"))


def _session_end(request: HttpRequest) -> SessionEnd | None:
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return None
    ends_at = session_ends_at(request, user)
    return SessionEnd(ends_at, max(0, int((ends_at - timezone.now()).total_seconds())))


def shell(request: HttpRequest) -> dict[str, object]:
    """Give every template its frame: what was put on the request, else that of who is logged in."""
    given = getattr(request, "shell", None)
    if not isinstance(given, Shell):
        given = _shell_of(request)
    return {
        "shell": given,
        "session_end": _session_end(request),
        "is_demo": getattr(settings, "DEMO", False),
    }
