# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms a citizen fills in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from huisartsplek.rules.consent import decides_alone
from huisartsplek.rules.values import BadValue, Postcode
from huisartsplek.web.components.dates import PlainDateField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class DetailsForm(forms.Form):
    """Who somebody is and where they live."""

    given_name = forms.CharField(
        label=_("Voornaam"),
        max_length=80,
        error_messages={
            "required": _("Vul uw voornaam in"),
            "max_length": _("Schrijf uw voornaam korter: hoogstens 80 letters"),
        },
    )
    family_name = forms.CharField(
        label=_("Achternaam"),
        max_length=120,
        error_messages={
            "required": _("Vul uw achternaam in"),
            "max_length": _("Schrijf uw achternaam korter: hoogstens 120 letters"),
        },
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        help_text=_("Van het adres waar u nu woont"),
        error_messages={"required": _("Vul een postcode in met 4 cijfers en 2 letters, zoals 2514 GL")},
    )
    house_number = forms.CharField(
        label=_("Huisnummer"),
        help_text=_("Met toevoeging, zoals 12 B"),
        max_length=12,
        error_messages={
            "required": _("Vul uw huisnummer in, zoals 12 of 12 B"),
            "max_length": _("Schrijf uw huisnummer korter: hoogstens 12 tekens"),
        },
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_("Wij mailen alleen: er is nieuws, log in. Zonder e-mail krijgt u brieven."),
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("Vul een e-mailadres in zoals naam@voorbeeld.nl"),
            "max_length": _("Dit e-mailadres is te lang. Vul een korter adres in"),
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"] = PlainDateField(
            today=today,
            example=_("4-5-1980 of 4 mei 1980"),
            label=_("Geboortedatum"),
            help_text=_("Dag, maand en jaar, zoals 4-5-1980"),
            error_messages={"required": _("Vul uw geboortedatum in, zoals 4-5-1980")},
        )
        self.fields["moved_in_on"] = PlainDateField(
            today=today,
            example=_("08-2026 of augustus 2026"),
            day_needed=False,
            required=False,
            label=_("Sinds wanneer woont u daar?"),
            help_text=_("Maand en jaar, zoals 08-2026. Ongeveer is goed. Sommige praktijken vragen ernaar."),
        )
        order = ("given_name", "family_name", "birth_date", "postcode", "house_number", "moved_in_on", "email")
        self.order_fields(order)

    def clean_postcode(self) -> Postcode:
        """Read the postcode with its letters."""
        try:
            found = Postcode.parse(self.cleaned_data["postcode"][:20])
        except BadValue:
            found = None
        if found is None or not found.letters:
            raise forms.ValidationError(_("Vul een postcode in met 4 cijfers en 2 letters, zoals 2514 GL"))
        return found


class ChildForm(forms.Form):
    """Who a child is that lives with the one who adds it."""

    given_name = forms.CharField(
        label=_("Voornaam van het kind"),
        max_length=80,
        error_messages={
            "required": _("Vul de voornaam van het kind in"),
            "max_length": _("Schrijf de voornaam korter: hoogstens 80 letters"),
        },
    )
    family_name = forms.CharField(
        label=_("Achternaam van het kind"),
        max_length=120,
        error_messages={
            "required": _("Vul de achternaam van het kind in"),
            "max_length": _("Schrijf de achternaam korter: hoogstens 120 letters"),
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["birth_date"] = PlainDateField(
            today=today,
            example=_("4-5-2020 of 4 mei 2020"),
            label=_("Geboortedatum van het kind"),
            help_text=_("Dag, maand en jaar, zoals 4-5-2020"),
            error_messages={"required": _("Vul de geboortedatum van het kind in, zoals 4-5-2020")},
        )

    def clean_birth_date(self) -> date:
        """Take children only: who decides alone comes in with a login of their own."""
        born_on: date = self.cleaned_data["birth_date"]
        if decides_alone(born_on, on=self.today):
            raise forms.ValidationError(
                _("Dit is geen kind meer. Vanaf 16 jaar komt iemand er zelf bij, met een code van u")
            )
        return born_on


class StatedPracticeForm(forms.Form):
    """At which practice somebody is enrolled, and since when about."""

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[str, str]],
        practices: Sequence[tuple[str, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"] = forms.ChoiceField(
            label=_("Welke praktijk is het?"),
            choices=practices,
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Kies een praktijk uit de lijst"),
                "invalid_choice": _("Kies een praktijk uit de lijst"),
            },
        )
        self.fields["people"] = forms.MultipleChoiceField(
            label=_("Voor wie is dit de huisarts?"),
            choices=people,
            initial=[value for value, _name in people],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Kies minstens één persoon"),
                "invalid_choice": _("Kies alleen mensen uit de lijst"),
            },
        )
        self.fields["since"] = PlainDateField(
            today=today,
            example=_("08-2020 of augustus 2020"),
            day_needed=False,
            label=_("Sinds wanneer ongeveer?"),
            help_text=_("Maand en jaar, zoals 08-2020. Ongeveer is goed."),
            error_messages={"required": _("Vul een maand en jaar in, zoals 08-2020")},
        )


class RequestForm(forms.Form):
    """Who goes along; the wishes and the key stand in the form as hidden fields."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Open deze pagina opnieuw en probeer het nog eens"),
            "invalid": _("Open deze pagina opnieuw en probeer het nog eens"),
        },
    )

    def __init__(self, *args: Any, members: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"] = forms.MultipleChoiceField(
            label=_("Wie gaan er mee?"),
            help_text=_("U gaat samen, of niemand gaat. Iedereen komt bij dezelfde praktijk."),
            choices=members,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Kies minstens één persoon die meegaat"),
                "invalid_choice": _("Kies alleen mensen uit uw huishouden"),
            },
        )

    def member_ids(self) -> list[UUID]:
        """The people who were ticked."""
        return [UUID(value) for value in self.cleaned_data["members"]]
