# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Write who got a place in the year before, with the steps their requests and moves went through."""

from collections.abc import Sequence
from datetime import datetime

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import MOVE_PLANNED, REQUEST_FILED
from huisartsplek.audit.services import advance_many, begin_many
from huisartsplek.enrolments.models import Enrolment, Move
from huisartsplek.people.models import Consent, Household, Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import Request, RequestMember, Wish
from huisartsplek.rules.lifecycles import MoveEvent, RequestEvent
from huisartsplek.simulator.world_history import PastPlacement

_ROWS_AT_ONCE = 2000


def load_history(
    actor: Actor, history: Sequence[PastPlacement], practices: Sequence[Practice], *, at: datetime
) -> None:
    """Write households of one who waited, moved and are patients now."""
    households = Household.objects.bulk_create([Household() for _ in history], batch_size=_ROWS_AT_ONCE)
    people = Person.objects.bulk_create(
        [_person(past, practices[past.practice], home) for past, home in zip(history, households, strict=True)],
        batch_size=_ROWS_AT_ONCE,
    )
    requests = [
        Request(
            household=person.household,
            filed_by=person,
            since=past.since,
            region_id=practices[past.practice].region_id,
            own_moment_at=at,
        )
        for past, person in zip(history, people, strict=True)
    ]
    begin_many(requests, kind=REQUEST_FILED, actor=actor, at=at, members=1, wishes=1)
    RequestMember.objects.bulk_create(
        [
            RequestMember(request=request, person=person, is_open=False)
            for request, person in zip(requests, people, strict=True)
        ],
        batch_size=_ROWS_AT_ONCE,
    )
    Wish.objects.bulk_create(
        [
            Wish(request=request, practice=practices[past.practice], rank=1)
            for past, request in zip(history, requests, strict=True)
        ],
        batch_size=_ROWS_AT_ONCE,
    )
    Consent.objects.bulk_create(
        [
            Consent(
                person=person,
                kind=Consent.Kind.TAKE_PART,
                reference=request.pk,
                given_by=person,
                given_at=request.since,
            )
            for request, person in zip(requests, people, strict=True)
        ],
        batch_size=_ROWS_AT_ONCE,
    )
    _move(actor, history, requests, practices, at)
    advance_many(requests, RequestEvent.ADMIT, actor=actor, at=at)
    advance_many(requests, RequestEvent.CARRY_OUT, actor=actor, at=at)


def _person(past: PastPlacement, practice: Practice, household: Household) -> Person:
    return Person(
        household=household,
        given_name=past.given_name,
        family_name=past.family_name,
        birth_date=past.birth_date,
        postcode=practice.postcode,
        place=practice.place,
        longitude=practice.longitude,
        latitude=practice.latitude,
    )


def _move(
    actor: Actor,
    history: Sequence[PastPlacement],
    requests: Sequence[Request],
    practices: Sequence[Practice],
    at: datetime,
) -> None:
    begun = [
        Enrolment(
            person_id=request.filed_by_id,
            practice=practices[past.practice],
            starts_on=past.switched_on,
            source=Enrolment.Source.MOVED_HERE,
            confirmed_at=past.sure_at,
        )
        for past, request in zip(history, requests, strict=True)
    ]
    Enrolment.objects.bulk_create(begun, batch_size=_ROWS_AT_ONCE)
    moves = [
        Move(
            person_id=request.filed_by_id,
            request_id=request.pk,
            to_practice=practices[past.practice],
            way=Move.Way.ROUND if past.by_round else Move.Way.QUEUE,
            sure_at=past.sure_at,
            switch_on=past.switched_on,
            begun=enrolment,
        )
        for past, request, enrolment in zip(history, requests, begun, strict=True)
    ]
    begin_many(moves, kind=MOVE_PLANNED, actor=actor, at=at)
    advance_many(moves, MoveEvent.SWITCH, actor=actor, at=at)
    advance_many(moves, MoveEvent.REGISTER, actor=actor, at=at)
