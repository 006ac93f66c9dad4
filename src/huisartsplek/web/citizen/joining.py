# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/huishouden/erbij`: the adults at home say yes or no to who joins, and who joins finishes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.people.joining import (
    joinings_of_inviter,
    joinings_to_answer,
    note_names_shown,
    own_joining,
    still_to_agree,
)
from huisartsplek.requests.households import agree_to_join, finish_joining
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from huisartsplek.audit.actors import Actor
    from huisartsplek.people.models import Joining, Person

YES, NO, COME = "ja", "nee", "kom"


@dataclass(frozen=True, slots=True)
class JoiningPanel:
    """Joining as the page of a household shows it: first names of who asks and who was asked, and nothing else."""

    to_answer: Sequence[Joining]
    waits_for: str  # the first name of the inviter; empty: nobody, or a protected one
    is_waiting: bool
    may_come: bool  # everybody said yes
    coming: int  # who said yes to the reader's own codes and waits


def joining_panel(actor: Actor, reader: Person, *, at: datetime) -> JoiningPanel:
    """Lay out who waits for whom; whose name is shown is recorded."""
    own = own_joining(reader, at=at)
    inviter = own.invited_by if own and not own.invited_by.is_protected else None
    to_answer = joinings_to_answer(reader, at=at)
    named = [one.person for one in to_answer] + ([inviter] if inviter is not None else [])
    note_names_shown(actor, named, at=at)
    agreed = own is not None and not own.is_refused and not still_to_agree(own, day_in_amsterdam(at))
    return JoiningPanel(
        to_answer=to_answer,
        waits_for=inviter.given_name if inviter is not None else "",
        is_waiting=own is not None,
        may_come=agreed,
        coming=joinings_of_inviter(reader, at=at),
    )


@policy(citizen())
@require_POST
@for_the_described
def answer(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Take a yes or a no of an adult at home, or let who waited come."""
    actor, at, said = actor_from(request), current_moment(), request.POST.get("antwoord", "")
    try:
        if said == COME:
            finish_joining(actor, by=reader, at=at)
            text = _("Gelukt. U hoort nu bij dit huishouden. U beslist zelf over uw eigen huisarts.")
        else:
            asked = {str(one.pk): one for one in joinings_to_answer(reader, at=at)}
            joining = asked.get(request.POST.get("voor", ""))
            if joining is None or said not in {YES, NO}:
                raise Http404
            agree_to_join(actor, joining.pk, by=reader, agrees=said == YES, at=at)
            text = _("Uw antwoord is bewaard. Zegt iedereen ja, dan hoort %(name)s bij uw huishouden.")
            if said == NO:
                text = _("U zei nee. Er is niets veranderd. Wie het vroeg, hoort hier niets van.")
            text %= {"name": joining.person.given_name}
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
    else:
        messages.success(request, text)
    return redirect("citizen:household")
