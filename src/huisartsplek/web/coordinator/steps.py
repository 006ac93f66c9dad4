# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The heavy acts of a coordinator, each with a page of its own that says what follows from it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import coordinator, policy
from huisartsplek.integrations.beacon.chosen import chosen_beacon
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.rounds.counts import contents_now, decided_in
from huisartsplek.rounds.halting import resume_round
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.publishing import publish_round
from huisartsplek.rounds.regional import unanswered_offers
from huisartsplek.rounds.services import cancel_round, freeze_round
from huisartsplek.rules.lifecycles import ROUND, RoundEvent, RoundState
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.coordinator.figures import decided_figures, few
from huisartsplek.web.coordinator.reach import own_round
from huisartsplek.web.coordinator.round_page import contents_figures
from huisartsplek.web.coordinator.words import round_name
from huisartsplek.web.refusals import refusal_text


@policy(coordinator())
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Say what freezing means, and freeze."""
    round_ = own_round(request, round_id)
    if request.method == "POST":
        return _do(
            request,
            round_,
            lambda: freeze_round(
                actor_from(request), round_id, beacon=chosen_beacon(), at=current_moment(), clock=current_moment
            ),
            _("De ronde staat vast. Het lot en de uitslag komen nu vanzelf."),
        )
    number, last = unanswered_offers(round_.region_id)
    return _confirm(
        request,
        round_,
        RoundEvent.FREEZE,
        "web/coordinator/freeze.html",
        {
            "contents": contents_figures(contents_now(round_)),
            "unanswered": few(number) if number else "",
            "last": last,
        },
    )


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
    figures = decided_figures(decided_in(round_)) if round_.state == RoundState.COMPUTED else None
    return _confirm(request, round_, RoundEvent.PUBLISH, "web/coordinator/publish.html", {"decided": figures})


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
    return _confirm(request, round_, RoundEvent.CANCEL, "web/coordinator/cancel.html", {})


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
    request: HttpRequest, round_: Round, event: RoundEvent, template: str, more: dict[str, object]
) -> HttpResponse:
    """Show the page of an act, or how things stand when the round is not at that step."""
    if (RoundState(round_.state), event) not in ROUND.table:
        messages.info(request, _("Deze stap kan nu niet. Hieronder ziet u hoe de ronde ervoor staat."))
        return redirect("coordinator:round", round_.pk)
    return render(request, template, {"round": round_, "name": round_name(round_), **more})


def _do(request: HttpRequest, round_: Round, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
    else:
        messages.success(request, done)
    return redirect("coordinator:round", round_.pk)
