# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/verzekeraar`: one yes, after which one's own insurer sees that one looks; and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.requests.insurer_help import ask_insurer, help_of, insurers, stop_help
from huisartsplek.requests.queries import requests_of
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.components.status import reader_language
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from huisartsplek.people.models import Person
    from huisartsplek.practices.models import Insurer


class InsurerForm(forms.Form):
    """Which insurer, and the one explicit yes."""

    def __init__(self, *args: Any, known: Sequence[Insurer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verzekeraar"] = forms.ChoiceField(
            label=_("Wie is uw zorgverzekeraar?"),
            help_text=_("De naam staat op uw zorgpas."),
            choices=[(str(one.pk), one.name) for one in known],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Kies uw zorgverzekeraar"),
                "invalid_choice": _("Kies een zorgverzekeraar uit de lijst"),
            },
        )
        self.fields["toestemming"] = forms.BooleanField(
            label=_("Ja, mijn zorgverzekeraar mag zien dat ik een huisarts zoek"),
            error_messages={"required": _("Zet een vinkje als u dit goedvindt. Zonder uw ja gebeurt er niets")},
        )


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def insurer_help(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Show whether one's insurer helps, and take a yes to it or take that yes back."""
    actor, at = actor_from(request), current_moment()
    if request.method == "POST" and "stop" in request.POST:
        stop_help(actor, by=reader, at=at)
        messages.success(request, _("Dat is bewaard. Uw zorgverzekeraar ziet vanaf nu niets meer van u."))
        return redirect("citizen:insurer_help")
    form = InsurerForm(request.POST if request.method == "POST" else None, known=insurers())
    if request.method == "POST" and form.is_valid():
        try:
            chosen = UUID(form.cleaned_data["verzekeraar"])
            insurer = ask_insurer(actor, chosen, by=reader, at=at, language=reader_language())
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            text = _("Dat is bewaard. %(insurer)s ziet nu dat u een huisarts zoekt.")
            messages.success(request, text % {"insurer": insurer.name})
        return redirect("citizen:insurer_help")
    context = {
        "form": form,
        "help": help_of(reader),
        "is_looking": any(reader in own.facts.members for own in requests_of(actor, at=at)),
        "is_known": bool(form.fields["verzekeraar"].choices),  # type: ignore[attr-defined]  # a choice field
        "by_letter": reader.is_reached_by_letter,
    }
    return render(request, "web/citizen/insurer_help.html", context)
