# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Giving a turn back after a proven error: one coordinator proposes it, another confirms it.

A turn is a date, or going first within one's class in the next round: the order everybody goes by. Nobody gets a
place by it, no rule is set aside, and a round that is frozen stays as it is.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from huisartsplek.audit.actors import Actor, ActorKind
from huisartsplek.audit.events import CORRECTION_PROPOSED, TURN_RESTORED, Fact
from huisartsplek.audit.services import Line, advance, begin, record_many
from huisartsplek.notices.models import NoticeKind
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.messages import tell_household
from huisartsplek.requests.models import Request, RequestMember, Review
from huisartsplek.rounds.models import Correction
from huisartsplek.rules.corrections import CORRECTABLE_DAYS, ERRORS_FOUND, ProvenError, TurnBack
from huisartsplek.rules.lifecycles import (
    CorrectionEvent,
    CorrectionState,
    RequestState,
    ReviewState,
)
from huisartsplek.rules.refusals import Refusal, RefusalCode

OVER = (RequestState.MET, RequestState.WITHDRAWN)


def propose_correction(
    actor: Actor,
    review_id: UUID,
    region_ids: Collection[UUID],
    *,
    error: ProvenError,
    gives: TurnBack,
    since: datetime | None,
    at: datetime,
) -> Correction:
    """Propose to give the turn back of whoever asked a question in which an error was found. Nothing changes yet.

    A date is that of an earlier request of the same people: it was theirs, and nobody makes one up.
    """
    with transaction.atomic():
        review = Review.objects.filter(pk=review_id, region_id__in=region_ids).first()
        user_id = _coordinator(actor)
        if review is None:
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        facts = lock_request(review.request_id)
        review.refresh_from_db()
        _require_an_error(review, at)
        _require_running(facts)
        if gives.gives_date != (since is not None) or (since and since not in earlier_dates(facts.request)):
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, gives=gives)
        if review.corrections.filter(state__in=[CorrectionState.PROPOSED, CorrectionState.CONFIRMED]).exists():
            raise Refusal(RefusalCode.CHANGED_MEANWHILE)
        correction = Correction(
            review=review,
            request=facts.request,
            region_id=review.region_id,
            error=error,
            gives=gives,
            since=since,
            proposed_by=user_id,
            proposed_at=at,
        )
        begin(
            correction,
            kind=CORRECTION_PROPOSED,
            actor=actor,
            at=at,
            person=review.asked_by_id,
            **_facts(correction),
        )
    return correction


def confirm_correction(
    actor: Actor, correction_id: UUID, region_ids: Collection[UUID], *, at: datetime
) -> Correction:
    """Give the turn back, as a second person: never the one who proposed it. The household hears why."""
    with transaction.atomic():
        correction, facts = _locked(correction_id, region_ids)
        _decide(actor, correction, CorrectionEvent.CONFIRM, at)
        _require_running(facts)
        _restore(actor, facts, correction, at)
        tell_household(actor, facts, NoticeKind.TURN_RESTORED, reference=correction.pk, at=at)
    return correction


def reject_correction(
    actor: Actor, correction_id: UUID, region_ids: Collection[UUID], *, at: datetime
) -> Correction:
    """Say, as a second person, that the error is not proven: nothing changes, another proposal may be made."""
    with transaction.atomic():
        correction, _ = _locked(correction_id, region_ids)
        _decide(actor, correction, CorrectionEvent.REJECT, at)
    return correction


def withdraw_correction(
    actor: Actor, correction_id: UUID, region_ids: Collection[UUID], *, at: datetime
) -> Correction:
    """Take one's own proposal back while nobody has decided on it."""
    with transaction.atomic():
        correction, _ = _locked(correction_id, region_ids)
        if correction.proposed_by != _coordinator(actor):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        advance(correction, CorrectionEvent.WITHDRAW, actor=actor, at=at, person=correction.review.asked_by_id)
    return correction


def earlier_dates(request: Request) -> list[datetime]:
    """Give the dates that its people had before, oldest first: of ended requests that all of them were in."""
    members = set(RequestMember.objects.filter(request=request).values_list("person_id", flat=True))
    of_one = RequestMember.objects.filter(request=OuterRef("pk"), person__in=members)
    ended = Request.objects.filter(Exists(of_one), state=RequestState.WITHDRAWN, since__lt=request.since)
    return [
        one.since
        for one in ended.prefetch_related("members").order_by("since")
        if members and members <= {member.person_id for member in one.members.all()}
    ]


