# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/rondes/<round>`: what a round meant for somebody's own request, why, and the proof that it took part."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.practices.queries import rules_at
from huisartsplek.requests.models import Offer
from huisartsplek.rounds.queries import OwnOutcome, Proof, own_outcome, own_proof
from huisartsplek.rules.lifecycles import OfferState
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.citizen.round_reasons import sentences
from huisartsplek.web.citizen.wish_cards import search_url
from huisartsplek.web.components.status import say
from huisartsplek.web.components.wording import day, deadline, weekday_with_year

HELPED = frozenset({OfferState.OPEN, OfferState.ACCEPTED, OfferState.STANDING})

if TYPE_CHECKING:
    from uuid import UUID

    from huisartsplek.people.models import Person
    from huisartsplek.rounds.models import Exchange


@policy(citizen_or_desk())
@require_GET
@for_the_described
def outcome(request: HttpRequest, reader: Person, round_id: UUID) -> HttpResponseBase:
    """Show what a round meant for one's own request."""
    own = own_outcome(actor_from(request), round_id)
    if own is None:
        raise Http404
    title, lead = headline(own)
    why_title, why = reason(own)
    context = {
        "own": own,
        "title": title,
        "lead": lead,
        "why_title": why_title,
        "why": why,
        "wishes": [(reason.practice.name, " ".join(sentences(reason))) for reason in own.reasons()],
        "exchange": exchange_text(own.exchange) if own.exchange else "",
        "next_steps": next_steps(own),
        "rules": rules_then(own),
        "is_a_no": own.is_public and not (own.offer and own.offer.state in HELPED),
        "search_url": search_url(reader),
        "report_url": f"/rondes/{own.round.pk}",
        "waits_for_answer": own.offer is not None and own.offer.state == OfferState.OPEN,
    }
    return render(request, "web/citizen/round_outcome.html", context)


def rules_then(own: OwnOutcome) -> list[tuple[str, str]]:
    """Give the rule of each practice of one's wishes as it was when the round was frozen."""
    frozen_at = own.round.frozen_at
    reasons = own.reasons()
    if frozen_at is None or not reasons:
        return []
    rules = rules_at([reason.practice.pk for reason in reasons], at=frozen_at)
    return [(one.practice.name, say(rules[one.practice.pk])) for one in reasons if one.practice.pk in rules]


def headline(own: OwnOutcome) -> tuple[str, str]:
    """What became of it, in a heading and a sentence."""
    if not own.is_public:
        return (
            _("De ronde is nog bezig"),
            _("Uw verzoek doet mee. De uitkomst komt hier te staan. U hoeft niets te doen."),
        )
    since = day(own.entry.request.since)
    kept = _("U houdt uw plek in de rij, met de datum van uw verzoek: %(day)s.")
    if own.entry.outcome != "waits":
        kept = _("U houdt uw huisarts van nu.") + " " + kept
    offer = own.offer
    if own.entry.outcome != "moved" or offer is None:
        return _("Deze ronde is het niet gelukt"), kept % {"day": since}
    name = offer.practice.name
    match offer.state:
        case OfferState.STANDING:
            title = _("U stapt op %(day)s over naar %(practice)s")
            until = _("Tot %(practice)s u heeft ingeschreven, verandert er niets.") % {"practice": name}
            return title % {"day": weekday_with_year(offer.switch_on), "practice": name}, until
        case OfferState.OPEN | OfferState.ACCEPTED:
            title = _("Er is een plek bij %(practice)s") % {"practice": name}
            return title, _("Antwoorden kan tot %(deadline)s.") % {"deadline": deadline(offer.answer_by)}
        case OfferState.FALLEN:
            return _("De ruil ging niet door"), kept % {"day": since}
        case _:
            return _("Er was een plek, maar het antwoord was nee"), kept % {"day": since}


def reason(own: OwnOutcome) -> tuple[str, str]:
    """Why it came out so, from the engine's reason and the answers."""
    if not own.is_public:
        return "", ""
    if own.entry.outcome == "moved":
        return _reason_of_place(own)
    return REASONS.get(own.entry.reason, _full)()


def _reason_of_place(own: OwnOutcome) -> tuple[str, str]:
    if own.offer is None:
        changed = _("Na het vastzetten van de ronde veranderde er iets. Daarom kwam er geen aanbod voor u.")
        return _("Er was iets veranderd"), changed
    if own.offer.state == OfferState.FALLEN:
        text = _("U zei ja, maar iemand anders in de ruil zei nee.")
        first = _("Daarom gaat u in de volgende ronde voor, binnen uw groep.")
        return _("Iemand anders zei nee"), f"{text} {first}" if own.entry.fell_below_floor else text
    floor = _("In de berekende uitslag kreeg niemand een lagere wens dan met alleen de wachtlijst.")
    if own.entry.rank == 1:
        return _("Dit is uw eerste wens"), floor
    higher = _("Voor uw hogere wensen was er geen plek en geen ruil.")
    return _("Dit is uw wens nummer %(rank)d") % {"rank": own.entry.rank or 0}, f"{higher} {floor}"


def _no_wish() -> tuple[str, str]:
    return (
        _("Geen van uw wensen telde mee"),
        _("De regels van de praktijken lieten uw huishouden niet toe, of u zei kort geleden nee tegen een aanbod."),
    )


