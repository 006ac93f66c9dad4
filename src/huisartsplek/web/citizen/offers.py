# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/aanbod/<offer>`: a place for the household, and everybody's yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.requests.models import Offer
from huisartsplek.requests.offers import answer_offer
from huisartsplek.requests.queries import OwnOffer, Voter, offer_of
from huisartsplek.rounds.queries import exchange_of
from huisartsplek.rules.dates import answer_deadline
from huisartsplek.rules.lifecycles import OfferState
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.household import listed
from huisartsplek.web.citizen.naming import naming_question, said_naming
from huisartsplek.web.citizen.offer_map import offer_map, practices_on_map, what_one_wins
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.citizen.waiting import interim_choice
from huisartsplek.web.citizen.wish_cards import travel_time
from huisartsplek.web.components.parts import PersonRow, Side
from huisartsplek.web.components.wording import deadline, distance, weekday_with_year
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from huisartsplek.people.models import Person
    from huisartsplek.practices.models import Practice
    from huisartsplek.web.components.parts import Text


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def offer(request: HttpRequest, reader: Person, offer_id: UUID) -> HttpResponseBase:
    """Show an offer, and take a yes to it; a no is said on a page of its own."""
    actor, at = actor_from(request), current_moment()
    own = offer_of(actor, offer_id, at=at)
    if own is None:
        raise Http404
    if request.method == "POST" and request.POST.get("antwoord") == "nee":
        return redirect("citizen:say_no", offer_id)
    if request.method == "POST" and request.POST.get("antwoord") == "ja":
        may_name = said_naming(request, naming_question(own.request, at=at))
        try:
            answered = answer_offer(
                actor, offer_id, person=reader, answered_by=reader, says_yes=True, at=at, may_name=may_name
            )
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            messages.success(request, _answered(answered))
        return redirect("citizen:home")
    return render(request, "web/citizen/offer.html", _context(own, at))


def _answered(offer: Offer) -> str:
    if offer.state == OfferState.STANDING:
        return _("Uw antwoord is bewaard. U stapt op %(day)s over. Tot die dag verandert er niets.") % {
            "day": weekday_with_year(offer.switch_on)
        }
    if offer.way == Offer.Way.QUEUE:
        return _("Uw antwoord is bewaard. U zei ja. Nu wachten wij op de anderen in uw gezin.")
    return _("Uw antwoord is bewaard. U zei ja. U kunt zich bedenken tot %(deadline)s.") % {
        "deadline": deadline(offer.answer_by)
    }


def _context(own: OwnOffer, at: datetime) -> dict[str, object]:
    others = [voter for voter in own.voters if voter.person.pk != own.viewer.pk]
    return {
        "own": own,
        "now": at,
        "naming": naming_question(own.request, at=at) if own.has_a_say else None,
        "is_open": own.is_open(at=at),
        "interim": interim_choice(own.request, at=at),
        "many": len(own.members) > 1,
        "is_round": own.offer.way == Offer.Way.ROUND,
        "here": own.here[0] if len(own.here) == 1 else None,
        "side_now": Side(_("Nu"), _here_name(own), _far(own.km_now), _travel(own.km_now)),
        "side_then": Side(
            _("Vanaf %(day)s") % {"day": weekday_with_year(own.offer.switch_on)},
            _with_place(own.practice),
            _far(own.km_then),
            _travel(own.km_then),
        ),
        "won": what_one_wins(own.km_now, own.km_then),
        "map": offer_map(own, at=at),
        "on_map": practices_on_map(own),
        "why_longer": _why_longer(own),
        "facts": _what_changes(own),
        "voters": [_row(voter, own, is_open=own.is_open(at=at)) for voter in own.voters],
        "has_others": bool(others),
        "outcome": _outcome(own, at),
    }


def _with_place(practice: Practice) -> str:
    return f"{practice.name}, {practice.place}" if practice.place else practice.name


def _here_name(own: OwnOffer) -> str:
    if not own.here:
        return _("Geen huisarts bekend")
    return _with_place(own.here[0]) if len(own.here) == 1 else listed([one.name for one in own.here])


def _far(km: float | None) -> str:
    return "" if km is None else distance(km)


def _travel(km: float | None) -> str:
    return "" if km is None else travel_time(km)


