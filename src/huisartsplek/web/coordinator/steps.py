# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The heavy acts of a coordinator, each with a page of its own that says what follows from it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import coordinator, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.rounds.counts import contents_now, decided_in
from huisartsplek.rounds.halting import resume_round
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.publishing import publish_round
from huisartsplek.rounds.regional import unanswered_offers
from huisartsplek.rounds.services import begin_closing, cancel_round
from huisartsplek.rules.lifecycles import ROUND, RoundEvent, RoundState
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.coordinator.figures import decided_figures, few
from huisartsplek.web.coordinator.reach import own_round
from huisartsplek.web.coordinator.round_page import contents_figures
from huisartsplek.web.coordinator.words import Act, round_name
from huisartsplek.web.refusals import refusal_text


@policy(coordinator())
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Say what freezing means, and let the round be frozen as soon as it can."""
    round_ = own_round(request, round_id)
    if request.method == "POST":
        return _do(
            request,
            round_,
            lambda: begin_closing(actor_from(request), round_id, at=current_moment()),
            _("De ronde wordt vastgezet. Dat gaat vanzelf."),
        )
    number, last = unanswered_offers(round_.region_id)
    act = Act(
        _("Wilt u de ronde vastzetten?"),
        _("Staat de ronde vast, dan kan het niet meer terug. Alleen annuleren kan nog."),
        [
            _(
                "Wie zich op dat moment heeft aangemeld en van iedereen ja heeft, doet mee met de wensen van dat"
                " moment. Wie later komt, doet de volgende keer mee."
            ),
            _(
                "De plekken van de praktijken voor deze ronde worden apart gezet tot de antwoorden verwerkt zijn."
                " Tot zij apart staan, doen de wachtlijsten van deze regio geen nieuwe aanbiedingen."
            ),
            _(
                "De vingerafdruk van de invoer en de bron van het lot worden bij het vastzetten vastgelegd."
                " Daarna kan niemand nog iets veranderen, ook u niet."
            ),
            _("Niemand verliest zijn huisarts of zijn plek in de rij."),
        ],
        _("Ja, zet de ronde vast"),
    )
    more: dict[str, object] = {
        "contents": contents_figures(contents_now(round_, at=current_moment())),
        "unanswered": few(number) if number else "",
        "last": last,
    }
    return _confirm(request, round_, RoundEvent.CLOSE, act, more)


@policy(coordinator())
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Say what making the outcome public means, and do it."""
    round_ = own_round(request, round_id)
    if request.method == "POST":
        return _do(
            request,
            round_,
            lambda: publish_round(actor_from(request), round_id, at=current_moment()),
            _("De uitslag is openbaar. Iedereen met een aanbod krijgt nu bericht."),
        )
    act = Act(
        _("Wilt u de uitslag openbaar maken?"),
        _("Mensen krijgen dan een aanbod. Dat kan niet meer terug."),
        [
            *_how_many_offers(round_),
            _(
                "Zij hebben 72 uur om te antwoorden. Zit er iemand bij een ruil die brieven krijgt, dan 7"
                " werkdagen. Geen antwoord telt als nee."
            ),
            _("U kunt de uitslag niet wijzigen, ook nu niet. U bepaalt alleen wanneer."),
            _("Wie nee zegt of buiten de ruil valt, houdt de huisarts en de plek in de rij."),
        ],
        _("Ja, maak de uitslag openbaar"),
    )
    return _confirm(request, round_, RoundEvent.PUBLISH, act, {})


def _how_many_offers(round_: Round) -> list[str]:
    if round_.state != RoundState.COMPUTED:
        return []
    decided = decided_figures(decided_in(round_))
    return [
        _("Huishoudens die een aanbod krijgen: %(offers)s. Samen zijn dat %(moved)s.")
        % {"offers": decided.offers, "moved": decided.moved}
    ]


@policy(coordinator())
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Say what cancelling means, and cancel."""
    round_ = own_round(request, round_id)
    if request.method == "POST":
        return _do(
            request,
            round_,
            lambda: cancel_round(actor_from(request), round_id, at=current_moment()),
            _("De ronde is geannuleerd. Niemand verliest zijn huisarts of zijn plek in de rij."),
        )
    act = Act(
        _("Wilt u de ronde annuleren?"),
        _("De ronde stopt en begint niet opnieuw."),
        [
            _(
                "De plekken die apart stonden, zijn meteen weer vrij en gaan eerst naar de wachtlijst van die"
                " praktijk."
            ),
            _("Niemand krijgt een aanbod uit de ronde. Iedereen houdt de huisarts en de plek in de rij."),
            _("De ronde blijft in de lijst staan. Was zij vastgezet, dan blijft haar vingerafdruk te zien."),
        ],
        _("Ja, annuleer de ronde"),
    )
    return _confirm(request, round_, RoundEvent.CANCEL, act, {})


@policy(coordinator())
@require_POST
def resume(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Let a round that was stopped try again."""
    round_ = own_round(request, round_id)
    return _do(
        request,
        round_,
        lambda: resume_round(actor_from(request), round_id, at=current_moment()),
        _("De ronde probeert het opnieuw. Gaat het weer mis, dan staat dat hieronder."),
    )


def _confirm(
    request: HttpRequest, round_: Round, event: RoundEvent, act: Act, more: dict[str, object]
) -> HttpResponse:
    """Show the page of an act, or how things stand when the round is not at that step."""
    if (RoundState(round_.state), event) not in ROUND.table:
        messages.info(request, _("Deze stap kan nu niet. Hieronder ziet u hoe de ronde ervoor staat."))
        return redirect("coordinator:round", round_.pk)
    shown = {
        "act": act,
        "about": f"{round_.region.name}, {round_name(round_)}",
        "up": _("Rondes"),
        "up_url": reverse("coordinator:overview"),
        "here": round_name(round_),
        "back_url": reverse("coordinator:round", args=[round_.pk]),
        **more,
    }
    return render(request, "web/coordinator/confirm.html", shown)


def _do(request: HttpRequest, round_: Round, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
    else:
        messages.success(request, done)
    return redirect("coordinator:round", round_.pk)
