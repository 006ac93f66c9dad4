# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/praktijk`: how the public sees the practice, its places, and who waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from huisartsplek.accounts.policies import policy, practice_staff
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.queries import arrivals_of, departures_of, questions_to
from huisartsplek.enrolments.records import RecordStanding, standing_of
from huisartsplek.enrolments.undecided import code_of
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.practices.queries import own_intake
from huisartsplek.rounds.alarms import count_overdue
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import ConfirmationState, MoveState, Owner
from huisartsplek.web.components.wording import weekday
from huisartsplek.web.practice.at_work import AtWork, for_a_practice

if TYPE_CHECKING:
    from datetime import date

    from huisartsplek.enrolments.models import Confirmation
    from huisartsplek.enrolments.queries import Departure
    from huisartsplek.practices.models import Practice


# What waits too long for a practice, by its alarm.
OVERDUE = {
    "registration_overdue": gettext_noop("Inschrijvingen die u al had moeten vastleggen"),
    "registration_to_coordinator": gettext_noop("Inschrijvingen die langer dan 14 dagen wachten"),
    "switch_date_passed": gettext_noop("Verzoeken waarvan de overstapdatum voorbij is"),
    "confirmation_not_answered": gettext_noop("Mensen van wie u nog niet zei of zij uw patiënt zijn"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Somebody of whom the practice is asked whether they are theirs."""

    confirmation: Confirmation
    is_late: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who comes, how far that is, and what the practice can do."""

    move: Move
    reference: str  # the person has it too, on the proof of their move
    standing: str
    record: str
    is_late: bool
    may_register: bool
    may_refuse: bool


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who leaves, and whether the medical record may be sent."""

    move: Move
    goes_to: Practice | None
    record: str
    may_say_sent: bool


RECORDS = {
    RecordStanding.NONE: "",
    RecordStanding.MAY_BE_SENT: gettext_noop("Dossier mag verstuurd worden"),
    RecordStanding.MAY_NOT: gettext_noop("Dossier mag nu niet verstuurd worden"),
    RecordStanding.SENT: gettext_noop("Dossier is verstuurd"),
}


@policy(practice_staff())
@require_GET
@for_a_practice
def today(request: HttpRequest, here: AtWork) -> HttpResponseBase:
    """Show a practice its day at one glance."""
    at = current_moment()
    on = day_in_amsterdam(at)
    intake = own_intake(here.actor, here.practice.pk, at=at)
    if intake is None:
        raise Http404
    questions = [_question(one) for one in questions_to(here.actor, here.practice.pk, at=at)]
    arriving = arrivals_of(here.actor, here.practice.pk, at=at)
    leaving = departures_of(here.actor, here.practice.pk, at=at)
    records = standing_of([*arriving, *(one.move for one in leaving)], on=on)
    context = {
        "here": here,
        "today": at,
        "intake": intake,
        "overdue": _overdue(count_overdue(Owner.PRACTICE, here.practice.pk, at=at)),
        "questions": questions,
        "arrivals": [_arrival(move, records[move.pk], on) for move in arriving],
        "departures": [_leaver(one, records[one.move.pk], on) for one in leaving],
        "is_today": intake.confirmed_on == on,
    }
    return render(request, "web/practice/today.html", context)


def _overdue(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(_(OVERDUE[alarm]), count) for alarm, count in counts.items()]


def _question(confirmation: Confirmation) -> Question:
    return Question(confirmation, confirmation.state == ConfirmationState.UNANSWERED)


def _record(standing: RecordStanding) -> str:
    return _(RECORDS[standing]) if RECORDS[standing] else ""


def _leaver(departure: Departure, standing: RecordStanding, on: date) -> Leaver:
    may_say_sent = standing is RecordStanding.MAY_BE_SENT and departure.move.switch_on <= on
    return Leaver(departure.move, departure.goes_to, _record(standing), may_say_sent)


def _arrival(move: Move, standing: RecordStanding, on: date) -> Arrival:
    state = MoveState(move.state)
    return Arrival(
        move=move,
        reference=code_of(move.pk),
        standing=_standing(state, move, on),
        record=_record(standing),
        is_late=state in {MoveState.OVERDUE, MoveState.WITH_COORDINATOR},
        may_register=state is not MoveState.PLANNED,
        may_refuse=state is MoveState.PLANNED and on < move.switch_on,
    )


def _standing(state: MoveState, move: Move, on: date) -> str:
    day = weekday(move.deadline_at) if move.deadline_at else ""
    match state:
        case MoveState.PLANNED if on < move.switch_on:
            return _("Staat klaar")
        case MoveState.PLANNED:
            return _("Gaat vandaag over")
        case MoveState.SWITCHED:
            return _("Leg vast uiterlijk %(day)s") % {"day": day}
        case MoveState.OVERDUE:
            return _("Te laat. Vanaf %(day)s beslist de coördinator met deze persoon") % {"day": day}
        case _:
            return _("Te laat. De coördinator beslist nu met deze persoon")