def corrections_waiting(region_ids: Collection[UUID]) -> list[Correction]:
    """List what waits for a second person in these regions, most urgent first."""
    waiting = Correction.objects.filter(region_id__in=region_ids, state=CorrectionState.PROPOSED)
    return list(waiting.select_related("review__practice", "review__region").order_by("deadline_at", "pk"))


def reviews_to_mend(region_ids: Collection[UUID], *, at: datetime) -> list[Review]:
    """List the questions of these regions in which an error was found and nobody has proposed anything yet."""
    running = Correction.objects.filter(
        review=OuterRef("pk"), state__in=[CorrectionState.PROPOSED, CorrectionState.CONFIRMED]
    )
    found = Review.objects.filter(
        ~Exists(running),
        region_id__in=region_ids,
        state=ReviewState.ANSWERED,
        answer__in=ERRORS_FOUND,
        state_since__gt=at - timedelta(days=CORRECTABLE_DAYS),
    ).exclude(request__state__in=OVER)
    return list(found.select_related("practice", "region").order_by("state_since", "pk"))


def correction_in(region_ids: Collection[UUID], correction_id: UUID) -> Correction | None:
    """Give one proposal of these regions; another region's does not exist."""
    found = Correction.objects.filter(pk=correction_id, region_id__in=region_ids)
    return found.select_related("review__practice", "review__region", "request").first()


def review_in(region_ids: Collection[UUID], review_id: UUID) -> Review | None:
    """Give one question to these regions; another region's does not exist."""
    found = Review.objects.filter(pk=review_id, region_id__in=region_ids)
    return found.select_related("practice", "region", "request").first()


def may_be_mended(review: Review, *, at: datetime) -> bool:
    """Tell whether an error was found in it, and nobody has proposed anything yet."""
    return review in reviews_to_mend([review.region_id], at=at)


def turns_restored(review_ids: Collection[UUID]) -> dict[UUID, Correction]:
    """Give by question the turn that was given back; the caller may see the questions."""
    confirmed = Correction.objects.filter(review__in=list(review_ids), state=CorrectionState.CONFIRMED)
    return {one.review_id: one for one in confirmed}


def _coordinator(actor: Actor) -> UUID:
    if actor.kind is not ActorKind.STAFF or actor.user_id is None:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    return actor.user_id


def _require_an_error(review: Review, at: datetime) -> None:
    is_found = review.state == ReviewState.ANSWERED and review.answer in ERRORS_FOUND
    if not is_found or review.state_since <= at - timedelta(days=CORRECTABLE_DAYS):
        raise Refusal(RefusalCode.NOT_ALLOWED_NOW, lifecycle="review", state=review.state, event="correct")


def _require_running(facts: Facts) -> None:
    if facts.request.state in OVER:
        raise Refusal(RefusalCode.NOT_ALLOWED_NOW, lifecycle="request", state=facts.request.state, event="correct")


def _locked(correction_id: UUID, region_ids: Collection[UUID]) -> tuple[Correction, Facts]:
    found = correction_in(region_ids, correction_id)
    if found is None:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    facts = lock_request(found.request_id)
    found.refresh_from_db(fields=["state", "decided_by"])
    return found, facts


def _decide(actor: Actor, correction: Correction, event: CorrectionEvent, at: datetime) -> None:
    user_id = _coordinator(actor)
    if user_id == correction.proposed_by:
        raise Refusal(RefusalCode.SECOND_PERSON_NEEDED)
    if correction.state != CorrectionState.PROPOSED:
        raise Refusal(RefusalCode.ALREADY_ANSWERED)
    # First who decides, as the database refuses a decision without a second person.
    correction.decided_by = user_id
    correction.save(update_fields=["decided_by"])
    advance(correction, event, actor=actor, at=at, person=correction.review.asked_by_id, reason=correction.error)


def _restore(actor: Actor, facts: Facts, correction: Correction, at: datetime) -> None:
    request, gives = facts.request, TurnBack(correction.gives)
    if correction.since is not None:
        # Never later than what they have: a wish to mend must not cost them their place.
        request.since = min(request.since, correction.since)
    if gives.goes_first:
        request.goes_first = True
    request.save(update_fields=["since", "goes_first"])
    lines = [Line(member.pk, correction, _facts(correction)) for member in facts.members]
    record_many(TURN_RESTORED, lines, actor=actor, at=at)


def _facts(correction: Correction) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "request_id": correction.request_id,
        "reason": correction.error,
        "gives": correction.gives,
    }
    return facts if correction.since is None else facts | {"since": correction.since}
