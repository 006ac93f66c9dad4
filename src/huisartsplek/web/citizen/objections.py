# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/bezwaar`: a parent keeps a child out of a request that the other parent filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.requests.staying import children_asked_for, object_for_child
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from huisartsplek.people.models import Person


@policy(citizen())
@require_POST
@for_the_described
def object_(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Take an objection; there is no question whether one is sure, as the child only keeps its GP."""
    actor, at = actor_from(request), current_moment()
    asked_for = {str(one.child.pk): one.child for one in children_asked_for(actor, at=at)}
    child = asked_for.get(request.POST.get("voor", ""))
    if child is None:
        raise Http404
    try:
        object_for_child(actor, child.pk, by=reader, at=at)
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
    else:
        text = _("Uw bezwaar is bewaard. %(name)s gaat niet mee en houdt de huisarts van nu.")
        messages.success(request, text % {"name": child.given_name})
    return redirect("citizen:home")
