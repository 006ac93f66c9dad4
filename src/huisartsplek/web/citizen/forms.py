# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms a citizen fills in, and reading dates as people write them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from huisartsplek.rules.values import BadValue, Postcode
from huisartsplek.rules.wording import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise

OLDEST = date(1900, 1, 1)
_NUMBERS = re.compile(r"(?:(\d{1,2})[-/. ]+)?(\d{1,2})[-/. ]+(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_IN_WORDS = re.compile(r"(?:(\d{1,2})\s+)?([a-z]{3,9})\.?\s+(\d{4})")


def read_date(text: str, *, day_needed: bool) -> date | None:
    """Read a day as people write it: 4-5-1980, 04/05/1980, 4 mei 1980; without a day the first of the month."""
    wanted = " ".join(text.strip().lower().split())
    parts = _parts(wanted)
    if parts is None or (day_needed and parts[0] is None):
        return None
    day, month, year = parts
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None


def _parts(text: str) -> tuple[int | None, int, int] | None:
    if found := _NUMBERS.fullmatch(text):
        return (int(found[1]) if found[1] else None), int(found[2]), int(found[3])
    if found := _ISO.fullmatch(text):
        return (int(found[3]) if found[3] else None), int(found[2]), int(found[1])
    if found := _IN_WORDS.fullmatch(text):
        month = next((n for n, name in enumerate(MONTHS, 1) if _is_month(found[2], name)), None)
        return None if month is None else ((int(found[1]) if found[1] else None), month, int(found[3]))
    return None


def _is_month(written: str, names: tuple[str, str]) -> bool:
    return any(name.lower().startswith(written) for name in names)


class PlainDateField(forms.Field):
    """A day in the past, written in any usual way."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "maxlength": 30})

    def __init__(self, *, today: date, example: str | _StrPromise, day_needed: bool = True, **kwargs: Any) -> None:
        self.today, self.example, self.day_needed = today, example, day_needed
        super().__init__(**kwargs)

    def to_python(self, value: object) -> date | None:
        """Read the day, or say how to write it."""
        if value in self.empty_values:
            return None
        found = read_date(str(value)[:60], day_needed=self.day_needed)
        if found is None:
            raise forms.ValidationError(_("Schrijf de datum zo: %(example)s") % {"example": self.example})
        if found > self.today or found < OLDEST:
            raise forms.ValidationError(_("Kies een datum die al geweest is"))
        return found


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
