# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accept at once what everybody in a household said yes to before the round was published."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from huisartsplek.audit.actors import Actor, Ground
from huisartsplek.audit.events import OFFER_ANSWERED
from huisartsplek.audit.services import Line, advance_many, record_many
from huisartsplek.requests.beforehand import yeses_beforehand
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.models import Offer, OfferAnswer
from huisartsplek.rules.lifecycles import OfferEvent, RequestEvent

ON_CONSENT = Actor.system("rounds", ground=Ground.CONSENT)


def accept_beforehand(offers: Sequence[Offer], facts: Mapping[UUID, Facts], *, at: datetime) -> list[Offer]:
    """Say yes for those who asked for that, where it is everybody in the household; give the offers accepted.

    The system says it, on the ground of their consent. Each may still say no until the offer's deadline.
    """
    said = yeses_beforehand(facts, offers, at=at)
    accepted = [offer for offer in offers if offer.pk in said]
    if not accepted:
        return []
    answers = [
        OfferAnswer(
            offer=offer,
            person_id=person_id,
            says_yes=True,
            answered_by_id=person_id,
            answered_at=at,
            is_beforehand=True,
        )
        for offer in accepted
        for person_id in sorted(said[offer.pk])
    ]
    OfferAnswer.objects.bulk_create(answers)
    lines = [Line(one.person_id, one.offer, {"says_yes": True, "beforehand": True}) for one in answers]
    record_many(OFFER_ANSWERED, lines, actor=ON_CONSENT, at=at)
    advance_many(accepted, OfferEvent.ACCEPT, actor=ON_CONSENT, at=at)
    requests = [facts[offer.request_id].request for offer in accepted]
    advance_many(requests, RequestEvent.ACCEPT, actor=ON_CONSENT, at=at)
    return accepted
