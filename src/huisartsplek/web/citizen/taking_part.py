# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/meedoen/<request>`: who is asked to move along says yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.practices.queries import practices_by_id
from huisartsplek.requests.queries import request_of, wished_of
from huisartsplek.requests.taking_part import leave_request
from huisartsplek.requests.taking_part import take_part as say_yes
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.household import listed
from huisartsplek.web.citizen.naming import naming_question, said_naming
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.citizen.wish_cards import practice_url
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from uuid import UUID

    from huisartsplek.people.models import Person


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def take_part(request: HttpRequest, reader: Person, request_id: UUID) -> HttpResponseBase:
    """Ask for a yes or a no to taking part."""
    actor, at = actor_from(request), current_moment()
    own = request_of(actor, request_id, at=at)
    if own is None:
        raise Http404
    if not own.asked_of_viewer:
        messages.info(request, _("U hoeft hier niets meer te doen."))
        return redirect("citizen:home")
    if request.method == "POST" and request.POST.get("antwoord") in {"ja", "nee"}:
        says_yes = request.POST["antwoord"] == "ja"
        try:
            if says_yes:
                may_name = said_naming(request, naming_question(own, at=at))
                say_yes(actor, request_id, by=reader, at=at, may_name=may_name)
            else:
                leave_request(actor, request_id, by=reader, at=at)
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            yes, no = _("U zei ja. Dat is bewaard."), _("U zei nee. U houdt uw huisarts van nu.")
            messages.success(request, yes if says_yes else no)
        return redirect("citizen:home")
    children = [person for person in own.asked_of_viewer if person.pk != reader.pk]
    asker = next((one for one in own.members if one.pk == own.request.filed_by_id), None)
    context = {
        "own": own,
        "naming": naming_question(own, at=at),
        "for_self": reader in own.asked_of_viewer,
        "children": listed([child.given_name for child in children]),
        "stayed": listed([child.given_name for child in own.stayed]),
        "asker": asker.given_name if asker and asker.pk != reader.pk else "",
        "practices": [(one, practice_url(one)) for one in practices_by_id(wished_of(own))],
    }
    return render(request, "web/citizen/take_part.html", context)
