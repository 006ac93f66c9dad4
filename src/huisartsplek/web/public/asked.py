# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a visitor asks of the search page, as it stands in the address: every choice is a link or a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from huisartsplek.integrations.addresses.port import AddressPort
from huisartsplek.integrations.postcodes.port import PostcodePort
from huisartsplek.practices.centre import Centre, centre_at, centre_at_house, find_centre, places_meant
from huisartsplek.simulator.geography import Place
from huisartsplek.web.components.dates import PlainDateField

RADII = (5, 10, 25)
LANGUAGES = ("en", "de", "fr", "es", "pl", "tr", "ar", "uk")
SIZES = ("solo", "duo", "group")
ABOUT_PERSON = ("postcode", "huisnummer", "provincie", "bij", "verhuisd", "zonder-huisarts")
LONGEST = 60
LAST_PAGE = 500


class Group(StrEnum):
    """A part of the list, by what one can do there."""

    NOW = "nu"
    LATER = "wacht"
    MAYBE = "misschien"


class Order(StrEnum):
    """Which practice comes first."""

    NEAR = "afstand"
    NOW_FIRST = "nu"
    FRESH = "bevestigd"


class _AddressForm(forms.Form):
    """A form whose fields have names that read well in an address."""

    def add_prefix(self, field_name: str) -> str:
        """Write a blank in a name as a hyphen."""
        return field_name.replace("_", "-")


