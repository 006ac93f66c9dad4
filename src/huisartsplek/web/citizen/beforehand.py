# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/verzoek/<request>/vooraf/<practice>`: ask me first, or move me without asking again until a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.practices.queries import practices_by_id
from huisartsplek.requests.beforehand import ask_first, choices_of, may_choose_beforehand, say_yes_beforehand
from huisartsplek.requests.queries import OwnRequest, request_of, wished_of
from huisartsplek.rules.answering import last_day_beforehand, usual_day_beforehand
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.components.dates import ComingDateField
from huisartsplek.web.components.wording import day
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from huisartsplek.audit.actors import Actor
    from huisartsplek.people.models import Person

ASK, BEFOREHAND = "vraag", "vooraf"


class BeforehandForm(forms.Form):
    """How somebody wants a swap to a wish to go, and until when."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = last_day_beforehand(today)
        self.fields["keuze"] = forms.ChoiceField(
            label=_("Wat kiest u?"),
            choices=[
                (ASK, _("Vraag het mij eerst")),
                (BEFOREHAND, _("Ik zeg vooraf ja. U hoeft het mij niet meer te vragen")),
            ],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Kies of wij het u eerst vragen"),
                "invalid_choice": _("Kies één van de twee"),
            },
        )
        self.fields["tot"] = ComingDateField(
            first=today,
            last=last,
            required=False,
            label=_("Zegt u vooraf ja, tot en met welke dag?"),
            help_text=_("Uiterlijk %(day)s. Daarna vragen wij het weer eerst.") % {"day": day(last)},
        )

    def clean(self) -> dict[str, Any]:
        """Ask for a day with a yes beforehand only."""
        told = super().clean() or {}
        if told.get("keuze") == BEFOREHAND and "tot" not in self.errors and not told.get("tot"):
            self.add_error("tot", _("Vul een dag in, zoals %(example)s") % {"example": "1-3-2027"})
        if told.get("keuze") == ASK and "tot" in self.errors:
            del self.errors["tot"]
        return told


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def choose(request: HttpRequest, reader: Person, request_id: UUID, practice_id: UUID) -> HttpResponseBase:
    """Show what one chose for a wish, and take another choice."""
    actor, at = actor_from(request), current_moment()
    own = request_of(actor, request_id, at=at)
    practice = next(iter(practices_by_id([practice_id])), None)
    if own is None or practice is None or not may_choose_beforehand(own.facts, reader, at=at):
        raise Http404
    if practice_id not in wished_of(own):
        messages.info(request, _("Deze wens was al weg. Er is niets veranderd."))
        return redirect("citizen:home")
    today = day_in_amsterdam(at)
    chosen = choices_of(own.facts, reader, at=at).get(practice_id)
    until = chosen.until if chosen else None
    initial = {
        "keuze": ASK if until is None else BEFOREHAND,
        "tot": _as_written(until or usual_day_beforehand(today)),
    }
    form = BeforehandForm(request.POST if request.method == "POST" else None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _keep(request, actor, own, reader, practice_id, form, at)
    context = {
        "form": form,
        "practice": practice,
        "until": until,
        "is_complete": chosen is not None and chosen.is_complete,
        "many": len(own.facts.members) > 1,
    }
    return render(request, "web/citizen/beforehand.html", context)


def _as_written(moment: date) -> str:
    return f"{moment.day}-{moment.month}-{moment.year}"


def _keep(
    request: HttpRequest,
    actor: Actor,
    own: OwnRequest,
    reader: Person,
    practice_id: UUID,
    form: BeforehandForm,
    at: datetime,
) -> HttpResponseBase:
    told = form.cleaned_data
    try:
        if told["keuze"] == BEFOREHAND:
            say_yes_beforehand(actor, own.request.pk, practice_id, by=reader, until=told["tot"], at=at)
            text = _("Dat is bewaard. Bij een ruil zeggen wij ja voor u, tot en met %(day)s.")
            messages.success(request, text % {"day": day(told["tot"])})
            return redirect("citizen:home")
        accepted = ask_first(actor, own.request.pk, practice_id, by=reader, at=at)
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
        return redirect("citizen:home")
    if accepted is not None:
        messages.info(
            request,
            _("Dat is bewaard. Voor het aanbod hieronder zeiden wij al ja. Wilt u dat niet? Zeg dan hier nee."),
        )
        return redirect("citizen:offer", accepted.pk)
    messages.success(request, _("Dat is bewaard. Bij een ruil vragen wij het u eerst."))
    return redirect("citizen:home")


def beforehand_text(own: OwnRequest, reader: Person, *, at: datetime) -> dict[UUID, tuple[str, str]]:
    """Say for each wish what happens in a swap, in a sentence; nothing to who has no say in the request."""
    if not may_choose_beforehand(own.facts, reader, at=at):
        return {}
    chosen = choices_of(own.facts, reader, at=at)
    first = _("wij vragen het u eerst.")
    found = dict.fromkeys(wished_of(own), (first, _("Verander dit")))
    for practice_id, choice in chosen.items():
        if choice.until is None or practice_id not in found:
            continue
        text = _("wij zeggen ja voor u, tot en met %(day)s.") % {"day": day(choice.until)}
        waits = _("Niet iedereen in uw huishouden koos dit. Daarom vragen wij het toch eerst.")
        found[practice_id] = (text if choice.is_complete else f"{text} {waits}", _("Verander of stop dit"))
    return found
