# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/praktijk/verplaatsing/<move>`: what a practice may say before the switch date, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.policies import policy, practice_staff
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.queries import coming_together
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.requests.moves import reasons_to_refuse, refuse_household
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import PracticeRefusal, Refusal, RefusalCode
from huisartsplek.web.practice.answers import act
from huisartsplek.web.practice.at_work import AtWork, for_a_practice
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

REASONS = {
    PracticeRefusal.FULL: gettext_lazy("De praktijk is vol"),
    PracticeRefusal.TOO_FAR: gettext_lazy("Woont te ver van de praktijk"),
    PracticeRefusal.OUTSIDE_RULE: gettext_lazy("Past niet bij de voorwaarden die u publiceerde"),
    PracticeRefusal.CARE_VIEW_AFTER_TALK: gettext_lazy("Na een gesprek bleek dat u anders denkt over zorg"),
    PracticeRefusal.EARLIER_BREACH_OF_TRUST: gettext_lazy("Het vertrouwen is eerder geschaad"),
    PracticeRefusal.IDENTITY_NOT_ESTABLISHED: gettext_lazy("U kon niet vaststellen wie dit is"),
}


class ReasonForm(forms.Form):
    """Why somebody cannot come after all, from the reasons that count now."""

    def __init__(self, *args: Any, reasons: Collection[PracticeRefusal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"] = forms.ChoiceField(
            label=_("Waarom kan dit niet doorgaan?"),
            help_text=_("De persoon leest deze reden. Andere redenen gelden niet."),
            choices=[(reason.value, REASONS[reason]) for reason in PracticeRefusal if reason in reasons],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Kies een reden"),
                "invalid_choice": _("Kies een reden uit de lijst"),
            },
        )


@policy(practice_staff())
@require_http_methods(["GET", "POST"])
@for_a_practice
def refuse(request: HttpRequest, here: AtWork, move_id: UUID) -> HttpResponseBase:
    """Repeat what refusing means, ask why, and call the household's move off."""
    at = current_moment()
    moves = coming_together(here.actor, move_id, here.practice.pk, at=at)
    if not moves:
        raise Http404
    if day_in_amsterdam(at) >= moves[0].switch_on:
        messages.info(request, refusal_text(Refusal(RefusalCode.NOT_ALLOWED_NOW)))
        return redirect("practice:today")
    form = ReasonForm(request.POST if request.method == "POST" else None, reasons=reasons_to_refuse(moves[0]))
    if form.is_valid():
        because = PracticeRefusal(form.cleaned_data["because"])
        return act(
            request,
            lambda: refuse_household(here.actor, move_id, here.practice.pk, because=because, at=at),
            _("Bewaard. De overstap gaat niet door. Wij hebben het de mensen laten weten."),
        )
    context = {
        "here": here,
        "form": form,
        "moves": moves,
        "move": moves[0],
        "is_round": moves[0].way == Move.Way.ROUND,
    }
    return render(request, "web/practice/refuse.html", context)
