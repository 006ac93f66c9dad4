# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changing a request that runs: its wishes, enrolling at once, and stopping it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.practices.queries import practices_by_slug, rules_at
from huisartsplek.requests.queries import OwnRequest, prospects, request_of, wished_of
from huisartsplek.requests.refused import REFUSED_AT_ONCE
from huisartsplek.requests.services import admit_at_once, change_wishes, withdraw_request
from huisartsplek.rules.dates import switch_on
from huisartsplek.rules.lifecycles import RequestState
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.drafts import is_step, rearranged
from huisartsplek.web.citizen.naming import naming_question, said_naming
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.citizen.wish_cards import Household, distance_facts, wish_cards
from huisartsplek.web.components.status import say
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from uuid import UUID

    from huisartsplek.enrolments.models import Move
    from huisartsplek.people.models import Person
    from huisartsplek.practices.models import Practice

STOPPED = frozenset({RequestState.MET, RequestState.WITHDRAWN})


def _own(request: HttpRequest, request_id: UUID, at: datetime) -> OwnRequest:
    own = request_of(actor_from(request), request_id, at=at)
    if own is None or not own.may_change:
        raise Http404
    return own


def _practice(slug: str) -> Practice:
    practice = next(iter(practices_by_slug([slug])), None)
    if practice is None:
        raise Http404
    return practice


def _seen_version(request: HttpRequest) -> int:
    """The version of the wishes that the page showed; what cannot be read never matches."""
    seen = request.GET.get("gezien") or request.POST.get("gezien") or ""
    return int(seen) if seen.isdecimal() and len(seen) < 9 else -1


def _act(request: HttpRequest, act: Callable[[], object], done: str) -> HttpResponseBase:
    try:
        act()
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
    else:
        messages.success(request, done)
    return redirect("citizen:home")


@policy(citizen_or_desk())
@require_POST
@for_the_described
def change_wish(
    request: HttpRequest, reader: Person, request_id: UUID, practice_id: UUID, step: str
) -> HttpResponseBase:
    """Move a wish up or down, or take it off."""
    del reader
    at = current_moment()
    own = _own(request, request_id, at)
    wishes = wished_of(own)
    if not is_step(step):
        raise Http404
    if practice_id not in wishes:
        messages.info(request, _("Deze wens was al weg. Er is niets veranderd."))
        return redirect("citizen:home")
    return _act(
        request,
        lambda: change_wishes(
            actor_from(request),
            own.request.pk,
            wishes=rearranged(wishes, practice_id, step),
            seen_version=_seen_version(request),
            at=at,
        ),
        _("Uw wensen zijn veranderd."),
    )


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def add_wish(request: HttpRequest, reader: Person, request_id: UUID, slug: str) -> HttpResponseBase:
    """Add a practice as the last wish of a request that runs."""
    del reader
    at = current_moment()
    own, practice = _own(request, request_id, at), _practice(slug)
    wishes = wished_of(own)
    if practice.pk in wishes:
        messages.info(request, _("%(practice)s staat al in uw wensen.") % {"practice": practice.name})
        return redirect("citizen:home")
    if request.method == "POST":
        return _act(
            request,
            lambda: change_wishes(
                actor_from(request),
                own.request.pk,
                wishes=[*wishes, practice.pk],
                seen_version=_seen_version(request),
                at=at,
            ),
            _("%(practice)s staat nu in uw wensen.") % {"practice": practice.name},
        )
    context = {"own": own, "practice": practice, "rank": len(wishes) + 1}
    return render(request, "web/citizen/add_wish.html", context)


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def enrol_now(request: HttpRequest, reader: Person, request_id: UUID, slug: str) -> HttpResponseBase:
    """Repeat what enrolling at once means, and do it."""
    del reader
    at = current_moment()
    own, practice = _own(request, request_id, at), _practice(slug)
    if request.method == "POST":
        may_name = said_naming(request, naming_question(own, at=at))
        try:
            moves = admit_at_once(actor_from(request), own.request.pk, practice.pk, at=at, may_name=may_name)
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
            if refusal.code in REFUSED_AT_ONCE:
                # A rule said no: the page says which, and how a person may look at it.
                return redirect("citizen:enrol_now", own.request.pk, practice.slug)
            return redirect("citizen:home")
        messages.success(request, _("Gelukt. Uw plek staat vast."))
        return _to_receipt(own, moves)
    found = next((one for one in prospects(own, at=at) if one.practice.pk == practice.pk), None)
    if found is None or own.request.state != RequestState.WAITING:
        return redirect("citizen:home")
    rules = rules_at([practice.pk], at=at)
    household = Household(len(own.facts.members), own.request.since, own.is_complete, is_filed=True)
    context = {
        "own": own,
        "practice": practice,
        "prospect": found,
        "naming": naming_question(own, at=at),
        "card": wish_cards([found], household)[0],
        "facts": distance_facts(found.km),
        "switch_on": switch_on(at),
        "rule": say(rules[practice.pk]) if practice.pk in rules else "",
    }
    return render(request, "web/citizen/enrol_now.html", context)


def _to_receipt(own: OwnRequest, moves: Sequence[Move]) -> HttpResponseBase:
    """Lead to the proof of the place: one's own, else that of who may be seen."""
    seen = [own.viewer.pk, *(member.pk for member in own.members)]
    receipts = {move.person_id: move for move in moves}
    first = next((receipts[pk] for pk in seen if pk in receipts), None)
    return redirect("citizen:home") if first is None else redirect("citizen:receipt", first.pk)


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def stop(request: HttpRequest, reader: Person, request_id: UUID) -> HttpResponseBase:
    """Repeat what stopping means, and stop the request."""
    at = current_moment()
    own = _own(request, request_id, at)
    if request.method == "POST":
        return _act(
            request,
            lambda: withdraw_request(actor_from(request), own.request.pk, by=reader, at=at),
            _("Uw verzoek is gestopt. U houdt uw huisarts van nu."),
        )
    if own.request.state in STOPPED:
        messages.info(request, _("Dit verzoek is al gestopt."))
        return redirect("citizen:home")
    return render(request, "web/citizen/stop_request.html", {"own": own})