def _does_not_fit() -> tuple[str, str]:
    return (
        _("Er was plek, maar niet voor u allemaal"),
        _("U gaat samen of niemand gaat. Bij een praktijk van uw keuze bleef plek over, maar te weinig."),
    )


def _passed() -> tuple[str, str]:
    return (
        _("Een ander ruilde zijn plek"),
        _(
            "Iemand die korter wacht, kwam bij een praktijk van uw keuze door te ruilen."
            " Die plek kwam pas vrij door die ruil. U was er met alleen de wachtlijst niet gekomen."
        ),
    )


def _needs_taker() -> tuple[str, str]:
    return (
        _("Geen ruil mogelijk"),
        _("De praktijken van uw keuze zijn vol. Ruilen kan pas als iemand anders naar uw praktijk van nu wil."),
    )


def _full() -> tuple[str, str]:
    return (
        _("Er was geen plek voor u"),
        _(
            "De praktijken van uw keuze zijn vol. Kwam er een plek vrij, dan ging die naar mensen vóór u."
            " Mensen zonder huisarts gaan voor, daarna wie het langst wacht."
        ),
    )


REASONS = {
    "no-wish": _no_wish,
    "household-does-not-fit": _does_not_fit,
    "passed-in-swap": _passed,
    "full-swap-needs-taker": _needs_taker,
    "full": _full,
}


def exchange_text(exchange: Exchange) -> str:
    """In which exchange it was: its kind and size, and nobody else in it."""
    if exchange.requests == 1 and exchange.kind == "chain":
        return _("U kreeg een vrije plek. Er was geen ruil nodig.")
    households = ngettext("%(count)d huishouden", "%(count)d huishoudens", exchange.requests) % {
        "count": exchange.requests
    }
    match exchange.kind:
        case "cycle":
            text = _("U ruilde in een kring van %(households)s. Elk huishouden neemt de plek van een ander over.")
        case "chain":
            text = _(
                "U ruilde in een keten van %(households)s. De keten begint bij een vrije plek."
                " Elk huishouden kreeg een praktijk die het liever wilde."
            )
        case _:
            text = _("U ruilde samen met %(households)s, in kringen en ketens die aan elkaar vastzitten.")
    return text % {"households": households}


def next_steps(own: OwnOutcome) -> list[tuple[str, str]]:
    """What happens next, step by step."""
    if not own.is_public:
        return [
            (_("De ronde wordt berekend"), _("Met een loting die niemand vooraf weet.")),
            (_("Daarna krijgt u bericht"), _("Is er een plek voor u, dan kunt u ja of nee zeggen.")),
        ]
    offer = own.offer
    if offer is not None and offer.state == OfferState.STANDING:
        return _steps_of_move(offer)
    if offer is not None and offer.state in {OfferState.OPEN, OfferState.ACCEPTED}:
        return [
            (
                _("Tot %(deadline)s") % {"deadline": deadline(offer.answer_by)},
                _("Iedereen in de ruil zegt ja of nee. Wie niets doet, zegt nee."),
            ),
            (capfirst(weekday_with_year(offer.switch_on)), _("Als de ruil doorgaat, stapt u op deze dag over.")),
        ]
    return [
        (
            _("U hoeft niets te doen"),
            _("Uw wensen blijven staan. Komt er plek op een wachtlijst, dan krijgt u meteen bericht."),
        ),
        (_("De volgende ronde"), _("U doet vanzelf weer mee.")),
    ]


def _steps_of_move(offer: Offer) -> list[tuple[str, str]]:
    name = offer.practice.name
    return [
        (
            _("Vóór die dag"),
            _("%(practice)s belt u voor een eerste bezoek. Belt niemand? Bel dan ons.") % {"practice": name},
        ),
        (
            _("Eerste bezoek"),
            _("Neem voor iedereen een paspoort of identiteitskaart mee. De praktijk maakt geen kopie."),
        ),
        (
            capfirst(weekday_with_year(offer.switch_on)),
            _("%(practice)s is uw huisarts. Uw oude inschrijving stopt vanzelf.") % {"practice": name},
        ),
    ]


@policy(citizen_or_desk())
@require_GET
@for_the_described
def proof(request: HttpRequest, reader: Person, round_id: UUID) -> HttpResponseBase:
    """Give one's own rows with everything needed to find the round's published root again."""
    del reader
    found = own_proof(actor_from(request), round_id, at=current_moment())
    if found is None:
        raise Http404
    body = json.dumps(proof_document(found), indent=2, ensure_ascii=False)
    name = f"bewijs-{found.round.region.slug}-{found.round.number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(body, content_type="application/json", headers=headers)


def proof_document(found: Proof) -> dict[str, object]:
    """The proof as data: its fields are described in the public explanation of a round."""
    return {
        "round": str(found.round.pk),
        "region": found.round.region.slug,
        "number": found.round.number,
        "inputSha256": found.round.input_sha256,
        "leavesRoot": found.round.leaves_root,
        "salt": found.salt.hex(),
        "rows": found.rows,
        "path": [{"side": step.side, "sha256": step.digest.hex()} for step in found.path],
        "leaf": "SHA-256(0x00 || salt || rows)",
        "node": "SHA-256(0x01 || left || right)",
    }