class SearchForm(_AddressForm):
    """The one question on the front page."""

    postcode = forms.CharField(
        label=_("Postcode of plaats"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={
            "required": _("Vul uw postcode in, zoals 2514 GL. De naam van een plaats mag ook."),
            "null_characters_not_allowed": _("Vul een postcode in, zoals 2514 GL, of de naam van een plaats."),
            "max_length": _("Dat is te lang. Vul een postcode in, zoals 2514 GL, of de naam van een plaats."),
        },
    )
    huisnummer = forms.CharField(
        label=_("Huisnummer"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"max_length": _("Vul alleen het huisnummer in, zoals 12 of 12a.")},
    )

    def __init__(
        self,
        *args: Any,
        postcodes: PostcodePort,
        addresses: AddressPort | None = None,
        province: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._postcodes, self._addresses, self._province = postcodes, addresses, province
        self.centre: Centre | None = None
        self.alike: Sequence[Place] = ()  # what somebody who mistyped may have meant

    def clean_postcode(self) -> str:
        """Find where it is, or say what to fill in."""
        text: str = self.cleaned_data["postcode"]
        self.centre = find_centre(self._postcodes, text, province=self._province)
        if self.centre is None:
            self.alike = places_meant(self._postcodes, text)
            if self.alike:
                raise forms.ValidationError(_("Deze plaats kennen wij niet. Kies welke plaats u bedoelt."))
            raise forms.ValidationError(
                _("Wij kennen deze postcode of plaats niet. Vul een postcode in zoals 2514 GL, of een plaats.")
            )
        return text

    def clean(self) -> dict[str, Any]:
        """Measure from the front door where that is known; else from the middle of the postcode, and say why."""
        typed = self.cleaned_data.get("huisnummer", "")
        if typed and self._addresses is not None and self.centre is not None:
            self.centre = centre_at_house(self._addresses, self.centre, typed)
        return self.cleaned_data

    def take_position(self, text: str) -> None:
        """Search around about where somebody is, as their browser told it."""
        self.centre = centre_at(self._postcodes, text)


class FactsForm(_AddressForm):
    """The facts that turn a "perhaps" into a yes or a no. Nothing of it is kept."""

    zonder_huisarts = forms.ChoiceField(
        label=_("Hebt u nu een huisarts?"),
        required=False,
        choices=[("", _("Dat zeg ik liever niet")), ("nee", _("Ja, ik heb een huisarts")), ("ja", _("Nee"))],
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verhuisd"] = PlainDateField(
            today=today,
            example=_("14 augustus 2026"),
            label=_("Sinds wanneer woont u op dit adres?"),
            help_text=_("Bijvoorbeeld 14 augustus 2026 of 14-8-2026"),
            required=False,
        )
        self.order_fields(["verhuisd", "zonder_huisarts"])


class ChoicesForm(_AddressForm):
    """What somebody finds important in a practice."""

    rolstoel = forms.BooleanField(label=_("Toegankelijk met rolstoel"), required=False)
    avond = forms.BooleanField(label=_("Avondspreekuur"), required=False)
    vrouw = forms.BooleanField(label=_("Vrouwelijke huisarts"), required=False)
    man = forms.BooleanField(label=_("Mannelijke huisarts"), required=False)
    grootte = forms.ChoiceField(
        label=_("Hoe groot is de praktijk?"),
        required=False,
        choices=[
            ("", _("Maakt niet uit")),
            ("solo", _("Eén huisarts")),
            ("duo", _("Twee huisartsen")),
            ("group", _("Groep huisartsen")),
        ],
    )
    taal_balie = forms.ChoiceField(label=_("Taal aan de balie"), required=False)
    volgorde = forms.ChoiceField(
        label=_("Volgorde"),
        required=False,
        choices=[
            (Order.NEAR.value, _("Dichtbij eerst")),
            (Order.NOW_FIRST.value, _("Nu inschrijven eerst")),
            (Order.FRESH.value, _("Pas bevestigd eerst")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["taal_balie"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  it is declared so above
        field.choices = [("", _("Maakt niet uit")), *((code, language_name(code)) for code in LANGUAGES)]


def language_name(code: str) -> str:
    """Give the name of a language in the language of the page, with a capital."""
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


@dataclass(frozen=True, slots=True)
class Asked:
    """One search, as the address has it."""

    postcode: str = ""
    house_number: str = ""
    province: str = ""
    position: str = ""
    moved: str = ""
    without_gp: str = ""
    group: Group | None = None
    step_free: bool = False
    evening: bool = False
    female_gp: bool = False
    male_gp: bool = False
    size: str = ""
    language: str = ""
    order: Order = Order.NEAR
    radius: int = RADII[0]
    page: int = 1

    def pairs(self) -> list[tuple[str, str]]:
        """Give what differs from an empty search, as it stands in the address."""
        all_pairs = (
            ("postcode", self.postcode),
            ("huisnummer", self.house_number),
            ("provincie", self.province),
            ("bij", self.position),
            ("verhuisd", self.moved),
            ("zonder-huisarts", self.without_gp),
            ("laat", self.group.value if self.group else ""),
            ("rolstoel", "ja" if self.step_free else ""),
            ("avond", "ja" if self.evening else ""),
            ("vrouw", "ja" if self.female_gp else ""),
            ("man", "ja" if self.male_gp else ""),
            ("grootte", self.size),
            ("taal-balie", self.language),
            ("volgorde", self.order.value if self.order is not Order.NEAR else ""),
            ("straal", str(self.radius) if self.radius != RADII[0] else ""),
            ("pagina", str(self.page) if self.page > 1 else ""),
        )
        return [(name, value) for name, value in all_pairs if value]

    def query(self, **changes: Any) -> str:
        """Give the address of this search with some things changed; another list begins at its first page."""
        changed = replace(self, **{"page": 1, **changes})
        return urlencode(changed.pairs())

    def hidden_beside(self, *fields: str) -> list[tuple[str, str]]:
        """Give what a form must carry along that asks for these fields itself."""
        return [(name, value) for name, value in self.pairs() if name not in {*fields, "pagina"}]

    def person_query(self) -> str:
        """Give only what says something about the one who searches: it goes along to a practice's page."""
        return urlencode([pair for pair in self.pairs() if pair[0] in ABOUT_PERSON])

    @property
    def has_choices(self) -> bool:
        """Whether somebody finds anything important in a practice."""
        return any((self.step_free, self.evening, self.female_gp, self.male_gp, self.size, self.language))


def read_asked(data: QueryDict) -> Asked:
    """Read an address; what is not one of the choices is as if it was not asked."""

    def text(name: str, longest: int = LONGEST) -> str:
        return data.get(name, "").replace("\x00", "").strip()[:longest]

    return Asked(
        postcode=text("postcode"),
        house_number=text("huisnummer", 10),
        province=text("provincie", 30),
        position=text("bij", 40) if "postcode" not in data else "",
        moved=text("verhuisd", 30),
        without_gp=text("zonder-huisarts") if text("zonder-huisarts") in {"ja", "nee"} else "",
        group=Group(text("laat")) if text("laat") in set(Group) else None,
        step_free=bool(text("rolstoel")),
        evening=bool(text("avond")),
        female_gp=bool(text("vrouw")),
        male_gp=bool(text("man")),
        size=text("grootte") if text("grootte") in SIZES else "",
        language=text("taal-balie") if text("taal-balie") in LANGUAGES else "",
        order=Order(text("volgorde")) if text("volgorde") in set(Order) else Order.NEAR,
        radius=int(text("straal")) if text("straal") in {str(radius) for radius in RADII} else RADII[0],
        page=min(int(text("pagina")), LAST_PAGE)
        if text("pagina", 6).isascii() and text("pagina", 6).isdigit()
        else 1,
    )
