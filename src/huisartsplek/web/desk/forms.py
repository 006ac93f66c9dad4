# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form with which somebody at a desk finds the one person before them, or enters them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huisartsplek.desk.finding import Told
from huisartsplek.desk.models import Help
from huisartsplek.desk.script import NOW
from huisartsplek.desk.services import Read
from huisartsplek.rules.values import BadValue, Bsn, Postcode
from huisartsplek.web.components.dates import PlainDateField

if TYPE_CHECKING:
    from datetime import date

CODE, DESCRIPTION, NUMBER = "code", "description", "bsn"
DOCUMENTS = (
    (Help.IdentifiedBy.PASSPORT.value, _("Paspoort gezien")),
    (Help.IdentifiedBy.IDENTITY_CARD.value, _("Identiteitskaart gezien")),
    (Help.IdentifiedBy.DRIVING_LICENCE.value, _("Rijbewijs gezien")),
    (Help.IdentifiedBy.RESIDENCE_PERMIT.value, _("Verblijfsdocument gezien")),
    (Help.IdentifiedBy.CALLED_BACK.value, _("Teruggebeld, en de controlevragen klopten")),
)
NEEDED = {
    CODE: {"code": _("Vul de code uit de brief in: 10 letters en cijfers")},
    NUMBER: {"bsn": _("Vul het BSN in: 9 cijfers")},
    DESCRIPTION: {
        "given_name": _("Vul de voornaam in"),
        "family_name": _("Vul de achternaam in"),
        "birth_date": _("Vul de geboortedatum in, zoals 4-5-1980"),
        "postcode": _("Vul een postcode in met 4 cijfers en 2 letters, zoals 2514 GL"),
    },
}


def _text(label: Any, most: int, help_text: Any = "") -> forms.CharField:
    too_long = _("Schrijf dit korter")
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        help_text=help_text,
        error_messages={"max_length": too_long},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DeskForm(forms.Form):
    """By what somebody is found, how they are known to be who they say, and what was read aloud."""

    via = forms.ChoiceField(
        label=_("Hoe zoekt u deze persoon op?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe u zoekt"), "invalid_choice": _("Kies hoe u zoekt")},
    )
    code = _text(
        _("Code uit de brief"), 40, _("Vraag ook de geboortedatum. U kunt alleen helpen waar de brief over gaat.")
    )
    bsn = _text(_("BSN"), 20)
    given_name = _text(_("Voornaam"), 80)
    family_name = _text(_("Achternaam"), 120)
    postcode = _text(_("Postcode"), 20)
    identified_by = forms.ChoiceField(
        label=_("Hoe weet u wie dit is?"),
        help_text=_(
            "Wij bewaren alleen dit, nooit een nummer of kopie. Met een code uit een brief hoeft het niet."
        ),
        choices=DOCUMENTS,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Kies hoe u weet wie dit is")},
    )
    script_version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    script_language = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2)

    def __init__(self, *args: Any, today: date, uses_bsn: bool, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(CODE, _("Met de code uit een brief")), (DESCRIPTION, _("Met naam, geboortedatum en postcode"))]
        if uses_bsn:
            ways.append((NUMBER, _("Met het BSN")))
        else:
            del self.fields["bsn"]
        self._choice("via").choices = ways
        self.fields["birth_date"] = PlainDateField(
            today=today,
            example=_("4-5-1980 of 4 mei 1980"),
            required=False,
            label=_("Geboortedatum"),
            help_text=_("Dag, maand en jaar, zoals 4-5-1980"),
        )
        self.fields["read"] = forms.MultipleChoiceField(
            label=_("Lees elke zin voor. Zet een vinkje als de persoon ja zegt."),
            choices=[(line.code, line.en if language == "en" else line.nl) for line in NOW.lines],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Lees alle zinnen voor en zet de vinkjes. Zonder ja op elke zin kunt u niet helpen"),
                "invalid_choice": _("Lees alle zinnen voor en zet de vinkjes"),
            },
        )
        for name in {"identified_by", *NEEDED[CODE], *NEEDED[NUMBER], *NEEDED[DESCRIPTION]} & self.fields.keys():
            # Asked or not by how somebody is looked for: the page does not call it optional.
            self.fields[name].is_needed_at_times = True  # type: ignore[attr-defined]  # fields carry attributes
        self.fields["script_version"].initial = NOW.version
        self.fields["script_language"].initial = language
        self.order_fields(["via", "code", "bsn", "given_name", "family_name", "birth_date", "postcode"])

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        return field

    def clean_postcode(self) -> Postcode | None:
        """Read the postcode with its letters."""
        typed = self.cleaned_data["postcode"]
        if not typed:
            return None
        try:
            found = Postcode.parse(typed)
        except BadValue:
            found = None
        if found is None or not found.letters:
            raise forms.ValidationError(_now("Vul een postcode in met 4 cijfers en 2 letters, zoals 2514 GL"))
        return found

    def clean_bsn(self) -> Bsn | None:
        """Read the BSN."""
        typed = self.cleaned_data["bsn"]
        try:
            return Bsn.parse(typed) if typed else None
        except BadValue:
            raise forms.ValidationError(_now("Dit is geen BSN. Kijk de 9 cijfers na")) from None

    def clean_read(self) -> list[str]:
        """Ask for a yes to every line."""
        ticked: list[str] = self.cleaned_data["read"]
        if frozenset(ticked) != NOW.codes:
            raise forms.ValidationError(
                _now("Lees alle zinnen voor en zet de vinkjes. Zonder ja op elke zin kunt u niet helpen")
            )
        return ticked

    def clean(self) -> dict[str, Any]:
        """Ask for what this way of finding somebody needs, all at once."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        via = told.get("via", "")
        needed = dict(NEEDED.get(via, {}))
        if via == CODE:
            needed["birth_date"] = NEEDED[DESCRIPTION]["birth_date"]
        elif not told.get("identified_by") and "identified_by" not in self.errors:
            self.add_error("identified_by", _now("Kies hoe u weet wie dit is"))
        for name, text in needed.items():
            if not told.get(name) and name not in self.errors:
                self.add_error(name, text)
        return told

    @property
    def told(self) -> Told:
        """Who the person says they are."""
        data = self.cleaned_data
        return Told(data["given_name"], data["family_name"], data["birth_date"], data["postcode"])

    @property
    def read_aloud(self) -> Read:
        """What was read aloud, as the page showed it."""
        data = self.cleaned_data
        return Read(data["script_version"], data["script_language"], frozenset(data["read"]))


class EnterForm(DeskForm):
    """The same for somebody whom nobody knows yet, with where they live and how news reaches them."""

    house_number = forms.CharField(
        label=_("Huisnummer"),
        help_text=_("Met toevoeging, zoals 12 B"),
        max_length=12,
        error_messages={
            "required": _("Vul het huisnummer in, zoals 12 of 12 B"),
            "max_length": _("Schrijf het huisnummer korter: hoogstens 12 tekens"),
        },
    )
    street = _text(_("Straat"), 80, _("Voor brieven"))
    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_("Zonder e-mail krijgt deze persoon brieven."),
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("Vul een e-mailadres in zoals naam@voorbeeld.nl"),
            "max_length": _("Dit e-mailadres is te lang. Vul een korter adres in"),
        },
    )

    def clean(self) -> dict[str, Any]:
        """Take this form only for somebody who was described: that is what it was made for."""
        told = super().clean()
        if told.get("via") != DESCRIPTION:
            self.add_error("via", _now("Iemand invoeren gaat met naam, geboortedatum en postcode"))
        return told
