# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/overstap/<move>`: the proof of a place that was taken, to be found again at any time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.enrolments.models import Move
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.requests.queries import request_of
from huisartsplek.requests.receipts import receipt_of
from huisartsplek.requests.record_transfer import transfer_question
from huisartsplek.rules.dates import REGISTRATION_DAYS
from huisartsplek.rules.lifecycles import MoveState
from huisartsplek.web.citizen.household import listed
from huisartsplek.web.citizen.naming import naming_question
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.citizen.record_transfer import standing_text
from huisartsplek.web.components.wording import clock, weekday_with_year

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from huisartsplek.audit.actors import Actor
    from huisartsplek.people.models import Person
    from huisartsplek.requests.receipts import Receipt
    from huisartsplek.web.components.parts import Text

WAYS: Mapping[Move.Way, str] = {
    Move.Way.AT_ONCE: gettext_noop("Meteen ingeschreven"),
    Move.Way.QUEUE: gettext_noop("Door de wachtlijst"),
    Move.Way.ROUND: gettext_noop("In een ronde"),
}
CALLED_OFF = frozenset({MoveState.CANCELLED, MoveState.RETURNED})


@dataclass(frozen=True, slots=True)
class RecordLine:
    """How it stands with one person's record, and where to say it."""

    name: str
    standing: str
    url: str


@policy(citizen_or_desk())
@require_GET
@for_the_described
def receipt(request: HttpRequest, reader: Person, move_id: UUID) -> HttpResponseBase:
    """Show what was agreed: with whom, from when, what the old practice hears, and what to do next."""
    actor, at = actor_from(request), current_moment()
    found = receipt_of(actor, move_id, by=reader, at=at)
    if found is None:
        raise Http404
    own = request_of(actor, found.request.pk, at=at)
    is_planned = found.state is MoveState.PLANNED
    context = {
        "receipt": found,
        "title": _title(found),
        "lead": _lead(found),
        "facts": _facts(found),
        "is_called_off": found.state in CALLED_OFF,
        "is_planned": is_planned,
        "is_done": found.state is MoveState.REGISTERED,
        "left": listed([practice.name for practice in found.from_practices]),
        "naming": naming_question(own, at=at) if own is not None else None,
        "records": _records(actor, found, reader, at),
        "may_stop": is_planned and own is not None and own.may_change,
        "registration_days": REGISTRATION_DAYS,
    }
    return render(request, "web/citizen/receipt.html", context)


def _title(found: Receipt) -> str:
    practice = {"practice": found.practice.name}
    if found.state in CALLED_OFF:
        return _("Deze overstap ging niet door")
    if found.state is MoveState.PLANNED:
        return _("U hebt een plek bij %(practice)s") % practice
    if found.state is MoveState.REGISTERED:
        return _("U bent ingeschreven bij %(practice)s") % practice
    return _("U bent overgestapt naar %(practice)s") % practice


def _lead(found: Receipt) -> str:
    day = {"day": weekday_with_year(found.switch_on)}
    if found.state in CALLED_OFF:
        return _("U hoort niet bij deze praktijk. Bij Mijn huisarts staat hoe het nu is.")
    if found.state is MoveState.PLANNED:
        return _("Op %(day)s stapt u over. Tot die dag houdt u uw huisarts van nu.") % day
    if found.state is MoveState.REGISTERED:
        return _("Sinds %(day)s is dit uw huisarts. De praktijk heeft uw inschrijving vastgelegd.") % day
    return _("Uw plek ging over op %(day)s. De praktijk legt uw inschrijving vast na uw eerste bezoek.") % day


def _facts(found: Receipt) -> list[tuple[Text, object]]:
    facts: list[tuple[Text, object]] = [
        (line.move.person.full_name, _("kenmerk %(reference)s") % {"reference": line.reference})
        for line in found.lines
    ]
    practice = found.practice
    address = " ".join(part for part in (practice.street, practice.house_number, practice.place) if part)
    agreed = _("%(day)s om %(time)s") % {
        "day": weekday_with_year(found.agreed_at),
        "time": clock(found.agreed_at),
    }
    facts += [
        (_("Nieuwe praktijk"), f"{practice.name}, {address}" if address else practice.name),
        (_("Begint op"), weekday_with_year(found.switch_on)),
        (_("Hoe"), _(WAYS[found.way])),
        (_("Afgesproken op"), agreed),
    ]
    if practice.phone:
        facts.insert(len(found.lines) + 1, (_("Telefoon van de praktijk"), practice.phone))
    return facts


def _records(actor: Actor, found: Receipt, reader: Person, at: datetime) -> list[RecordLine]:
    """Say how it stands with the record of each person about whom the reader decides."""
    lines = []
    for line in found.lines:
        question = transfer_question(actor, line.move.pk, by=reader, at=at) if line.has_say else None
        if question is not None:
            url = reverse("citizen:record_transfer", args=[line.move.pk])
            lines.append(RecordLine(line.move.person.given_name, standing_text(question), url))
    return lines
