# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tell everybody with an offer of a round that there is news: when it is made, and when it stands or not.

A job of its own does it, household by household, so that thousands of messages keep no round locked. Each message
has its key: done again, it is sent once.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from huisartsplek.audit.actors import Actor
from huisartsplek.notices.models import NoticeKind
from huisartsplek.requests.facts import load_facts
from huisartsplek.requests.messages import tell_household
from huisartsplek.requests.models import Offer, Request
from huisartsplek.rules.lifecycles import OfferState

TELL = "rounds.tell"
AT_ONCE = 500
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


def tell_everybody(actor: Actor, round_id: UUID, *, at: datetime) -> None:
    """Queue one message to each person of each household for the state its offer is in now."""
    offers = list(Offer.objects.filter(round_id=round_id, state__in=NEWS).order_by("pk"))
    for start in range(0, len(offers), AT_ONCE):
        chunk = offers[start : start + AT_ONCE]
        facts = load_facts(Request.objects.filter(pk__in=[offer.request_id for offer in chunk]))
        for offer in chunk:
            with transaction.atomic():
                kind = NEWS[OfferState(offer.state)]
                tell_household(actor, facts[offer.request_id], kind, reference=offer.pk, at=at)
