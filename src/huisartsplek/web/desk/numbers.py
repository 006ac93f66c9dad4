# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/regio/loket/zonder-nummer`: the people of a region of whom no BSN is known yet."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.people.numbers import go_without_number, pending_numbers
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.web.desk.place import regions_of
from huisartsplek.web.refusals import refusal_text


@policy(desk())
@require_http_methods(["GET", "POST"])
def numbers(request: HttpRequest) -> HttpResponseBase:
    """List whose number is pending, and keep of whom none is to be expected."""
    actor, at, regions = actor_from(request), current_moment(), regions_of(request)
    if request.method == "POST":
        try:
            go_without_number(actor, _person_id(request), regions=regions, at=at)
        except Refusal as refusal:
            if refusal.code is RefusalCode.NOT_YOUR_TURN:
                raise Http404 from None
            messages.info(request, refusal_text(refusal))
        else:
            messages.success(
                request, _("Bewaard. Deze persoon blijft meedoen. Over een jaar vragen wij het opnieuw.")
            )
        return redirect("desk:numbers")
    rows = [
        (one, one.deadline_at is not None and one.deadline_at < at)
        for one in pending_numbers(actor, regions, at=at)
    ]
    return render(request, "web/desk/numbers.html", {"rows": rows})


def _person_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("persoon", ""))
    except ValueError:
        raise Http404 from None
