# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/namens`: for whom somebody may act by a mandate, and acting for them or for oneself again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.acting import acts_for, begin_acting, end_acting
from huisartsplek.accounts.identity import actor_from, own_actor_from
from huisartsplek.accounts.policies import citizen, policy
from huisartsplek.accounts.session import login_answer
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.people.mandates import act_for, mandates_of, stop_acting
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.drafts import forget_draft
from huisartsplek.web.citizen.living_together import forget_codes
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

FOR_ONESELF = "zelf"


@policy(citizen())
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponseBase:
    """Say for whom one may act, and begin or stop doing so."""
    at, answer = current_moment(), login_answer(request)
    if request.method == "POST":
        wanted = request.POST.get("voor", "")
        if wanted != FOR_ONESELF and (answer is None or not (wanted.isascii() and wanted.isdigit())):
            raise Http404
        stop_acting(actor_from(request), at=at)
        end_acting(request)
        forget_draft(request)
        forget_codes(request)
        if wanted == FOR_ONESELF or answer is None:
            messages.success(request, _("U handelt weer voor uzelf."))
            return redirect("citizen:home")
        try:
            person = act_for(own_actor_from(request), answer, int(wanted[:6]), at=at)
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
            return redirect("citizen:acting")
        begin_acting(request, person.pk)
        return redirect("citizen:home")
    mandates = [] if answer is None else mandates_of(own_actor_from(request), answer, at=at)
    context = {"mandates": mandates, "is_acting": acts_for(request) is not None, "for_oneself": FOR_ONESELF}
    return render(request, "web/citizen/acting.html", context)
