# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""At which desk somebody works: of a region, or of the practice they work for now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest

from huisartsplek.accounts.helping import Helping
from huisartsplek.accounts.identity import actor_from, held_roles
from huisartsplek.accounts.roles import Role
from huisartsplek.desk.finding import Place

if TYPE_CHECKING:
    from uuid import UUID

    from huisartsplek.audit.actors import Actor
    from huisartsplek.desk.models import Help
    from huisartsplek.web.practice.at_work import AtWork

REGION_DESK, PRACTICE_DESK = "/regio/loket", "/praktijk/loket"


@dataclass(frozen=True, slots=True)
class AtDesk:
    """Somebody at work at a desk."""

    actor: Actor
    place: Place
    url: str

    @property
    def employee_id(self) -> UUID:
        """Who it is."""
        if self.actor.user_id is None:
            raise Http404
        return self.actor.user_id

    def address_of(self, help_: Help) -> str:
        """Where the help is, and below it the pages of who is helped."""
        return f"{self.url}/{help_.pk}"


def regions_of(request: HttpRequest) -> frozenset[UUID]:
    """Give the regions at whose desk the one who sends this request works."""
    at_desk = {Role.DESK, Role.COORDINATOR}
    return frozenset(held.scope_id for held in held_roles(request) if held.role in at_desk and held.scope_id)


def at_region(request: HttpRequest) -> AtDesk:
    """Give the desk of the region where somebody works."""
    own = sorted(regions_of(request))
    if not own:
        raise Http404
    place = Place(own[0], is_practice=False, uses_bsn=settings.VARIABLES.desk_uses_bsn)
    return AtDesk(actor_from(request), place, REGION_DESK)


def at_practice(here: AtWork) -> AtDesk:
    """Give the desk of the practice that somebody works for now; a care provider may use the BSN."""
    return AtDesk(here.actor, Place(here.practice.pk, is_practice=True, uses_bsn=True), PRACTICE_DESK)


def helping_at(desk: AtDesk, help_: Help) -> Helping:
    """Say whom this help is for, for the frame of a page."""
    return Helping(
        help_id=help_.pk,
        person_id=help_.person_id,
        person_name=help_.person.full_name,
        role=Role(help_.role),
        ends_at=help_.ends_at,
        desk_url=desk.address_of(help_),
    )
