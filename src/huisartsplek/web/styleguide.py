# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every building block on one page, with made-up data: to look at, and for the accessibility test."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huisartsplek.accounts.policies import policy, public
from huisartsplek.rules.intake import PublicStatus
from huisartsplek.web.components import wording
from huisartsplek.web.components.charts import Bar, BarChart, RangeChart
from huisartsplek.web.components.exchange_picture import chain_picture, cycle_picture
from huisartsplek.web.components.map import Pin, Place, map_picture
from huisartsplek.web.components.parts import (
    Column,
    PersonRow,
    Pill,
    SearchResult,
    Side,
    Table,
    steps_until,
)
from huisartsplek.web.components.status import say

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
UNTIL = datetime(2026, 11, 27, 9, 0, tzinfo=AMSTERDAM)
NOW = datetime(2026, 11, 24, 13, 30, tzinfo=AMSTERDAM)

PRACTICES = (
    ("Praktijk De Regenton", PublicStatus.WAITING_LIST, 52.0741, 4.3156, 0.4),
    ("Huisartsen Klaverblad", PublicStatus.CONDITIONAL, 52.0737, 4.2985, 0.7),
    ("Praktijk De Lindehof", PublicStatus.SWAP_ONLY, 52.0676, 4.3029, 0.8),
    ("Praktijk Zilverschoon", PublicStatus.OPEN, 52.0651, 4.3186, 1.1),
    ("Huisartsen De Windwijzer", PublicStatus.OPEN, 52.0652, 4.3190, 1.4),
    ("Praktijk Rozemarijn", PublicStatus.CLOSED, 52.0630, 4.2911, 1.9),
    ("Praktijk De Zonnewijzer", PublicStatus.UNKNOWN, 52.0687, 4.2780, 2.3),
)


class ExampleForm(forms.Form):
    """One field of each kind."""

    postcode = forms.RegexField(
        r"^[1-9][0-9]{3} ?[A-Z]{2}$",
        label=gettext_lazy("Postcode"),
        help_text=gettext_lazy("Van het adres waar u nu woont"),
        error_messages={"invalid": gettext_lazy("Vul een postcode in met 4 cijfers en 2 letters, zoals 2514 GL")},
    )
    house_number = forms.CharField(label=gettext_lazy("Huisnummer"), required=False)
    standing = forms.ChoiceField(
        label=gettext_lazy("Stand"),
        widget=forms.RadioSelect,
        choices=[("open", gettext_lazy("Open")), ("closed", gettext_lazy("Gesloten"))],
        error_messages={"required": gettext_lazy("Kies of uw praktijk open of gesloten is")},
    )
    wants = forms.MultipleChoiceField(
        label=gettext_lazy("Belangrijk voor mij"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("chair", gettext_lazy("Toegankelijk met rolstoel")), ("evening", gettext_lazy("Avondspreekuur"))],
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Volgorde"), choices=[("near", gettext_lazy("Dichtbij eerst"))], required=False
    )
    agrees = forms.BooleanField(
        label=gettext_lazy("Ik doe mee met ruilen"),
        error_messages={"required": gettext_lazy("Zet een vinkje als u wilt meedoen")},
    )


def _results() -> list[SearchResult]:
    verdicts = {
        PublicStatus.OPEN: _("Ja, u kunt zich hier nu inschrijven."),
        PublicStatus.CONDITIONAL: _("Misschien. Het hangt af van uw verhuisdatum."),
        PublicStatus.WAITING_LIST: _("Er is een wachtlijst. U mag erop."),
        PublicStatus.SWAP_ONLY: _("Alleen door te ruilen."),
        PublicStatus.CLOSED: _("Nee, nu niet. Waarschijnlijk weer vanaf 1 maart 2027."),
        PublicStatus.UNKNOWN: _("Wij weten het niet. Bel de praktijk."),
    }
    return [
        SearchResult(
            number=number,
            name=name,
            url="#",
            status=status,
            verdict=verdicts[status],
            facts=(
                wording.distance(km),
                wording.walking(round(km * 12)),
                wording.cycling(round(km * 4)),
            ),
            confirmed_on=None if status is PublicStatus.UNKNOWN else date(2026, 11, 19),
        )
        for number, (name, status, _latitude, _longitude, km) in enumerate(PRACTICES, start=1)
    ]


