# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody has their data deleted: what they ask for is withdrawn first, what can go goes at once.

Only they themselves do so, from 16 on; children of whom nobody else decides and who have no login go along. While a
new practice still has to record a move, it needs to know who comes: until then nothing is deleted.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from huisartsplek.accounts.models import User
from huisartsplek.audit.actors import Actor, ActorKind
from huisartsplek.audit.events import ENROLMENT_ENDED, PERSON_ERASED
from huisartsplek.audit.services import record
from huisartsplek.enrolments.models import Confirmation, Enrolment, Move
from huisartsplek.enrolments.queries import OPEN_MOVE_STATES
from huisartsplek.notices.forgetting import forget_messages
from huisartsplek.people.forgetting import empty_person
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.queries import parents_of, people_decided_for, person_of
from huisartsplek.people.services import withdraw_consent
from huisartsplek.practices.models import Practice
from huisartsplek.privacy.fates import DELETED, KEPT, Kept
from huisartsplek.requests.households import take_out
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.models import Request, RequestMember, Review, Submission, Wish
from huisartsplek.requests.reviews import withdraw_review
from huisartsplek.rules.consent import decides_alone
from huisartsplek.rules.dates import day_in_amsterdam, months_later
from huisartsplek.rules.lifecycles import MoveState, RequestState, ReviewState
from huisartsplek.rules.refusals import Refusal, RefusalCode

LOG_MONTHS = 60  # what the law asks of the log
_OVER = (RequestState.MET, RequestState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What deleting would do, for the page that asks whether one is sure."""

    may_decide: bool  # from 16 on
    children: Sequence[Person]  # who go along
    requests: int  # that stop, or go on without them
    has_planned_move: bool
    waits_for: Practice | None  # that must still record a move: until then nothing goes
    kept: Sequence[Kept]
    log_until: date


def erasure_of(actor: Actor, *, at: datetime) -> Erasure:
    """Tell the one who asks what deleting their data would do; it does nothing."""
    person = _own(actor)
    on = day_in_amsterdam(at)
    goers = _goers(person, on)
    moves = list(Move.objects.filter(person__in=goers, state__in=OPEN_MOVE_STATES).select_related("to_practice"))
    waiting = [move for move in moves if move.state != MoveState.PLANNED]
    return Erasure(
        may_decide=_may_decide(person, on),
        children=[one for one in goers if one.pk != person.pk],
        requests=len(_requests(goers)),
        has_planned_move=any(move.state == MoveState.PLANNED for move in moves),
        waits_for=waiting[0].to_practice if waiting else None,
        kept=list(dict.fromkeys(KEPT.values())),
        log_until=months_later(on, LOG_MONTHS),
    )


def erase(actor: Actor, *, at: datetime) -> int:
    """Delete what is held about the one who asks, and give how many rows went. The log keeps that it was done."""
    on = day_in_amsterdam(at)
    with transaction.atomic():
        person = _own(actor)
        if not _may_decide(person, on):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        goers = _goers(person, on)
        requests = _requests(goers)
        in_them = RequestMember.objects.filter(request__in=requests).values_list("person_id", flat=True)
        lock_people({*(one.pk for one in goers), *in_them})
        if Move.objects.filter(person__in=goers, state__in=set(OPEN_MOVE_STATES) - {MoveState.PLANNED}).exists():
            raise Refusal(RefusalCode.MOVING_ALREADY)
        for request_id in requests:
            take_out(actor, lock_request(request_id), goers, person, at)
        _take_back(actor, goers, person, at)
        gone = sum(_forget(actor, one, at) for one in goers)
        forget_messages(actor, [one.pk for one in goers], at=at)
        for one in goers:
            record(PERSON_ERASED, actor=actor, at=at, person=one.pk, thing=one)
            empty_person(one, on=on)
    return gone


def _own(actor: Actor) -> Person:
    is_own_login = actor.kind is ActorKind.PERSON and actor.on_behalf_of is None
    person = person_of(actor) if is_own_login else None
    if person is None:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    return person


def _may_decide(person: Person, on: date) -> bool:
    return not person.is_described or decides_alone(person.born_on, on=on)


def _goers(person: Person, on: date) -> list[Person]:
    """Give the person, and the children of whom nobody else has authority and who have no login of their own."""
    children = people_decided_for(person, on) if person.is_described else []
    parents = parents_of([child.pk for child in children], on)
    alone = [child for child in children if parents[child.pk] == {person.pk} and not child.login_reference]
    return [person, *alone]


def _requests(goers: Collection[Person]) -> list[UUID]:
    theirs = Q(members__person__in=goers, members__is_open=True) | Q(filed_by__in=goers)
    running = Request.objects.filter(theirs).exclude(state__in=_OVER).order_by("pk")
    return list(running.distinct().values_list("pk", flat=True))


def _take_back(actor: Actor, goers: Collection[Person], person: Person, at: datetime) -> None:
    """Take back every yes the person gave, and the questions to a person that nobody answered yet."""
    for one in Consent.objects.filter(given_by=person, withdrawn_at__isnull=True).select_related("person"):
        kind = Consent.Kind(one.kind)
        withdraw_consent(actor, person=one.person, kind=kind, reference=one.reference, given_by=person, at=at)
    for review in Review.objects.filter(asked_by=person, state=ReviewState.ASKED):
        withdraw_review(actor, review.pk, by=person, at=at)
    still_others = RequestMember.objects.filter(request=OuterRef("request")).exclude(person__in=goers)
    theirs = Wish.objects.filter(
        Q(request__filed_by__in=goers) | Q(request__members__person__in=goers), request__state__in=_OVER
    )
    Wish.objects.filter(pk__in=theirs.exclude(Exists(still_others)).values("pk")).delete()


def _forget(actor: Actor, person: Person, at: datetime) -> int:
    """Delete the rows that can go: first what was only said, then every table of the list."""
    _forget_what_was_only_said(actor, person, at)
    issuer, _bar, subject = (person.login_reference or "").partition("|")
    users = User.objects.filter(Q(person_id=person.pk) | Q(kind=User.Kind.CITIZEN, issuer=issuer, subject=subject))
    gone, _each = Submission.objects.filter(by__in=users.values("pk")).delete()
    gone += users.delete()[0]
    for table, paths in DELETED.items():
        about = Q()
        for path in paths:
            about |= Q(**{path: person.pk})
        number, _each = apps.get_model(table)._default_manager.filter(about).delete()
        gone += number
    return gone


def _forget_what_was_only_said(actor: Actor, person: Person, at: datetime) -> None:
    """Delete where the person said to be enrolled and no practice confirmed it; nothing hangs on that."""
    said = Enrolment.objects.filter(
        person=person, confirmed_at__isnull=True, source=Enrolment.Source.STATED, ended_by__isnull=True
    )
    for one in said:
        record(
            ENROLMENT_ENDED,
            actor=actor,
            at=at,
            person=person.pk,
            thing=one,
            practice_id=one.practice_id,
            on=day_in_amsterdam(at),
        )
    Confirmation.objects.filter(enrolment__in=said).delete()
    said.delete()
