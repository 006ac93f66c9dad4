# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A paper that says who somebody's GP is, and the answer to who asks whether it is true.

Who checks types over what stands on the paper: its code, the birth date and the number of the practice. The answer
is that it is true, no longer, or not known, and nothing else: it names nobody, no practice and no reason, and is
the same for who is protected. A code of 95 bits is not guessed; who tries many is stopped for an hour.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import STATEMENT_CHECKED, STATEMENT_MADE, STATEMENT_WITHDRAWN
from huisartsplek.audit.services import record
from huisartsplek.enrolments.models import Enrolment, Statement, StatementCheck
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Person
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.people.queries import children_at_home
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import MoveState
from huisartsplek.rules.refusals import Refusal, RefusalCode

CODE_LENGTH = 20
MOST_AT_A_TIME = 10  # of one enrolment
MOST_CHECKS = 20  # of one visitor in an hour
HOUR = timedelta(hours=1)
_SIGNS = "BCDFGHJKLMNPQRSTVWXZ23456789"  # read aloud and written down without mistakes; no words come out of it


class Answer(StrEnum):
    """All that who checks a statement learns."""

    TRUE = "true"
    NO_LONGER = "no_longer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Stateable:
    """Somebody of whom a statement may be made, or not yet, and what was made."""

    person: Person
    enrolment: Enrolment | None  # the one that the practice has recorded
    statements: tuple[Statement, ...]


def new_code() -> str:
    """Draw a code that nobody can guess: 95 bits."""
    return "".join(secrets.choice(_SIGNS) for _ in range(CODE_LENGTH))


def written(code: str) -> str:
    """Write a code as it stands on paper: in groups of five."""
    return " ".join(code[start : start + 5] for start in range(0, len(code), 5))


def _digest(code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign in _SIGNS)
    return salted_hmac("huisartsplek.enrolments.statements", plain, algorithm="sha256").hexdigest()


def recorded_enrolments(person_ids: Iterable[UUID], *, on: date) -> Mapping[UUID, Enrolment]:
    """Give the present enrolments that the practice itself has recorded; a move waits until it has."""
    known = Enrolment.objects.filter(
        person_id__in=list(person_ids), confirmed_at__isnull=False, starts_on__lte=on, person__ended_on__isnull=True
    )
    holding = known.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    recorded = holding.filter(Q(begun_by__isnull=True) | Q(begun_by__state=MoveState.REGISTERED))
    return {one.person_id: one for one in recorded.select_related("practice", "person")}


def stateable_by(by: Person, *, at: datetime) -> list[Stateable]:
    """List somebody and the children they decide for, with what may be stated of each, and what was."""
    on = day_in_amsterdam(at)
    people = [by, *children_at_home(by, on)]
    recorded = recorded_enrolments([person.pk for person in people], on=on)
    made = Statement.objects.filter(enrolment__in=recorded.values(), withdrawn_at__isnull=True)
    of: dict[UUID, list[Statement]] = {}
    for one in made.select_related("enrolment").order_by("-made_at", "pk"):
        of.setdefault(one.enrolment.person_id, []).append(one)
    return [Stateable(person, recorded.get(person.pk), tuple(of.get(person.pk, ()))) for person in people]


def make_statement(actor: Actor, enrolment_id: UUID, *, by: Person, code: str, at: datetime) -> Statement:
    """Let a code stand for an enrolment, for the person or who decides for them; the code itself is not kept."""
    with transaction.atomic():
        enrolment = _own_recorded(actor, enrolment_id, by, at)
        if Statement.objects.filter(enrolment=enrolment, withdrawn_at__isnull=True).count() >= MOST_AT_A_TIME:
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, most=MOST_AT_A_TIME)
        made = Statement.objects.create(enrolment=enrolment, digest=_digest(code), made_at=at)
        record(
            STATEMENT_MADE,
            actor=actor,
            at=at,
            person=enrolment.person_id,
            thing=made,
            practice_id=enrolment.practice_id,
        )
    return made


def _own_recorded(actor: Actor, enrolment_id: UUID, by: Person, at: datetime) -> Enrolment:
    on = day_in_amsterdam(at)
    about = {by.pk, *(child.pk for child in children_at_home(by, on))}
    lock_people(about)
    recorded = {one.pk: one for one in recorded_enrolments(about, on=on).values()}
    if not may_speak_for(actor, by) or enrolment_id not in recorded:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    return recorded[enrolment_id]


def withdraw_statement(actor: Actor, statement_id: UUID, *, by: Person, at: datetime) -> None:
    """Take a statement back: from now on it is no longer true. Twice is once."""
    with transaction.atomic():
        about = [by.pk, *(child.pk for child in children_at_home(by, day_in_amsterdam(at)))]
        found = Statement.objects.select_for_update().filter(pk=statement_id, enrolment__person_id__in=about)
        one = found.first() if may_speak_for(actor, by) else None
        if one is None:
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        if one.withdrawn_at is None:
            one.withdrawn_at = at
            one.save(update_fields=["withdrawn_at"])
            record(STATEMENT_WITHDRAWN, actor=actor, at=at, person=one.enrolment.person_id, thing=one)


def forget_statements(people: Collection[Person]) -> None:
    """Drop every statement of these people: to who has an old paper of theirs it was never known."""
    Statement.objects.filter(enrolment__person__in=people).delete()


def check_statement(actor: Actor, *, code: str, birth_date: date, agb: str, visitor: str, at: datetime) -> Answer:
    """Tell whether a statement with this code, birth date and practice is true today; the log tells its person."""
    with transaction.atomic():
        _count(visitor, at)
        found = Statement.objects.filter(
            digest=_digest(code), enrolment__person__birth_date=birth_date, enrolment__practice__agb=agb
        )
        one = found.select_related("enrolment").first()
        if one is None:
            return Answer.UNKNOWN
        answer = Answer.TRUE if _is_true(one, at) else Answer.NO_LONGER
        record(STATEMENT_CHECKED, actor=actor, at=at, person=one.enrolment.person_id, thing=one, answer=answer)
    return answer


def _is_true(one: Statement, at: datetime) -> bool:
    person_id = one.enrolment.person_id
    recorded = recorded_enrolments([person_id], on=day_in_amsterdam(at))
    return one.withdrawn_at is None and person_id in recorded and recorded[person_id].pk == one.enrolment_id


def _count(visitor: str, at: datetime) -> None:
    """Count a question of a visitor, one at a time; who asks too often waits."""
    mark = salted_hmac("huisartsplek.enrolments.statements.visitor", visitor, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [mark])
    StatementCheck.objects.filter(at__lte=at - HOUR).delete()
    if StatementCheck.objects.filter(visitor=mark).count() >= MOST_CHECKS:
        raise Refusal(RefusalCode.NOT_ALLOWED_NOW)
    StatementCheck.objects.create(visitor=mark, at=at)
