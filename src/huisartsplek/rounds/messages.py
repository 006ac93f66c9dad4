# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tell everybody with an offer of a round that there is news: when it is made, and when it stands or not.

Jobs of their own do it, a portion of the households each, so that thousands of messages keep no round locked and
hold up no other work. Each message has its key: done again, it is sent once.
"""

import contextlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from huisartsplek.audit.actors import Actor
from huisartsplek.notices.models import NoticeKind
from huisartsplek.requests.beforehand import accepted_beforehand
from huisartsplek.requests.facts import load_facts
from huisartsplek.requests.messages import tell_household
from huisartsplek.requests.models import Offer, Request
from huisartsplek.rules.lifecycles import OfferState

TELL = "rounds.tell"
AT_ONCE = 100
NEWS = {
    OfferState.OPEN: NoticeKind.OFFER_MADE,
    OfferState.ACCEPTED: NoticeKind.OFFER_MADE,
    OfferState.STANDING: NoticeKind.MOVE_PLANNED,
    OfferState.LAPSED: NoticeKind.OFFER_LAPSED,
    OfferState.FALLEN: NoticeKind.OFFER_FELL,
}


def tell_after_commit(round_id: UUID) -> None:
    """Enqueue, in this transaction, that everybody with an offer of the round hears that there is news."""
    app.configure_task(TELL, lock=f"round-news:{round_id}").defer(round_id=str(round_id))


def tell_some(actor: Actor, round_id: UUID, *, at: datetime, after: UUID | None = None) -> None:
    """Queue one message to each person of the next households, for the state their offers are in now.

    The households are those with an offer behind `after`; whoever comes behind these is told in a job that follows.
    """
    offers = Offer.objects.filter(round_id=round_id, state__in=NEWS).order_by("pk")
    portion = list((offers.filter(pk__gt=after) if after else offers)[:AT_ONCE])
    facts = load_facts(Request.objects.filter(pk__in=[offer.request_id for offer in portion]))
    beforehand = accepted_beforehand(portion)
    for offer in portion:
        news = NoticeKind.OFFER_ACCEPTED_BEFOREHAND if offer.pk in beforehand else NEWS[OfferState(offer.state)]
        with transaction.atomic():
            tell_household(actor, facts[offer.request_id], news, reference=offer.pk, at=at)
    if len(portion) == AT_ONCE:
        _go_on(round_id, portion[-1].pk)


def _go_on(round_id: UUID, after: UUID) -> None:
    # A worker that died behind this enqueued it already.
    lock = f"round-news:{round_id}"
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        job = app.configure_task(TELL, lock=lock, queueing_lock=f"{lock}:{after}")
        job.defer(round_id=str(round_id), after=str(after))
