# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading who is enrolled where."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PEOPLE_LISTED
from huisartsplek.audit.services import Line, record_many
from huisartsplek.enrolments.models import Confirmation, Enrolment, Move
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.services import complete_for_each
from huisartsplek.practices.models import Practice
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import ConfirmationState, MoveState
from huisartsplek.rules.refusals import PracticeRefusal

OPEN_MOVE_STATES = (MoveState.PLANNED, MoveState.SWITCHED, MoveState.OVERDUE, MoveState.WITH_COORDINATOR)
CALLED_OFF_STATES = (MoveState.CANCELLED, MoveState.RETURNED)
UNANSWERED_STATES = (ConfirmationState.ASKED, ConfirmationState.UNANSWERED)
LEFT_LATELY = timedelta(days=28)  # how long a practice still sees who left: the record follows within a month
HELD_AT_LEAST = timedelta(days=90)  # policy: how long a place is held before it can be traded


def current_enrolments(person_ids: Iterable[UUID]) -> dict[UUID, Enrolment]:
    """Give the enrolment that each of these people has today; who has none is not in it."""
    rows = Enrolment.objects.filter(person_id__in=list(person_ids), ends_on__isnull=True)
    return {enrolment.person_id: enrolment for enrolment in rows}


def is_tradable(enrolment: Enrolment, *, on: date) -> bool:
    """Tell whether the place may be traded: the practice is confirmed, and held for the minimum time."""
    held_since = enrolment.held_since or enrolment.starts_on
    return enrolment.confirmed_at is not None and held_since + HELD_AT_LEAST <= on


@dataclass(frozen=True, slots=True)
class PresentPlace:
    """Where somebody is enrolled today, and what that place is worth in a swap."""

    enrolment: Enrolment
    practice: Practice
    is_confirmed: bool
    is_denied: bool  # the practice says that the person is not theirs
    is_tradable: bool


def present_places(person_ids: Iterable[UUID], *, on: date) -> dict[UUID, PresentPlace]:
    """Give where each of these people is enrolled today; the caller has recorded that they are read."""
    rows = Enrolment.objects.filter(person_id__in=list(person_ids), ends_on__isnull=True)
    denied = set(
        Confirmation.objects.filter(
            enrolment__person_id__in=list(person_ids), state=ConfirmationState.DENIED
        ).values_list("enrolment_id", flat=True)
    )
    return {
        enrolment.person_id: PresentPlace(
            enrolment=enrolment,
            practice=enrolment.practice,
            is_confirmed=enrolment.confirmed_at is not None,
            is_denied=enrolment.pk in denied,
            is_tradable=is_tradable(enrolment, on=on),
        )
        for enrolment in rows.select_related("practice")
    }


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody who leaves a practice; where they go only when they want that to be known."""

    move: Move
    goes_to: Practice | None


def questions_to(actor: Actor, practice_id: UUID, *, at: datetime) -> list[Confirmation]:
    """List whom a practice must still say are theirs, longest asked first; that they were listed is recorded."""
    waiting = Confirmation.objects.filter(practice_id=practice_id, state__in=UNANSWERED_STATES)
    found = list(waiting.select_related("enrolment__person").order_by("enrolment__starts_on", "pk"))
    _record_listed(actor, [question.enrolment.person for question in found], "practice_questions", at)
    return found


def arrivals_of(actor: Actor, practice_id: UUID, *, at: datetime) -> list[Move]:
    """List who comes to a practice and is not registered yet, by switch date; that they were listed is recorded."""
    coming = Move.objects.filter(to_practice_id=practice_id, state__in=OPEN_MOVE_STATES)
    found = list(coming.select_related("person").order_by("switch_on", "request_id", "person__birth_date", "pk"))
    _record_listed(actor, [move.person for move in found], "practice_arrivals", at)
    return found


def departures_of(actor: Actor, practice_id: UUID, *, at: datetime) -> list[Departure]:
    """List who leaves a practice, or left it lately, by switch date; that they were listed is recorded."""
    on = day_in_amsterdam(at)
    going = Move.objects.filter(from_practice_id=practice_id).exclude(state__in=CALLED_OFF_STATES)
    # Who had their data deleted has no name any more: the practice knows from its own list that they left.
    lately = going.filter(switch_on__gte=on - LEFT_LATELY).exclude(person__end_reason=Person.End.ERASED)
    found = list(lately.select_related("person", "to_practice").order_by("switch_on", "request_id", "pk"))
    told = _may_be_named(found, on)
    _record_listed(actor, [move.person for move in found], "practice_departures", at)
    return [Departure(move, move.to_practice if move.pk in told else None) for move in found]


def _may_be_named(moves: Sequence[Move], on: date) -> AbstractSet[UUID]:
    """Give the moves whose person wants their new practice known; none of a request with somebody protected.

    Whoever moves along with a protected person would tell where that person is a patient.
    """
    requests = {move.request_id for move in moves}
    hidden = Move.objects.filter(request_id__in=requests, person__is_protected=True)
    silent = set(hidden.values_list("request_id", flat=True))
    people: dict[UUID, list[Person]] = defaultdict(list)
    for move in moves:
        if move.request_id not in silent:
            people[move.request_id].append(move.person)
    told = complete_for_each(people, on, kind=Consent.Kind.NAME_NEW_PRACTICE)
    return {move.pk for move in moves if (move.request_id, move.person_id) in told}


def coming_together(actor: Actor, move_id: UUID, practice_id: UUID, *, at: datetime) -> list[Move]:
    """Give the planned moves of who comes to a practice with this person; nobody for another practice's move."""
    move = Move.objects.filter(pk=move_id, to_practice_id=practice_id).first()
    if move is None:
        return []
    together = Move.objects.filter(
        request_id=move.request_id, to_practice_id=practice_id, state=MoveState.PLANNED
    ).select_related("person")
    found = list(together.order_by("person__birth_date", "pk"))
    _record_listed(actor, [move.person for move in found], "practice_arrival", at)
    return found


@dataclass(frozen=True, slots=True)
class PracticeSaidNo:
    """That a practice refused a household after all, and the reason it gave."""

    practice: Practice
    because: PracticeRefusal
    at: datetime


def said_no(request_id: UUID) -> PracticeSaidNo | None:
    """Give the last refusal that a request met on its way; the caller may see the request."""
    refused = Move.objects.filter(request_id=request_id).exclude(refused_because="").select_related("to_practice")
    last = refused.order_by("-state_since").first()
    if last is None:
        return None
    return PracticeSaidNo(last.to_practice, PracticeRefusal(last.refused_because), last.state_since)


def _record_listed(actor: Actor, people: Sequence[Person], view: str, at: datetime) -> None:
    """Write one line for each person seen, so that each of them can find it."""
    lines = [Line(person.pk, person, {"view": view, "rows": len(people)}) for person in people]
    with transaction.atomic():
        record_many(PEOPLE_LISTED, lines, actor=actor, at=at)