def _charts() -> dict[str, Any]:
    return {
        "bars": BarChart(
            anchor="manieren",
            heading=_("Hoe komen mensen aan hun plek?"),
            label_column=_("Manier"),
            value_column=_("Mensen"),
            bars=(Bar(_("Vrije plek"), 612), Bar(_("Kring"), 471), Bar(_("Keten"), 388)),
        ),
        "range": RangeChart(low=4, high=9, ends_at=12),
        "cycle": cycle_picture(
            "kring",
            [("Anna", "Delft"), ("Bram", "Leiden"), ("Chadia", "Gouda")],
            caption=_("Anna krijgt de plek van Bram, Bram die van Chadia en Chadia die van Anna."),
        ),
        "pair": cycle_picture(
            "tweetal",
            [("Anna", "Delft"), ("Bram", "Leiden")],
            caption=_("Anna en Bram ruilen van plek."),
        ),
        "chain": chain_picture(
            "keten",
            ["Delft", "Leiden", "Gouda"],
            ["Anna", "Bram", "Chadia"],
            caption=_("Eén vrije plek helpt drie mensen."),
        ),
        "table": Table(
            caption=_("Te doen"),
            columns=(
                Column(_("Taak")),
                Column(_("Voor wie")),
                Column(_("Uiterlijk")),
                Column(_("Mensen"), numeric=True),
            ),
            rows=[
                (_("Nieuw gezin beoordelen"), "Familie Aydın", wording.weekday(date(2026, 11, 27)), 4),
                (_("Eerste bezoek afmaken"), "P. Verhulst", wording.weekday(date(2026, 12, 7)), 1),
            ],
        ),
        "map": map_picture(
            [
                Pin(number, name, status, latitude, longitude)
                for number, (name, status, latitude, longitude, _km) in enumerate(PRACTICES, start=1)
            ],
            here=Place(_("u"), 52.0728, 4.3096),
            places=(Place("Scheveningen", 52.0930, 4.2880), Place("Rijswijk", 52.0510, 4.3240)),
        ),
    }


@policy(public())
def page(request: HttpRequest) -> HttpResponse:
    """Show every building block once."""
    form = ExampleForm({"postcode": "25l4 GL", "wants": ["chair"]})
    labels = (
        (_("Verzoek gedaan"), wording.day_without_year(date(2026, 8, 14))),
        (_("Iedereen zegt ja"), _("nog 1 persoon")),
        (_("Ronde"), wording.day_without_year(date(2026, 11, 20))),
    )
    context = {
        "statuses": list(PublicStatus),
        "form": form,
        "descriptions": {"open": _("U neemt iedereen aan."), "closed": _("U kiest een reden en een einddatum.")},
        "results": _results(),
        "steps": steps_until(labels, present=1),
        "people": (
            PersonRow("Fatima", _("38 jaar"), _("Doet mee")),
            PersonRow("Noor", _("13 jaar"), _("Moet nog ja zeggen"), is_waiting=True),
        ),
        "now_side": Side(_("Nu"), "Praktijk De Brink, Deventer", wording.distance(127), wording.driving(105)),
        "then_side": Side(
            _("Vanaf %(day)s") % {"day": wording.weekday_with_year(date(2026, 12, 15))},
            "Praktijk De Lindehof, Den Haag",
            wording.distance(0.8),
            wording.cycling(3),
        ),
        "facts": ((_("Huisartsen"), _("2 vrouwen, 1 man")), (_("Status"), say(PublicStatus.CONDITIONAL))),
        "figures": ((_("Verzoeken"), wording.number(4180)), (_("Wensen per verzoek"), wording.number(3.4))),
        "entries": (
            (_("U doet een verzoek"), _("U kiest tot tien praktijken.")),
            (_("De ronde sluit"), _("Vanaf dan kan niemand nog iets veranderen.")),
        ),
        "pills": (Pill(_("Alle 12"), "#", current=True), Pill(_("Nu inschrijven (2)"), "#")),
        "wish_facts": (wording.distance(0.8), wording.cycling(3)),
        "until": UNTIL,
        "now": NOW,
        **_charts(),
    }
    return render(request, "web/styleguide.html", context)
