# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form in which somebody says how news reaches them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huisartsplek.people.models import Person


class ContactForm(forms.Form):
    """An e-mail address, and by which way news comes."""

    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_("Wij mailen alleen: er is nieuws, log in."),
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("Vul een e-mailadres in zoals naam@voorbeeld.nl"),
            "max_length": _("Dit e-mailadres is te lang. Vul een korter adres in"),
        },
    )
    street = forms.CharField(
        label=_("Straat"),
        help_text=_("Voor brieven. Uw huisnummer en postcode weten wij al."),
        required=False,
        max_length=80,
        error_messages={"max_length": _("Schrijf de straat korter: hoogstens 80 letters")},
    )
    wants_large_print = forms.BooleanField(label=_("Stuur mij brieven met grote letters"), required=False)
    channel = forms.ChoiceField(
        label=_("Hoe wilt u bericht krijgen?"),
        choices=[(Person.Channel.EMAIL.value, _("Per e-mail")), (Person.Channel.LETTER.value, _("Per brief"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies e-mail of brief"),
            "invalid_choice": _("Kies e-mail of brief"),
        },
    )

    def __init__(self, *args: Any, has_phone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_phone:
            field = self.fields["channel"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
            field.choices = [*self.base_fields["channel"].choices, (Person.Channel.SMS.value, _("Per sms"))]  # type: ignore[attr-defined]  # it is a choice

    def clean(self) -> dict[str, Any]:
        """Ask for an address where somebody wants mail."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("channel") == Person.Channel.EMAIL and not told.get("email") and "email" not in self.errors:
            self.add_error("email", _("Vul een e-mailadres in, of kies voor brieven"))
        return told
