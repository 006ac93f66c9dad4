# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/oude-praktijk/<request>`: whether the old practice may hear where one goes; asked with each yes too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.requests.naming import say_naming
from huisartsplek.requests.queries import Naming, OwnRequest, naming_asked_of, request_of
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.household import listed
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from huisartsplek.people.models import Person

TICKED = "ja"


@dataclass(frozen=True, slots=True)
class NamingQuestion:
    """The tick box as a page shows it."""

    also_for: str
    is_allowed: bool


def naming_question(own: OwnRequest, *, at: datetime) -> NamingQuestion | None:
    """Lay out the question to the reader of a request; nothing where there is nothing to ask."""
    naming = naming_asked_of(own, at=at)
    return None if naming is None else _question(naming)


def _question(naming: Naming) -> NamingQuestion:
    return NamingQuestion(listed([child.given_name for child in naming.children]), naming.is_allowed)


def said_naming(request: HttpRequest, question: NamingQuestion | None) -> bool | None:
    """Read the answer from a form that was sent in; nothing where it was not asked."""
    return None if question is None else request.POST.get("oude_praktijk") == TICKED


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def old_practice(request: HttpRequest, reader: Person, request_id: UUID) -> HttpResponseBase:
    """Show what the old practice hears, and let the reader change it."""
    actor, at = actor_from(request), current_moment()
    own = request_of(actor, request_id, at=at)
    question = None if own is None else naming_question(own, at=at)
    if own is None or question is None:
        raise Http404
    if request.method == "POST":
        is_allowed = said_naming(request, question) is True
        try:
            say_naming(actor, request_id, by=reader, is_allowed=is_allowed, at=at)
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            yes = _("Dat is bewaard. Uw oude praktijk mag horen naar welke praktijk u gaat.")
            no = _("Dat is bewaard. Uw oude praktijk hoort niet naar welke praktijk u gaat.")
            messages.success(request, yes if is_allowed else no)
        return redirect("citizen:home")
    return render(request, "web/citizen/old_practice.html", {"naming": question})
