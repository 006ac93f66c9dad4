# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""While somebody waits: "do you still look", waking a request, a place for the time being, and what would help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.requests.advice import Advice, Helps
from huisartsplek.requests.interim import Interim, interim_of, keep_waiting
from huisartsplek.requests.queries import OwnRequest, request_of
from huisartsplek.requests.still_looking import say_still_looking
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.household import listed
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.citizen.wish_cards import band_text
from huisartsplek.web.components.wording import day, distance
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from huisartsplek.people.models import Person


def _own(request: HttpRequest, request_id: UUID, at: datetime) -> OwnRequest:
    own = request_of(actor_from(request), request_id, at=at)
    if own is None or not own.may_change:
        raise Http404
    return own


@policy(citizen_or_desk())
@require_POST
@for_the_described
def still_looking(request: HttpRequest, reader: Person, request_id: UUID) -> HttpResponseBase:
    """Say that one still looks, or wake a request that sleeps."""
    del reader
    at = current_moment()
    own = _own(request, request_id, at)
    try:
        say_still_looking(actor_from(request), own.request.pk, at=at)
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
    else:
        messages.success(request, _("Dank u. Uw verzoek doet mee. U houdt de plek in de rij die u had."))
    return redirect("citizen:home")


@policy(citizen_or_desk())
@require_POST
@for_the_described
def interim(request: HttpRequest, reader: Person, request_id: UUID, practice_id: UUID) -> HttpResponseBase:
    """Choose whether one keeps waiting for higher wishes while going to this practice."""
    del reader
    at = current_moment()
    own = _own(request, request_id, at)
    if request.POST.get("antwoord") not in {"ja", "nee"}:
        raise Http404
    keeps = request.POST["antwoord"] == "ja"
    try:
        keep_waiting(actor_from(request), own.request.pk, practice_id, keeps=keeps, at=at)
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
    else:
        kept = _("U blijft wachten op uw hogere wensen. U houdt uw plek in de rij.")
        ended = _("U blijft niet wachten. Na de overstap is uw verzoek klaar.")
        messages.success(request, kept if keeps else ended)
    return redirect("citizen:home")


@dataclass(frozen=True, slots=True)
class InterimChoice:
    """The choice to keep waiting, as pages show it."""

    url: str
    practice: str
    above: str
    lost: str
    is_chosen: bool


def interim_choice(own: OwnRequest, *, at: datetime) -> InterimChoice | None:
    """Give that choice to who may change a request that has a place offered or coming, below its first wish."""
    practice = own.offer.practice if own.offer else own.moves[0].to_practice if own.moves else None
    if practice is None or not own.may_change:
        return None
    found: Interim | None = interim_of(own.facts, practice, on=day_in_amsterdam(at))
    if found is None:
        return None
    return InterimChoice(
        url=reverse("citizen:interim", args=[own.request.pk, practice.pk]),
        practice=practice.name,
        above=listed([one.name for one in found.above]),
        lost=listed([one.name for one in found.lost]),
        is_chosen=found.is_chosen,
    )


@dataclass(frozen=True, slots=True)
class AdviceCard:
    """One thing that would help: what, and where to do it; without an address there is nothing to do."""

    text: str
    url: str = ""
    link: str = ""


def advice_cards(own: OwnRequest, advice: Iterable[Advice]) -> list[AdviceCard]:
    """Put what would help in plain words."""
    return [_card(own, one) for one in advice]


def _card(own: OwnRequest, one: Advice) -> AdviceCard:
    name = {
        "practice": one.practice.name,
        "away": distance(one.km) if one.km is not None else "",
        "band": band_text(one.standing.own) if one.standing else "",
        "day": day(one.from_) if one.from_ else "",
    }
    texts = {
        Helps.PLACE_NOW: _("Bij %(practice)s (%(away)s) is nu plek. De regel van deze praktijk laat u toe."),
        Helps.SHORTER_QUEUE: _(
            "Bij %(practice)s (%(away)s) wachten minder mensen vóór u. U komt daar op %(band)s in uw groep."
        ),
        Helps.SWAPS_TOO: _(
            "%(practice)s (%(away)s) ruilt. Zet u deze praktijk in uw wensen, dan doet u daar mee in de volgende"
            " ronde."
        ),
        Helps.CONFIRMATION: _(
            "%(practice)s heeft nog niet gezegd dat u daar patiënt bent. Tot die tijd kunt u uw plek niet ruilen."
            " U mag de praktijk erom vragen."
        ),
        Helps.HELD_LONGER: _("Uw plek bij %(practice)s kunt u ruilen vanaf %(day)s."),
    }
    if one.helps in {Helps.CONFIRMATION, Helps.HELD_LONGER} or not own.may_change:
        return AdviceCard(texts[one.helps] % name)
    return AdviceCard(
        texts[one.helps] % name,
        reverse("citizen:add_wish", args=[own.request.pk, one.practice.slug]),
        _("Zet %(practice)s bij uw wensen") % name,
    )
