# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Do you still look? Asked every ninety days, by two ways. Silence lets a request sleep; it never vanishes.

A request that sleeps is in no round and gets no offers, and stands in nobody's way. Who wakes it has their place
back: the moment from which they wait stays as it was.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import STILL_LOOKING_ASKED
from huisartsplek.audit.services import advance, begin
from huisartsplek.notices.models import NoticeKind
from huisartsplek.practices.locks import lock_places
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.messages import ask_household, tell_household
from huisartsplek.requests.models import Request, StillLooking
from huisartsplek.requests.permissions import may_act_on_request
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import RequestEvent, RequestState, StillLookingEvent, StillLookingState
from huisartsplek.rules.lifecycles.still_looking import ASKED_EVERY_DAYS, REMINDED_AFTER_DAYS, SLEEPS_AFTER_DAYS
from huisartsplek.rules.refusals import Refusal, RefusalCode

OPEN = (StillLookingState.ASKED, StillLookingState.REMINDED)
_PATIENCE = {
    StillLookingState.ASKED: timedelta(days=REMINDED_AFTER_DAYS),
    StillLookingState.REMINDED: timedelta(days=SLEEPS_AFTER_DAYS),
}


def requests_to_ask(at: datetime) -> list[UUID]:
    """Give the requests that wait and from whose household nothing was heard for ninety days."""
    return sorted(_to_ask(Request.objects.all(), at).values_list("pk", flat=True))


def _to_ask(among: QuerySet[Request], at: datetime) -> QuerySet[Request]:
    asked = StillLooking.objects.filter(request=OuterRef("pk"), state__in=OPEN)
    waiting = among.filter(~Exists(asked), state=RequestState.WAITING).exclude(round_entries__is_unsettled=True)
    heard = waiting.annotate(heard_at=Coalesce("still_at", "since"))
    return heard.filter(heard_at__lte=at - timedelta(days=ASKED_EVERY_DAYS))


def ask_still_looking(actor: Actor, request_id: UUID, *, at: datetime) -> StillLooking | None:
    """Ask one household whether it still looks; nothing where it was asked, or heard from, meanwhile."""
    with transaction.atomic():
        facts = lock_request(request_id)
        if not _to_ask(Request.objects.filter(pk=request_id), at).exists():
            return None
        question = StillLooking(request=facts.request)
        begin(
            question,
            kind=STILL_LOOKING_ASKED,
            actor=actor,
            at=at,
            person=facts.request.filed_by_id,
            request_id=request_id,
        )
        ask_household(actor, facts, NoticeKind.STILL_LOOKING, reference=question.pk, at=at)
    return question


def silent_questions(at: datetime) -> list[UUID]:
    """Give the questions that were met with silence long enough for the next step."""
    silent = [
        StillLooking.objects.filter(state=state, state_since__lte=at - patience)
        for state, patience in _PATIENCE.items()
    ]
    return sorted(pk for questions in silent for pk in questions.values_list("pk", flat=True))


def take_silence(actor: Actor, question_id: UUID, *, at: datetime) -> StillLooking:
    """Ask once more, or let the request sleep; what has an offer or is in a round is asked anew afterwards."""
    with transaction.atomic():
        request_id = StillLooking.objects.values_list("request_id", flat=True).get(pk=question_id)
        facts = lock_request(request_id)
        question = StillLooking.objects.get(pk=question_id)
        patience = _PATIENCE.get(StillLookingState(question.state))
        if patience is None or question.state_since > at - patience:
            return question
        who, still_at = facts.request.filed_by_id, facts.request.still_at
        if still_at is not None and still_at > question.state_since:  # they changed something meanwhile
            advance(question, StillLookingEvent.ANSWER, actor=actor, at=at, person=who)
        elif facts.request.state != RequestState.WAITING:
            advance(question, StillLookingEvent.DROP, actor=actor, at=at, person=who)
        elif question.state == StillLookingState.ASKED:
            advance(question, StillLookingEvent.REMIND, actor=actor, at=at, person=who)
            ask_household(actor, facts, NoticeKind.STILL_LOOKING_AGAIN, reference=question.pk, at=at)
        elif _is_in_a_round(facts):
            advance(question, StillLookingEvent.DROP, actor=actor, at=at, person=who)
        else:
            advance(question, StillLookingEvent.LAPSE, actor=actor, at=at, person=who)
            advance(facts.request, RequestEvent.SLEEP, actor=actor, at=at, person=who)
            tell_household(actor, facts, NoticeKind.SLEEPS, reference=question.pk, at=at)
    return question


def _is_in_a_round(facts: Facts) -> bool:
    """Tell whether others count on this locked request: a round is frozen with it, or is being frozen just now.

    Who freezes a round holds the places of its region while it reads who waits there: it has done so, or will find
    this request asleep.
    """
    lock_places(facts.request.wishes.values_list("practice_id", flat=True))
    return Request.objects.filter(pk=facts.request.pk, round_entries__is_unsettled=True).exists()


def say_still_looking(actor: Actor, request_id: UUID, *, at: datetime) -> Request:
    """Take it that a household still looks: a question is answered, and a request that sleeps waits again."""
    with transaction.atomic():
        facts = lock_request(request_id)
        request = facts.request
        if not may_act_on_request(actor, facts, on=day_in_amsterdam(at)):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        question = StillLooking.objects.filter(request=request, state__in=OPEN).first()
        if question is not None:
            advance(question, StillLookingEvent.ANSWER, actor=actor, at=at, person=request.filed_by_id)
        if request.state == RequestState.SLEEPING:
            advance(request, RequestEvent.WAKE, actor=actor, at=at, person=request.filed_by_id)
        elif question is None:
            raise Refusal(RefusalCode.CHANGED_MEANWHILE)
        Request.objects.filter(pk=request_id).update(still_at=at)
        request.still_at = at
    return request


def question_of(request_id: UUID) -> StillLooking | None:
    """Give the question that a household has not answered yet, in words or by changing something."""
    unheard = Q(request__still_at__isnull=True) | Q(request__still_at__lte=F("state_since"))
    return StillLooking.objects.filter(unheard, request_id=request_id, state__in=OPEN).first()
