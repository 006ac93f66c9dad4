# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/aanbod/<offer>/nee`: what a no to an offer means and what one keeps, before it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.requests.models import Offer
from huisartsplek.requests.offers import answer_offer
from huisartsplek.requests.queries import offer_of
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.household import listed
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from uuid import UUID

    from huisartsplek.people.models import Person


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def say_no(request: HttpRequest, reader: Person, offer_id: UUID) -> HttpResponseBase:
    """Repeat what a no means, and take it."""
    actor, at = actor_from(request), current_moment()
    own = offer_of(actor, offer_id, at=at)
    if own is None:
        raise Http404
    if request.method == "POST":
        try:
            answer_offer(actor, offer_id, person=reader, answered_by=reader, says_yes=False, at=at)
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            text = _("Uw antwoord is bewaard. U zei nee. U houdt uw huisarts en uw plek in de rij.")
            messages.success(request, text)
        return redirect("citizen:home")
    if not own.is_open(at=at) or not own.has_a_say:
        return redirect("citizen:offer", offer_id)
    context = {
        "own": own,
        "many": len(own.members) > 1,
        "is_round": own.offer.way == Offer.Way.ROUND,
        "here": listed([one.name for one in own.here]),
        "has_others": any(voter.person.pk != reader.pk for voter in own.voters),
    }
    return render(request, "web/citizen/say_no.html", context)
