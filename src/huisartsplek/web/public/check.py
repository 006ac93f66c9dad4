# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/controleer`: whether a statement is true today. What is typed goes into no address, and nothing is shown back.

The answer comes with the form itself and not after a redirect: it would have to stand in an address or a session.
Asked again, it is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import policy, public
from huisartsplek.enrolments.statements import CODE_LENGTH, Answer, check_statement
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.practices.queries import practice_by_agb
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal
from huisartsplek.rules.values import AgbCode, BadValue
from huisartsplek.web.components.dates import PlainDateField
from huisartsplek.web.public.alerts import visitor_of

if TYPE_CHECKING:
    from datetime import date

TOO_OFTEN = 429


class CheckForm(forms.Form):
    """What stands on the paper."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("20 letters en cijfers. Spaties maken niet uit."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Vul de code in die op de verklaring staat"),
            "max_length": _("De code heeft 20 letters en cijfers"),
            "null_characters_not_allowed": _("De code heeft 20 letters en cijfers"),
        },
    )
    agb = forms.CharField(
        label=_("AGB-code van de praktijk"),
        help_text=_("8 cijfers, zoals 01234567"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Vul de AGB-code in die op de verklaring staat"),
            "max_length": _("De AGB-code heeft 8 cijfers"),
            "null_characters_not_allowed": _("De AGB-code heeft 8 cijfers"),
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"] = PlainDateField(
            today=today,
            example=_("4-5-1980 of 4 mei 1980"),
            label=_("Geboortedatum"),
            help_text=_("Dag, maand en jaar, zoals 4-5-1980"),
            error_messages={"required": _("Vul de geboortedatum in die op de verklaring staat")},
        )
        self.order_fields(("code", "birth_date", "agb"))

    def clean_code(self) -> str:
        """Read a code, however it is spaced."""
        code = "".join(sign for sign in self.cleaned_data["code"].upper() if sign.isalnum())
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError(_("De code heeft 20 letters en cijfers"))
        return code

    def clean_agb(self) -> str:
        """Read the number of a practice."""
        try:
            return str(AgbCode.parse(self.cleaned_data["agb"]))
        except BadValue:
            raise forms.ValidationError(_("De AGB-code heeft 8 cijfers")) from None


@policy(public())
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponseBase:
    """Ask for what stands on the paper, and say whether it is true."""
    at = current_moment()
    today = day_in_amsterdam(at)
    form = CheckForm(request.POST if request.method == "POST" else None, today=today)
    if not form.is_valid():
        return _page(request, form)
    typed = form.cleaned_data
    try:
        answer = check_statement(
            actor_from(request),
            code=typed["code"],
            birth_date=typed["birth_date"],
            agb=typed["agb"],
            visitor=visitor_of(request),
            at=at,
        )
    except Refusal:
        return _page(request, form, status=TOO_OFTEN, is_too_often=True)
    # Whose number was typed is public, and shows a name on the paper that was changed.
    practice = practice_by_agb(typed["agb"]) if answer is Answer.TRUE else None
    return _page(request, CheckForm(today=today), answer=answer, practice=practice, today=today)


def _page(request: HttpRequest, form: CheckForm, *, status: int = 200, **more: Any) -> HttpResponseBase:
    return render(request, "web/public/check.html", {"form": form, **more}, status=status)
