# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/nee`: every no of a practice, a rule or a round, with its reason and the rule at that moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.requests.prospects import Why
from huisartsplek.requests.refused import refusals_of
from huisartsplek.rounds.queries import OwnOutcome, not_this_round
from huisartsplek.rules.intake import from_json
from huisartsplek.rules.refusals import PracticeRefusal, RefusalCode
from huisartsplek.rules.reviews import Reviewed
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.citizen.rounds import headline, reason
from huisartsplek.web.components.status import say
from huisartsplek.web.components.wording import day

if TYPE_CHECKING:
    from datetime import datetime

    from huisartsplek.audit.actors import Actor
    from huisartsplek.people.models import Person
    from huisartsplek.requests.models import RecordedRefusal
    from huisartsplek.web.components.parts import Text

NEWEST = 3

# Why a wish brought nothing, or enrolling at once was refused, as it was then.
BECAUSE: dict[str, str] = {
    Why.OUTSIDE_RULE: gettext_noop("De regel van de praktijk liet uw huishouden niet toe."),
    Why.CLOSED: gettext_noop("De praktijk nam niemand aan en ruilde niet."),
    Why.NOT_ENOUGH_ROOM: gettext_noop("Er was geen plek voor uw hele huishouden, en geen wachtlijst."),
    RefusalCode.NOT_ADMITTED: gettext_noop("De regel van de praktijk liet uw huishouden niet toe."),
    RefusalCode.NO_PLACES: gettext_noop("De praktijk had niet genoeg plek."),
    RefusalCode.WEEKLY_LIMIT_REACHED: gettext_noop("De praktijk nam die week niemand meer aan."),
    RefusalCode.OTHERS_FIRST: gettext_noop("Er stonden mensen vóór u in de rij van deze praktijk."),
    RefusalCode.RULE_NOT_CONFIRMED: gettext_noop("De praktijk had lang niet gezegd of haar regel nog klopte."),
}
ABOUT: dict[Reviewed, str] = {
    Reviewed.WISH: gettext_noop("Uw wens leverde niets op"),
    Reviewed.AT_ONCE: gettext_noop("Meteen inschrijven kon niet"),
    Reviewed.PRACTICE_NO: gettext_noop("De praktijk zei nee tegen uw overstap"),
}


@dataclass(frozen=True, slots=True)
class RefusalCard:
    """One no as a page shows it."""

    at: datetime
    title: str
    because: str
    facts: list[tuple[Text, object]]
    url: str = ""
    link: str = ""


def because_text(outcome: Reviewed, code: str) -> str:
    """Say why it was a no, in the words for that kind of no."""
    if outcome is Reviewed.PRACTICE_NO:
        return say(PracticeRefusal(code))
    return _(BECAUSE[code])


def refusal_cards(actor: Actor, reader: Person) -> list[RefusalCard]:
    """Lay out what somebody heard, of practices and of rounds, newest first."""
    cards = [_of_practice(one) for one in refusals_of(reader)]
    cards += [_of_round(own) for own in not_this_round(actor)]
    return sorted(cards, key=lambda card: card.at, reverse=True)


def newest_refusals(reader: Person) -> list[RefusalCard]:
    """Give the newest few of practices, for the own page, which names the rounds already."""
    return [_of_practice(one) for one in refusals_of(reader, most=NEWEST)]


def _of_practice(one: RecordedRefusal) -> RefusalCard:
    outcome = Reviewed(one.outcome)
    because = because_text(outcome, one.reason)
    facts: list[tuple[Text, object]] = [
        (_("Wanneer"), day(one.at)),
        (_("Wat"), _(ABOUT[outcome])),
        (_("Waarom"), because),
        (
            _("De regel toen"),
            say(from_json(one.policy)) if one.policy else _("De praktijk had nog geen regel gegeven."),
        ),
    ]
    return RefusalCard(one.at, one.practice.name, because, facts)


def _of_round(own: OwnOutcome) -> RefusalCard:
    at = own.round.published_at or own.round.opened_at
    title = _("Ronde %(number)d in %(region)s") % {"number": own.round.number, "region": own.round.region.name}
    why, text = reason(own)
    facts: list[tuple[Text, object]] = [
        (_("Wanneer"), day(at)),
        (_("Wat"), headline(own)[0]),
        (_("Waarom"), f"{why}. {text}"),
        (_("De regel toen"), _("De regels van de ronde en van elke praktijk staan bij de uitkomst.")),
    ]
    url = reverse("citizen:round", args=[own.round.pk])
    return RefusalCard(at, title, f"{why}.", facts, url, _("Bekijk de uitkomst, met elke wens"))


@policy(citizen_or_desk())
@require_GET
@for_the_described
def refusals(request: HttpRequest, reader: Person) -> HttpResponse:
    """List every no that somebody heard here."""
    cards = refusal_cards(actor_from(request), reader)
    return render(request, "web/citizen/refusals.html", {"cards": cards})
