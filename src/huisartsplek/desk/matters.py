# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a letter can be answered about by telephone, and the code that does so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from huisartsplek.desk.models import LetterCode, Matter
from huisartsplek.enrolments.models import Move
from huisartsplek.notices.codes import code_of, digests_of
from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.requests.models import Offer, Request, Review
from huisartsplek.rules.lifecycles import OfferState, RequestState

CODE_WORKS = timedelta(days=28)  # where the matter itself has no deadline
WITHOUT_CODE = frozenset({NoticeKind.PHONE_CODE, NoticeKind.HELPED})
_OVER = (RequestState.MET, RequestState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Answerable:
    """One matter of a letter, and until when its code works."""

    matter: Matter
    matter_id: UUID
    until: datetime


def answerable(notice: Notice) -> Answerable | None:
    """Find what the letter of a message can be answered about; nothing where there is nothing to say."""
    if notice.kind in WITHOUT_CODE:
        return None
    offer = offer_told_of(notice)
    if offer is not None and offer.state in {OfferState.OPEN, OfferState.ACCEPTED}:
        return Answerable(Matter.OFFER, offer.pk, offer.answer_by)
    request_id = _request_told_of(notice, offer)
    return None if request_id is None else Answerable(Matter.REQUEST, request_id, notice.state_since + CODE_WORKS)


def offer_told_of(notice: Notice) -> Offer | None:
    """Give the offer that a message is about."""
    if notice.about is None:
        return None
    return Offer.objects.filter(pk=notice.about).select_related("practice", "request").first()


def move_told_of(notice: Notice) -> Move | None:
    """Give the move that a message is about: that of the person themselves."""
    offer = offer_told_of(notice)
    named = Move.objects.filter(pk=notice.about).first() if notice.about else None
    request_id = offer.request_id if offer is not None else named.request_id if named is not None else None
    moves = (
        Move.objects.filter(request_id=request_id, person_id=notice.person_id)
        if request_id
        else Move.objects.none()
    )
    return moves.select_related("to_practice").order_by("-sure_at").first()


def _request_told_of(notice: Notice, offer: Offer | None) -> UUID | None:
    if offer is not None:
        return offer.request_id
    for model in (Move, Review):
        told_of = (
            model._default_manager.filter(pk=str(notice.about)) if notice.about else model._default_manager.none()
        )
        found = told_of.values_list("request_id", flat=True).first()
        if found is not None:
            return found
    running = Request.objects.filter(members__person_id=notice.person_id).exclude(state__in=_OVER)
    return running.order_by("-since").values_list("pk", flat=True).first()


def request_moved_by(move_id: UUID) -> UUID | None:
    """Give the request that a move is part of."""
    return Move.objects.filter(pk=move_id).values_list("request_id", flat=True).first()


def give_code(notice: Notice) -> str:
    """Give the code for the letter of a message and let it work until its matter's deadline; empty without one."""
    found = answerable(notice)
    if found is None:
        return ""
    code = code_of(notice.pk)
    with transaction.atomic():
        told = {"notice_id": notice.pk, "person_id": notice.person_id, "expires_at": found.until}
        told |= {"matter": found.matter, "matter_id": found.matter_id}
        LetterCode.objects.update_or_create(digest=digests_of(code)[0], defaults=told)
    return code
