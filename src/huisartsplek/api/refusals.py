# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every refusal as a problem: a status and a title that never changes for its code."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huisartsplek.rules.refusals import Refusal, RefusalCode

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class RefusalProblem:
    """How a refusal looks to a program: what kind of no it is, and a title for people."""

    status: HTTPStatus
    title: str


def _wrong(title: str) -> RefusalProblem:
    return RefusalProblem(HTTPStatus.BAD_REQUEST, title)


def _conflict(title: str) -> RefusalProblem:
    return RefusalProblem(HTTPStatus.CONFLICT, title)


PROBLEMS: Mapping[RefusalCode, RefusalProblem] = {
    RefusalCode.NO_PLACES: _conflict(gettext_noop("De praktijk heeft niet genoeg plek")),
    RefusalCode.WEEKLY_LIMIT_REACHED: _conflict(gettext_noop("De praktijk neemt deze week niemand meer aan")),
    RefusalCode.NOT_ADMITTED: _conflict(gettext_noop("De regel van de praktijk laat dit niet toe")),
    RefusalCode.OTHERS_FIRST: _conflict(gettext_noop("Er staan anderen eerder in de rij")),
    RefusalCode.ALREADY_THERE: _conflict(gettext_noop("Dit is al de huisarts van nu")),
    RefusalCode.ALREADY_REQUESTED: _conflict(gettext_noop("Er loopt al een verzoek")),
    RefusalCode.TOO_MANY_WISHES: _wrong(gettext_noop("Te veel wensen")),
    RefusalCode.NO_WISHES: _wrong(gettext_noop("Geen wensen")),
    RefusalCode.WISH_TWICE: _wrong(gettext_noop("Twee keer dezelfde wens")),
    RefusalCode.UNKNOWN_PRACTICE: RefusalProblem(HTTPStatus.NOT_FOUND, gettext_noop("Onbekende praktijk")),
    RefusalCode.NOT_CONFIRMED: _conflict(gettext_noop("De praktijk van nu is nog niet bevestigd")),
    RefusalCode.HELD_TOO_SHORT: _conflict(gettext_noop("De inschrijving is nog te kort om te ruilen")),
    RefusalCode.ROUND_FROZEN: _conflict(gettext_noop("De ronde is al vastgezet")),
    RefusalCode.ROUND_ALREADY_OPEN: _conflict(gettext_noop("In deze regio loopt al een ronde")),
    RefusalCode.ROUND_NOT_READY: _conflict(gettext_noop("De ronde is hier nog niet aan toe")),
    RefusalCode.PLACES_HELD: _conflict(gettext_noop("Deze plekken zijn apart gezet voor een ronde")),
    RefusalCode.DEADLINE_PASSED: _conflict(gettext_noop("De tijd om te antwoorden is voorbij")),
    RefusalCode.ALREADY_ANSWERED: _conflict(gettext_noop("Dit is al beantwoord")),
    RefusalCode.NOT_YOUR_TURN: RefusalProblem(
        HTTPStatus.FORBIDDEN, gettext_noop("Hier mag iemand anders over beslissen")
    ),
    RefusalCode.NOT_ALLOWED_NOW: _conflict(gettext_noop("Dit kan op dit moment niet")),
    RefusalCode.CONSENT_MISSING: _conflict(gettext_noop("Nog niet iedereen heeft ja gezegd")),
    RefusalCode.CHANGED_MEANWHILE: _conflict(gettext_noop("Dit is intussen veranderd")),
    RefusalCode.HOUSEHOLD_INCOMPLETE: _conflict(gettext_noop("Niet iedereen die gekozen is kan mee")),
    RefusalCode.MOVING_ALREADY: _conflict(gettext_noop("Er staat al een overstap klaar")),
    RefusalCode.KEY_REUSED: _conflict(gettext_noop("Deze sleutel is al gebruikt voor iets anders")),
    RefusalCode.NEGATIVE_NUMBER: _wrong(gettext_noop("Een aantal is 0 of meer")),
    RefusalCode.SECOND_PERSON_NEEDED: _conflict(gettext_noop("Hier is een tweede mens voor nodig")),
    RefusalCode.BAD_POLICY: _wrong(gettext_noop("Deze regel kan zo niet")),
    RefusalCode.RULE_NOT_CONFIRMED: _conflict(gettext_noop("De praktijk heeft haar regel lang niet bevestigd")),
    RefusalCode.NUMBER_PENDING: _conflict(gettext_noop("Het BSN is nog niet bekend")),
    RefusalCode.TOO_MANY_TRIES: RefusalProblem(
        HTTPStatus.TOO_MANY_REQUESTS, gettext_noop("Te vaak geprobeerd. Wacht een uur")
    ),
    RefusalCode.WRONG_CODE: _wrong(gettext_noop("Deze code werkt niet")),
    RefusalCode.HELPED_ALREADY: _conflict(gettext_noop("Deze persoon wordt al geholpen")),
    RefusalCode.RULE_STARTS_LATER: _wrong(gettext_noop("Een regel gaat in op de dag dat u hem bewaart")),
}


def title_of(refusal: Refusal) -> str:
    """Give the title of a refusal in the language that was asked for."""
    return _(PROBLEMS[refusal.code].title)
