# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody at a desk begins to help one person, and stops; nobody is looked for without limit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from huisartsplek.audit.actors import Actor, ActorKind, Ground
from huisartsplek.audit.events import HELP_BEGUN, HELP_ENDED
from huisartsplek.audit.services import record
from huisartsplek.desk.finding import Place, may_help_at
from huisartsplek.desk.models import Attempt, Help, LetterCode
from huisartsplek.desk.script import LANGUAGES, NOW
from huisartsplek.notices.codes import digests_of
from huisartsplek.notices.models import NoticeKind
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Person
from huisartsplek.requests.messages import tell_people
from huisartsplek.rules.consent import says_yes_too
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal, RefusalCode

HELP_TAKES = timedelta(minutes=30)
MOST_TRIES = 10  # that found nobody, within an hour
TRIES_COUNT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read aloud: which version, in which language, and the lines that were ticked."""

    version: str
    language: str
    ticked: frozenset[str]

    def require_whole(self) -> None:
        """Refuse what is not the script of today, ticked line by line."""
        if self.version != NOW.version or self.language not in LANGUAGES or self.ticked != NOW.codes:
            raise Refusal(RefusalCode.CONSENT_MISSING)


def begin_help(
    actor: Actor,
    place: Place,
    person: Person,
    *,
    identified_by: Help.IdentifiedBy,
    read: Read,
    at: datetime,
    code: LetterCode | None = None,
) -> Help:
    """Let somebody at a desk help this person for a while, with one matter only where a letter's code began it.

    A person is helped by one employee at a time, and an employee helps one person: whoever comes second is told.
    """
    read.require_whole()
    with transaction.atomic():
        locked = lock_people([person.pk])[person.pk]
        _require_may_be_helped(locked, place, at)
        _end_what_is_over(locked.pk, actor, at)
        begun = Help(
            employee_id=_employee(actor),
            role=actor.role,
            scope_id=place.scope_id,
            person=locked,
            identified_by=identified_by,
            script_version=read.version,
            script_language=read.language,
            matter=code.matter if code else "",
            matter_id=code.matter_id if code else None,
            started_at=at,
            ends_at=at + HELP_TAKES,
        )
        try:
            with transaction.atomic():
                begun.save(force_insert=True)
        except IntegrityError:
            raise Refusal(RefusalCode.HELPED_ALREADY) from None
        record(
            HELP_BEGUN,
            actor=actor.acting_for(locked.pk, ground=Ground.OWN_REQUEST),
            at=at,
            person=locked.pk,
            thing=begun,
            identified_by=identified_by,
            script=f"v{read.version}",
            language=read.language,
            matter=begun.matter or "all",
        )
    return begun


def _require_may_be_helped(person: Person, place: Place, at: datetime) -> None:
    if person.ended_on is not None or not person.is_described:
        raise Refusal(RefusalCode.NOT_ALLOWED_NOW)
    if not says_yes_too(person.born_on, on=day_in_amsterdam(at)) or not may_help_at(place, person):
        raise Refusal(RefusalCode.NOT_YOUR_TURN)


def begin_help_by_code(
    actor: Actor, place: Place, *, code: str, birth_date: date, read: Read, at: datetime
) -> Help:
    """Let somebody on the telephone answer one letter: by its code and the birth date of who got it.

    Which of the two was wrong is not told, and each wrong try counts.
    """
    read.require_whole()
    require_tries_left(actor, at=at)
    found = (
        LetterCode.objects.filter(digest__in=digests_of(code), expires_at__gte=at).select_related("person").first()
    )
    if found is None or found.person.birth_date != birth_date or not may_help_at(place, found.person):
        count_try(actor, at=at)
        raise Refusal(RefusalCode.WRONG_CODE)
    return begin_help(
        actor, place, found.person, identified_by=Help.IdentifiedBy.LETTER_CODE, read=read, at=at, code=found
    )


def require_tries_left(actor: Actor, *, at: datetime) -> None:
    """Refuse who found nobody too often within an hour."""
    recent = Attempt.objects.filter(employee_id=_employee(actor), at__gt=at - TRIES_COUNT)
    if recent.count() >= MOST_TRIES:
        raise Refusal(RefusalCode.TOO_MANY_TRIES)


def count_try(actor: Actor, *, at: datetime) -> None:
    """Keep that somebody tried and found nobody."""
    Attempt.objects.create(employee_id=_employee(actor), at=at)


def _employee(actor: Actor) -> UUID:
    if actor.kind is not ActorKind.STAFF or actor.user_id is None:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    return actor.user_id


def end_help(actor: Actor, help_id: UUID, *, at: datetime) -> None:
    """Stop helping, at the press of a button; again does nothing."""
    with transaction.atomic():
        found = Help.objects.select_for_update(of=("self",)).filter(pk=help_id, employee_id=_employee(actor))
        open_help = found.filter(ended_at__isnull=True).first()
        if open_help is not None:
            _end(actor, open_help, "employee", at)


def end_old_help(actor: Actor, *, at: datetime) -> int:
    """End all help of which the time is over, forget old tries, and give how many were ended."""
    with transaction.atomic():
        over = Help.objects.select_for_update(of=("self",), skip_locked=True)
        ended = list(over.filter(ended_at__isnull=True, ends_at__lte=at))
        for one in ended:
            _end(actor, one, "time", at)
        Attempt.objects.filter(at__lt=at - 24 * TRIES_COUNT).delete()
    return len(ended)


def _end_what_is_over(person_id: UUID, actor: Actor, at: datetime) -> None:
    for over in _open_of(person_id, actor).filter(ends_at__lte=at).select_for_update(of=("self",)):
        _end(actor, over, "time", at)


def _open_of(person_id: UUID, actor: Actor) -> QuerySet[Help]:
    return Help.objects.filter(Q(person_id=person_id) | Q(employee_id=_employee(actor)), ended_at__isnull=True)


def _end(actor: Actor, over: Help, by: str, at: datetime) -> None:
    """Close the help and tell the person that somebody acted in their name, whatever was done."""
    over.ended_at = at
    over.save(update_fields=["ended_at"])
    record(HELP_ENDED, actor=actor, at=at, person=over.person_id, thing=over, by=by)
    tell_people(actor, [over.person], NoticeKind.HELPED, reference=over.pk, at=at)
