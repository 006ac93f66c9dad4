# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The people of a household and their present practices, and how far their request is, as `/mijn` shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huisartsplek.requests.facts import km_from_home
from huisartsplek.rules.dates import age_on
from huisartsplek.rules.lifecycles import RequestState
from huisartsplek.web.components.parts import PersonRow, Step, steps_until
from huisartsplek.web.components.wording import day, day_as_near, distance, weekday_with_year

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from huisartsplek.enrolments.queries import PresentPlace
    from huisartsplek.people.models import Person
    from huisartsplek.requests.queries import OwnRequest


def age_text(person: Person, on: date) -> str:
    """How old somebody is, in words."""
    if person.birth_date is None:
        return _("nog geen gegevens")
    years = age_on(person.birth_date, on)
    return ngettext("%(count)d jaar", "%(count)d jaar", years) % {"count": years}


def household_rows(
    members: Sequence[Person], reader: Person, requests: Iterable[OwnRequest], *, on: date
) -> list[PersonRow]:
    """Everybody at home, with what they did or still have to do for the request."""
    own = {member.pk: request for request in requests for member in request.members}
    return [
        PersonRow(
            name=member.given_name or _("Huisgenoot"),
            detail=age_text(member, on),
            state=_state(member, reader, own.get(member.pk)),
            is_waiting=member.pk in own and member.pk in own[member.pk].asked,
        )
        for member in members
    ]


def _state(member: Person, reader: Person, own: OwnRequest | None) -> str:
    if own is None:
        return ""
    asked = own.asked.get(member.pk)
    if asked is None:
        return _("Doet mee")
    if not asked:
        return _("Niemand kan hier ja voor zeggen. Bel ons")
    if reader.pk in asked:
        return _("U moet nog ja zeggen")
    return _("Moet nog ja zeggen")


@dataclass(frozen=True, slots=True)
class PracticePanel:
    """A present practice and whose it is; without a practice: who has none that we know of."""

    names: str
    people: tuple[Person, ...]
    place: PresentPlace | None
    distance: str
    may_state: bool  # the reader may say where these people are enrolled

    @property
    def title(self) -> str:
        """The practice and where it is."""
        if self.place is None:
            return _("Huisarts nog niet bekend")
        practice = self.place.practice
        return f"{practice.name}, {practice.place}" if practice.place else practice.name


def practice_panels(
    members: Sequence[Person], places: Mapping[UUID, PresentPlace], *, speaks_for: Collection[UUID]
) -> list[PracticePanel]:
    """One panel for each present practice, and for who has none: those who share it together."""
    groups: dict[tuple[object, ...], list[Person]] = {}
    for member in members:
        place = places.get(member.pk)
        key = (
            (place.practice.pk, place.is_confirmed, place.is_denied, place.is_tradable)
            if place
            else (None, member.pk in speaks_for)
        )
        groups.setdefault(key, []).append(member)
    panels = []
    for group in groups.values():
        place = places.get(group[0].pk)
        km = km_from_home(group, place.practice) if place else None
        panels.append(
            PracticePanel(
                names=listed([person.given_name or _("huisgenoot") for person in group]),
                people=tuple(group),
                place=place,
                distance="" if km is None else distance(km),
                may_state=place is None and any(person.pk in speaks_for for person in group),
            )
        )
    return panels


def listed(names: Sequence[str]) -> str:
    """Names in a row: "Fatima, Joris en Sami"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s en %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def request_lead(own: OwnRequest) -> str:
    """When the request began, and who goes."""
    since = _("Gestart op %(day)s.") % {"day": day(own.request.since)}
    count = len(own.facts.members)
    if count == 1:
        return since
    together = _("U gaat met %(count)d mensen samen, of niemand gaat.") % {"count": count}
    return f"{since} {together}"


def request_steps(own: OwnRequest, *, at: datetime) -> tuple[Step, ...]:
    """How far the request is, as a row of steps."""
    asked = len(own.asked)
    wanted = ngettext("nog %(count)d persoon", "nog %(count)d personen", asked) % {"count": asked} if asked else ""
    switch_on = own.moves[0].switch_on if own.moves else (own.offer.switch_on if own.offer else None)
    labels = [
        (_("Verzoek gedaan"), day_as_near(own.request.since, now=at)),
        (_("Iedereen zegt ja"), wanted),
        (_("Wachten op plek"), ""),
        (_("Aanbod"), day_as_near(own.offer.made_at, now=at) if own.offer else ""),
        (_("Overstap"), day_as_near(switch_on, now=at) if switch_on else ""),
    ]
    return steps_until(labels, present=_present(own))


def _present(own: OwnRequest) -> int:
    match own.request.state:
        case RequestState.MOVING:
            return 4
        case RequestState.OFFERED | RequestState.ACCEPTED:
            return 3
        case _:
            return 2 if own.is_complete else 1


def state_text(own: OwnRequest) -> tuple[str, str]:
    """How the request stands, in a heading and a sentence."""
    match own.request.state:
        case RequestState.MOVING if own.moves:
            move = own.moves[0]
            return (
                _("U stapt op %(day)s over naar %(practice)s")
                % {"day": weekday_with_year(move.switch_on), "practice": move.to_practice.name},
                _("Tot die dag blijft alles zoals het is. U hoeft zich niet uit te schrijven."),
            )
        case RequestState.OFFERED:
            return (_("Er is een aanbod voor u"), _("Iedereen die meebeslist, zegt ja of nee."))
        case RequestState.ACCEPTED:
            return (
                _("U zei ja. Nu wachten wij op de anderen in de ruil"),
                _("Zegt iemand nee, dan houdt u uw huisarts en uw plek in de rij."),
            )
        case RequestState.SLEEPING | RequestState.ARRIVING:
            return _resting_text(own)
        case _ if not own.is_complete:
            return (
                _("Uw verzoek wacht op een ja"),
                _("Zolang niet iedereen ja zegt, doet uw verzoek nog niet mee. Uw datum telt al wel."),
            )
        case _:
            return (
                _("Uw verzoek doet mee"),
                _("U hoeft niets te doen. Is er plek, dan krijgt u bericht."),
            )


def _resting_text(own: OwnRequest) -> tuple[str, str]:
    """How a request stands that counts in no queue just now, and keeps its place."""
    if own.request.state == RequestState.SLEEPING:
        awake = _("Het doet nu niet mee. Maakt u het wakker, dan krijgt u uw plek in de rij terug.")
        return _("Uw verzoek slaapt"), awake
    recorded = _(
        "Uw verzoek doet weer mee zodra uw nieuwe praktijk u heeft ingeschreven. U houdt uw plek in de rij."
    )
    return _("U blijft wachten op uw hogere wensen"), recorded
