# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of the help that somebody gives now: whom, until when, what is possible, and the end of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huisartsplek.accounts.helping import put_helping
from huisartsplek.accounts.policies import desk, policy, practice_staff
from huisartsplek.desk.finding import tell_number
from huisartsplek.desk.models import Matter
from huisartsplek.desk.queries import seen_help
from huisartsplek.desk.services import end_help
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.people.numbers import anybody_without_number
from huisartsplek.rules.refusals import Refusal
from huisartsplek.rules.values import BadValue, Bsn
from huisartsplek.web.citizen.drafts import forget_draft
from huisartsplek.web.desk.place import AtDesk, at_practice, at_region, helping_at
from huisartsplek.web.practice.at_work import AtWork, for_a_practice
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from huisartsplek.desk.models import Help


@policy(desk())
@require_http_methods(["GET", "POST"])
def region(request: HttpRequest, help_id: UUID) -> HttpResponseBase:
    """The help that somebody gives at the desk of a region."""
    return _serve(request, at_region(request), help_id)


@policy(practice_staff())
@require_http_methods(["GET", "POST"])
@for_a_practice
def practice(request: HttpRequest, here: AtWork, help_id: UUID) -> HttpResponseBase:
    """The help that somebody gives at the desk of a practice."""
    return _serve(request, at_practice(here), help_id)


@policy(desk())
@require_POST
def region_ends(request: HttpRequest, help_id: UUID) -> HttpResponseBase:
    """Stop helping at the desk of a region."""
    return _end(request, at_region(request), help_id)


@policy(practice_staff())
@require_POST
@for_a_practice
def practice_ends(request: HttpRequest, here: AtWork, help_id: UUID) -> HttpResponseBase:
    """Stop helping at the desk of a practice."""
    return _end(request, at_practice(here), help_id)


def _own(at_desk: AtDesk, help_id: UUID) -> Help:
    found = seen_help(at_desk.actor, help_id, at=current_moment())
    if found is None or found.scope_id != at_desk.place.scope_id:
        raise Http404
    return found


def _serve(request: HttpRequest, at_desk: AtDesk, help_id: UUID) -> HttpResponseBase:
    help_ = _own(at_desk, help_id)
    asks_number = at_desk.place.uses_bsn and anybody_without_number([help_.person])
    is_wrong = False
    if request.method == "POST" and asks_number:
        if _tell_number(request, at_desk, help_):
            return redirect(at_desk.address_of(help_))
        is_wrong = True
    put_helping(request, helping_at(at_desk, help_))
    below = at_desk.address_of(help_)
    context = {
        "help": help_,
        "is_whole": not help_.matter,
        "matter_url": below + _matter_url(help_),
        "home_url": below + reverse("citizen:home"),
        "letters_url": below + reverse("citizen:notices"),
        "search_url": below + reverse("public:front"),
        "end_url": f"{below}/klaar",
        "asks_number": asks_number,
        "is_wrong": is_wrong,
    }
    return render(request, "web/desk/helping.html", context)


def _matter_url(help_: Help) -> str:
    if help_.matter == Matter.OFFER and help_.matter_id is not None:
        return reverse("citizen:offer", args=[help_.matter_id])
    return reverse("citizen:home")


def _tell_number(request: HttpRequest, at_desk: AtDesk, help_: Help) -> bool:
    try:
        bsn = Bsn.parse(request.POST.get("bsn", "")[:20])
    except BadValue:
        return False
    try:
        tell_number(at_desk.actor, at_desk.place, help_.person, bsn, at=current_moment())
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
    else:
        messages.success(request, _("Het BSN is bewaard."))
    return True


def _end(request: HttpRequest, at_desk: AtDesk, help_id: UUID) -> HttpResponseBase:
    help_ = _own(at_desk, help_id)
    put_helping(request, helping_at(at_desk, help_))
    forget_draft(request)
    end_help(at_desk.actor, help_.pk, at=current_moment())
    messages.success(
        request, _("Klaar. De persoon krijgt bericht van wat er is gedaan. U ziet de gegevens niet meer.")
    )
    return redirect(at_desk.url)
