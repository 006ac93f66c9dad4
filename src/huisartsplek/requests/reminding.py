# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Remind who has not answered an offer, half-way and for the last day. By e-mail only: a letter comes too late."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.notices.models import NoticeKind
from huisartsplek.people.models import Person
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.messages import remind_people
from huisartsplek.requests.models import Offer, OfferAnswer
from huisartsplek.requests.voices import who_has_a_say
from huisartsplek.rules.answering import next_reminder
from huisartsplek.rules.lifecycles import OfferState


def offers_to_remind_of(at: datetime) -> list[UUID]:
    """Give the offers that nobody has answered whole and of which a reminder is due."""
    due = Offer.objects.filter(state=OfferState.OPEN, remind_at__lte=at)
    return list(due.order_by("remind_at").values_list("pk", flat=True))


def remind_of(actor: Actor, offer_id: UUID, *, at: datetime) -> list[Person]:
    """Remind everybody who has a say in an open offer and has not used it; give who they are.

    Done twice it is once. What fell due while nothing ran comes once, and never after the deadline.
    """
    with transaction.atomic():
        request_id = Offer.objects.values_list("request_id", flat=True).get(pk=offer_id)
        facts = lock_request(request_id)
        offer = Offer.objects.get(pk=offer_id)
        if offer.state != OfferState.OPEN or offer.remind_at is None or offer.remind_at > at:
            return []
        moment = offer.remind_at
        offer.remind_at = next_reminder(offer.made_at, offer.answer_by, after=at)
        offer.save(update_fields=["remind_at"])
        if at >= offer.answer_by:
            return []
        silent = _silent(facts, offer, at)
        reference = uuid5(offer.pk, f"reminder {moment.isoformat()}")
        return remind_people(actor, silent, NoticeKind.OFFER_REMINDER, reference=reference, at=at)


def _silent(facts: Facts, offer: Offer, at: datetime) -> list[Person]:
    answered = OfferAnswer.objects.filter(offer=offer).values_list("person_id", flat=True)
    asked = who_has_a_say(facts, at) - set(answered)
    return list(Person.objects.filter(pk__in=asked).order_by("pk"))
