# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The other people of the demo world, who answer their offers as people do: most say yes, some say no.

They answer through the same service as everybody. Whoever one can log in as is left to answer for themselves.
"""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from huisartsplek.audit.actors import Actor
from huisartsplek.demo.models import DemoPerson
from huisartsplek.people.models import Person
from huisartsplek.requests.facts import load_facts
from huisartsplek.requests.models import Offer, Request, StillLooking
from huisartsplek.requests.offers import answer_offer
from huisartsplek.requests.still_looking import OPEN, say_still_looking
from huisartsplek.requests.voices import who_has_a_say
from huisartsplek.rules.lifecycles import OfferState
from huisartsplek.rules.refusals import Refusal

SAY_NO_IN_A_HUNDRED = 5
AT_ONCE = 50


def offers_to_answer(after: UUID | None = None) -> QuerySet[Offer]:
    """Give the open offers, behind this one, of households in which nobody can log in."""
    ours = {pk for pk in DemoPerson.objects.values_list("person_id", flat=True) if pk is not None}
    open_ = Offer.objects.filter(state=OfferState.OPEN)
    if after is not None:
        open_ = open_.filter(pk__gt=after)
    return open_.exclude(request__members__person_id__in=ours).order_by("pk").distinct()


def let_some_answer(actor: Actor, *, at: datetime, after: UUID | None = None) -> UUID | None:
    """Let the next whose answer is needed give it; returns the last offer, or nothing when none are behind it."""
    offers = list(offers_to_answer(after)[:AT_ONCE])
    facts = load_facts(Request.objects.filter(pk__in=[offer.request_id for offer in offers]))
    for offer in offers:
        voices = who_has_a_say(facts[offer.request_id], at)
        says_yes = not _says_no(offer.request_id)
        for person in Person.objects.filter(pk__in=voices).order_by("pk"):
            try:
                answer_offer(actor, offer.pk, person=person, answered_by=person, says_yes=says_yes, at=at)
            except Refusal:
                break  # answered, or past its deadline, meanwhile
            if not says_yes:
                break
    return offers[-1].pk if len(offers) == AT_ONCE else None


def let_some_still_look(actor: Actor, *, at: datetime) -> int:
    """Let those who were asked whether they still look say so, but for a few who keep silent; returns how many."""
    ours = [pk for pk in DemoPerson.objects.values_list("person_id", flat=True) if pk is not None]
    asked = StillLooking.objects.filter(state__in=OPEN).exclude(request__members__person_id__in=ours)
    said = 0
    for request_id in asked.order_by("pk").values_list("request_id", flat=True):
        if not _says_no(request_id):
            say_still_looking(actor, request_id, at=at)
            said += 1
    return said


def _says_no(request_id: UUID) -> bool:
    """Decide by the request's own id, so that asking twice gives the same answer."""
    return int(hashlib.sha256(request_id.bytes).hexdigest(), 16) % 100 < SAY_NO_IN_A_HUNDRED