def _what_changes(own: OwnOffer) -> list[tuple[Text, object]]:
    switch = weekday_with_year(own.offer.switch_on)
    facts: list[tuple[Text, object]] = []
    if own.here:
        text = _(
            "%(here)s blijft uw huisarts tot %(day)s. Die inschrijving stopt vanzelf."
            " U hoeft zich niet uit te schrijven."
        )
        facts.append((_("Uw huisarts nu"), text % {"here": listed([one.name for one in own.here]), "day": switch}))
        facts.append((_("Wat uw huisarts van nu hoort"), _what_they_hear(own)))
    welcome = _("U wordt gebeld voor een eerste bezoek. Neem voor iedereen een paspoort of identiteitskaart mee.")
    facts.append((_("Bij %(practice)s") % {"practice": own.practice.name}, welcome))
    record = _("Die gaan van huisarts naar huisarts, nooit via ons. Daarvoor vragen wij apart uw toestemming.")
    facts.append((_("Uw medische gegevens"), record))
    exchange = exchange_of(own.offer.exchange_id) if own.offer.exchange_id else None
    if exchange is not None and exchange.requests > 1:
        others = ngettext(
            "Deze ruil is met %(count)d huishouden.", "Deze ruil is met %(count)d huishoudens.", exchange.requests
        ) % {"count": exchange.requests}
        falls = _("Zegt iemand nee, dan gaat uw overstap misschien niet door. Niemand verliest zijn huisarts.")
        facts.append((_("Voor de anderen"), f"{others} {falls}"))
    return facts


def _what_they_hear(own: OwnOffer) -> str:
    """What the practice of now hears, and when: nothing before it stands."""
    when = (
        _(
            "Nu nog niets. De praktijk hoort pas dat u weggaat, en op welke dag, als de ruil vaststaat."
            " Dat is na %(deadline)s."
        )
        if own.offer.way == Offer.Way.ROUND
        else _("Nu nog niets. De praktijk hoort pas dat u weggaat, en op welke dag, als iedereen ja heeft gezegd.")
    )
    where = _("Waar u heen gaat, hoort de praktijk alleen als u dat goedvindt.")
    no = _("Zegt u nee, dan hoort de praktijk niets.")
    return " ".join([when % {"deadline": deadline(own.offer.answer_by)}, where, no])


def _why_longer(own: OwnOffer) -> str:
    """Why there is more time than 72 hours, where a letter must travel."""
    if own.offer.answer_by <= answer_deadline(own.offer.made_at, by_letter=False):
        return ""
    text = _("U hebt langer dan 72 uur, want er moet een brief heen en weer: 7 werkdagen.")
    same = _("Dat geldt voor iedereen in deze ruil.")
    return f"{text} {same}" if own.offer.way == Offer.Way.ROUND else text


def _row(voter: Voter, own: OwnOffer, *, is_open: bool) -> PersonRow:
    also = listed([child.given_name for child in voter.also_for])
    is_reader = voter.person.pk == own.viewer.pk
    if voter.said_beforehand:
        state = _("Zei vooraf ja")
    elif voter.says_yes is not None:
        state = _("Zei ja") if voter.says_yes else _("Zei nee")
    elif not is_open:
        state = _("Gaf geen antwoord")
    else:
        state = _("U bent nu aan de beurt") if is_reader else _("Moet nog antwoorden")
    return PersonRow(
        name=voter.person.given_name,
        detail=_("ook voor %(names)s") % {"names": also} if also else "",
        state=state,
        is_waiting=voter.says_yes is None and is_open,
    )


def _outcome(own: OwnOffer, at: datetime) -> str:
    """What became of an offer to which no answer counts any more."""
    over = _("De tijd om te antwoorden is voorbij. De uitkomst komt op uw eigen pagina te staan.")
    texts = {
        OfferState.STANDING: _("Iedereen die nodig was zei ja. U stapt over."),
        OfferState.DECLINED: _("Er is nee gezegd. U houdt uw huisarts en uw plek in de rij."),
        OfferState.LAPSED: _(
            "Niet iedereen heeft op tijd geantwoord. Dat telt als nee. U houdt uw huisarts en uw plek."
        ),
        OfferState.FALLEN: _("De ruil ging niet door: iemand zei nee. U houdt uw huisarts en uw plek."),
        OfferState.WITHDRAWN: _("Dit aanbod geldt niet meer: het verzoek is gestopt."),
    }
    return texts.get(OfferState(own.offer.state), over if at > own.offer.answer_by else "")
