# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A place for the time being: somebody takes a lower wish, and keeps waiting for what they want more.

They keep the moment from which they wait and the priority class in which they waited. Until their interim practice
has recorded them they get no other offer: one move is finished before the next begins.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import INTERIM_CHOSEN
from huisartsplek.audit.services import advance, record
from huisartsplek.enrolments.models import Enrolment, Move
from huisartsplek.enrolments.queries import OPEN_MOVE_STATES
from huisartsplek.notices.models import NoticeKind
from huisartsplek.practices.models import PolicyVersion, Practice
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.messages import tell_household
from huisartsplek.requests.models import Offer, Request, Wish
from huisartsplek.requests.permissions import may_act_on_request
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.intake import Admitted
from huisartsplek.rules.lifecycles import MoveState, OfferState, RequestEvent, RequestState
from huisartsplek.rules.refusals import Refusal, RefusalCode


def keep_waiting(actor: Actor, request_id: UUID, practice_id: UUID, *, keeps: bool, at: datetime) -> Request:
    """Say whether a household that has a place offered or coming goes on waiting for what it wants more."""
    with transaction.atomic():
        facts = lock_request(request_id)
        request = facts.request
        if not may_act_on_request(actor, facts, on=day_in_amsterdam(at)):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        if _goes_to(request) != practice_id:
            raise Refusal(
                RefusalCode.NOT_ALLOWED_NOW, lifecycle="request", state=request.state, event="keep_waiting"
            )
        if keeps and not wishes_above(request.pk, practice_id):
            raise Refusal(RefusalCode.NO_WISHES)
        if (request.interim_at_id == practice_id) != keeps:
            request.interim_at_id = practice_id if keeps else None
            request.save(update_fields=["interim_at"])
            record(
                INTERIM_CHOSEN, actor=actor, at=at, person=request.filed_by_id, thing=request, keeps_waiting=keeps
            )
    return request


def _goes_to(request: Request) -> UUID | None:
    """Give the practice that has offered this household a place, or to which it is on its way."""
    offer = Offer.objects.filter(request=request, state__in=[OfferState.OPEN, OfferState.ACCEPTED]).first()
    if offer is not None:
        return offer.practice_id
    move = Move.objects.filter(request_id=request.pk, state=MoveState.PLANNED).first()
    return None if move is None else move.to_practice_id


def wishes_above(request_id: UUID, practice_id: UUID) -> list[Practice]:
    """Give what a household wants more than this practice, best first."""
    wishes = list(Wish.objects.filter(request_id=request_id).select_related("practice").order_by("rank"))
    rank = next((wish.rank for wish in wishes if wish.practice_id == practice_id), None)
    return [wish.practice for wish in wishes if rank is None or wish.rank < rank]


def go_on_waiting(actor: Actor, facts: Facts, *, at: datetime) -> bool:
    """Let a locked request whose places just changed hands go on, if the household chose so; False if it is met.

    `facts` are those from before the switch: they say in which class the household waited.
    """
    request = facts.request
    practice_id = request.interim_at_id
    arrived = Move.objects.filter(request_id=request.pk, to_practice_id=practice_id, state=MoveState.SWITCHED)
    if practice_id is None or not arrived.exists():
        return False
    above = wishes_above(request.pk, practice_id)
    if not above:
        return False
    Wish.objects.filter(request=request).exclude(practice__in=above).delete()
    request.kept_class = facts.priority_class()
    request.interim_at_id = None
    request.own_moment_at = None
    request.still_at = at
    request.version += 1
    request.save(update_fields=["kept_class", "interim_at", "own_moment_at", "still_at", "version"])
    advance(request, RequestEvent.GO_ON, actor=actor, at=at, person=request.filed_by_id, practice_id=practice_id)
    reference = uuid5(request.pk, f"interim {practice_id}")
    tell_household(actor, facts, NoticeKind.MOVED, reference=reference, at=at)
    return True


def arrived_requests() -> list[UUID]:
    """Give the requests whose interim practice has recorded everybody, or never will."""
    underway = Move.objects.filter(request_id=OuterRef("pk"), state__in=OPEN_MOVE_STATES)
    found = Request.objects.filter(~Exists(underway), state=RequestState.ARRIVING)
    return sorted(found.values_list("pk", flat=True))


def wait_again(actor: Actor, request_id: UUID, *, at: datetime) -> bool:
    """Let a household that has arrived at its interim practice wait again, with its turn; False if it does."""
    with transaction.atomic():
        request = lock_request(request_id).request
        underway = Move.objects.filter(request_id=request_id, state__in=OPEN_MOVE_STATES)
        if request.state != RequestState.ARRIVING or underway.exists():
            return False
        advance(request, RequestEvent.ARRIVE, actor=actor, at=at, person=request.filed_by_id)
    return True


@dataclass(frozen=True, slots=True)
class Interim:
    """What a household that takes a lower wish for the time being may go on waiting for."""

    practice: Practice
    above: Sequence[Practice]
    lost: Sequence[Practice]  # of those: whose own rule takes nobody who has a GP
    is_chosen: bool


def interim_of(facts: Facts, practice: Practice, *, on: date) -> Interim | None:
    """Tell what a household may go on waiting for if it takes this place; nothing where this is its first wish."""
    above = wishes_above(facts.request.pk, practice.pk)
    if not above:
        return None
    lost = _lost(facts, above, practice.pk, on)
    return Interim(practice, above, lost, facts.request.interim_at_id == practice.pk)


def _lost(facts: Facts, above: Collection[Practice], practice_id: UUID, on: date) -> list[Practice]:
    """Give the practices that admit the household today and would not once it is a patient of this one."""
    versions = PolicyVersion.objects.filter(practice__in=above, replaced_at__isnull=True)
    policies: Mapping[UUID, PolicyVersion] = {version.practice_id: version for version in versions}
    enrolments = {
        member.pk: Enrolment(person=member, practice_id=practice_id, starts_on=on) for member in facts.members
    }
    later = replace(facts, enrolments=enrolments, denied=set())

    def admits(who: Facts, practice: Practice) -> bool:
        return isinstance(who.assess_in_round(practice, policies[practice.pk].value(), on=on), Admitted)

    known = [practice for practice in above if practice.pk in policies]
    return [practice for practice in known if admits(facts, practice) and not admits(later, practice)]
