# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a practice answers with one button: still right, ours or not, registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huisartsplek.accounts.policies import policy, practice_staff
from huisartsplek.enrolments.records import note_record_sent
from huisartsplek.enrolments.services import answer_confirmation, register_move
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.practices.services import confirm_intake
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.web.practice.at_work import AtWork, for_a_practice
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

ANSWERS = {"ja": True, "nee": False}


def act(request: HttpRequest, deed: Callable[[], object], done: str) -> HttpResponseBase:
    """Do it, and say so or say why not; another practice's things do not exist."""
    try:
        deed()
    except Refusal as refusal:
        if refusal.code is RefusalCode.UNKNOWN_PRACTICE:
            raise Http404 from refusal
        messages.info(request, refusal_text(refusal))
    else:
        messages.success(request, done)
    return redirect("practice:today")


@policy(practice_staff())
@require_POST
@for_a_practice
def still_right(request: HttpRequest, here: AtWork) -> HttpResponseBase:
    """Say that the policy and the places still hold."""
    return act(
        request,
        lambda: confirm_intake(here.actor, here.practice.pk, at=current_moment()),
        _("Bedankt. Iedereen ziet dat dit vandaag is bevestigd."),
    )


@policy(practice_staff())
@require_POST
@for_a_practice
def is_patient(request: HttpRequest, here: AtWork, confirmation_id: UUID) -> HttpResponseBase:
    """Say whether somebody is a patient here."""
    is_ours = ANSWERS.get(request.POST.get("antwoord", ""))
    if is_ours is None:
        messages.info(request, _("Kies ja of nee. Er is niets veranderd."))
        return redirect("practice:today")
    done = (
        _("Bewaard: dit is uw patiënt.")
        if is_ours
        else _("Bewaard: dit is niet uw patiënt. De persoon ziet dat en kan een andere praktijk noemen.")
    )
    return act(
        request,
        lambda: answer_confirmation(
            here.actor, confirmation_id, here.practice.pk, is_ours=is_ours, at=current_moment()
        ),
        done,
    )


@policy(practice_staff())
@require_POST
@for_a_practice
def register(request: HttpRequest, here: AtWork, move_id: UUID) -> HttpResponseBase:
    """Say that the enrolment of somebody who came stands in ION."""
    return act(
        request,
        lambda: register_move(here.actor, move_id, here.practice.pk, at=current_moment()),
        _("Bewaard: de inschrijving is vastgelegd. De overstap is klaar."),
    )


@policy(practice_staff())
@require_POST
@for_a_practice
def record_sent(request: HttpRequest, here: AtWork, departure_id: UUID) -> HttpResponseBase:
    """Say that the medical record of somebody who left was sent to their new practice."""
    return act(
        request,
        lambda: note_record_sent(here.actor, departure_id, here.practice.pk, at=current_moment()),
        _("Bewaard: het dossier is verstuurd. De persoon ziet dat ook."),
    )
