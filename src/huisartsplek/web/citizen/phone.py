# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/gegevens/telefoon`: a number for text messages, confirmed by a code that was sent to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.people.phones import ask_to_confirm, confirm_phone, phone_to_confirm, read_number, remove_phone
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from datetime import datetime

    from huisartsplek.people.models import Person


class NumberForm(forms.Form):
    """A number to which a text message can be sent."""

    phone = forms.CharField(
        label=gettext_lazy("Mobiel telefoonnummer"),
        help_text=gettext_lazy("Zoals 06 12345678. Een nummer uit het buitenland begint met een plus."),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={
            "required": gettext_lazy("Vul een mobiel nummer in, zoals 06 12345678"),
            "max_length": gettext_lazy("Vul een mobiel nummer in, zoals 06 12345678"),
        },
    )

    def clean_phone(self) -> str:
        """Read the number as it is dialled from anywhere."""
        found = read_number(self.cleaned_data["phone"])
        if found is None:
            raise forms.ValidationError(_("Vul een mobiel nummer in, zoals 06 12345678"))
        return found


class CodeForm(forms.Form):
    """The code that came in a text message."""

    code = forms.CharField(
        label=gettext_lazy("Code uit de sms"),
        help_text=gettext_lazy("6 cijfers"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={
            "required": gettext_lazy("Vul de 6 cijfers uit de sms in"),
            "max_length": gettext_lazy("Vul de 6 cijfers uit de sms in"),
        },
    )


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def phone(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Show the number, send a code to another one, take the code, or forget the number."""
    at, asked_for = current_moment(), request.POST.get("wat", "")
    number = NumberForm(request.POST if asked_for == "stuur" else None)
    code = CodeForm(request.POST if asked_for == "code" else None)
    if request.method == "POST":
        try:
            if _done(request, reader, asked_for, number, code, at):
                return redirect("citizen:phone")
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
            return redirect("citizen:phone")
    waiting = phone_to_confirm(reader, at=at)
    context = {"reader": reader, "waiting": waiting, "number": number, "code": code}
    context["form"] = code if waiting and asked_for != "stuur" else number
    return render(request, "web/citizen/phone.html", context)


def _done(
    request: HttpRequest, reader: Person, asked_for: str, number: NumberForm, code: CodeForm, at: datetime
) -> bool:
    """Do what was asked; False when a form is not right yet."""
    actor = actor_from(request)
    if asked_for == "weg":
        remove_phone(actor, reader, at=at)
        messages.success(request, _("Uw nummer is weg. U krijgt geen sms meer van ons."))
        return True
    if asked_for == "stuur" and number.is_valid():
        ask_to_confirm(actor, reader, number.cleaned_data["phone"], at=at)
        messages.success(request, _("Wij sturen u een sms met een code. De code werkt 15 minuten."))
        return True
    if asked_for == "code" and code.is_valid():
        if confirm_phone(actor, reader, code.cleaned_data["code"], at=at):
            messages.success(request, _("Uw nummer is bewaard. Kies nu of u berichten per sms wilt."))
            return True
        code.add_error(
            "code", _("Deze code klopt niet, of werkt niet meer. Kijk de sms na of vraag een nieuwe code")
        )
    return False
