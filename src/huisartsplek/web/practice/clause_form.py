# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""One clause of a partial stop as a form: tick what must all hold, and fill in what belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, assert_never

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huisartsplek.rules.intake import (
    BadPolicy,
    Clause,
    Condition,
    FamilyReunification,
    Fault,
    FaultCode,
    HouseholdMemberOfPatient,
    IntakePolicy,
    LivesIn,
    MovedIntoArea,
    NewbornSibling,
    PartialStop,
    StopReason,
    ViaMediation,
    WithinKm,
    WithinMinutes,
    WithoutGp,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.forms.boundfield import BoundField
    from django.utils.functional import _StrPromise

LONGEST_LIST = 100  # ranges in one field; more cannot be read by anybody
_RANGE = re.compile(r"(\d{4})(?:\s*(?:-|–|t/m|tot en met)\s*(\d{4}))?")
_BETWEEN = re.compile(r"[,;\n]+")


def read_ranges(text: str) -> tuple[tuple[int, int], ...] | None:
    """Read "2512-2518, 2521" as ranges; nothing for what is no list of four-digit postcodes."""
    ranges = []
    for part in filter(None, (one.strip().lower() for one in _BETWEEN.split(text))):
        found = _RANGE.fullmatch(part)
        if found is None:
            return None
        ranges.append((int(found[1]), int(found[2] or found[1])))
    return tuple(ranges)


def written_ranges(ranges: tuple[tuple[int, int], ...]) -> str:
    """Write ranges the way they are typed."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def read_decimal(text: str) -> Decimal | None:
    """Read a number with a comma or a point."""
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


@dataclass(frozen=True, slots=True)
class Detail:
    """What a condition asks besides its tick: a number or a list, and how it is read."""

    label: str | _StrPromise
    help: str | _StrPromise
    width: str
    read: Callable[[str], object | None]
    wrong: str | _StrPromise
    make: Callable[[Any], Condition]


@dataclass(frozen=True, slots=True)
class Kind:
    """A condition of the closed list, as the form offers it."""

    name: str
    label: str | _StrPromise
    plain: Condition | None = None
    detail: Detail | None = None
    is_rare: bool = False


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\s*-?\d{1,9}\s*", text) else None


_NUMBER = gettext_lazy("Vul een heel getal in, zoals 6")
KINDS = (
    Kind(
        "postcodes",
        gettext_lazy("Woont in deze postcodes"),
        detail=Detail(
            gettext_lazy("Postcodes"),
            gettext_lazy("Scheid met een komma. Een streepje betekent tot en met."),
            "full",
            read_ranges,
            gettext_lazy("Vul postcodes in met 4 cijfers, zoals 2512-2518, 2521"),
            LivesIn,
        ),
    ),
    Kind(
        "newborn",
        gettext_lazy("Pasgeboren broertje of zusje van een patiënt"),
        detail=Detail(gettext_lazy("Hoogstens zoveel dagen oud"), "", "6", _whole, _NUMBER, NewbornSibling),
    ),
    Kind(
        "moved",
        gettext_lazy("Kort geleden hierheen verhuisd"),
        detail=Detail(gettext_lazy("Minder dan zoveel maanden geleden"), "", "6", _whole, _NUMBER, MovedIntoArea),
    ),
    Kind("housemate", gettext_lazy("Woont samen met een patiënt"), plain=HouseholdMemberOfPatient()),
    Kind("without_gp", gettext_lazy("Heeft nog geen huisarts"), plain=WithoutGp()),
    Kind(
        "km",
        gettext_lazy("Woont binnen een aantal kilometers"),
        detail=Detail(
            gettext_lazy("Hoogstens zoveel kilometer van de praktijk"),
            "",
            "6",
            read_decimal,
            gettext_lazy("Vul een getal in, zoals 2,5"),
            WithinKm,
        ),
        is_rare=True,
    ),
    Kind(
        "minutes",
        gettext_lazy("Woont binnen een aantal minuten fietsen"),
        detail=Detail(gettext_lazy("Hoogstens zoveel minuten fietsen"), "", "6", _whole, _NUMBER, WithinMinutes),
        is_rare=True,
    ),
    Kind("reunion", gettext_lazy("Gezinshereniging"), plain=FamilyReunification(), is_rare=True),
    Kind(
        "mediation",
        gettext_lazy("Komt via bemiddeling van regio of verzekeraar"),
        plain=ViaMediation(),
        is_rare=True,
    ),
)


_FAULTS: dict[FaultCode, str | _StrPromise] = {
    FaultCode.TOO_SMALL: gettext_lazy("Vul een getal in van %(limit)d of meer"),
    FaultCode.TOO_LARGE: gettext_lazy("Vul een getal in van hoogstens %(limit)d"),
    FaultCode.NO_RANGES: gettext_lazy("Vul postcodes in met 4 cijfers, zoals 2512-2518, 2521"),
    FaultCode.NOT_A_POSTCODE: gettext_lazy("Vul postcodes in met 4 cijfers, zoals 2512-2518, 2521"),
    FaultCode.RANGE_REVERSED: gettext_lazy("Begin met de laagste postcode, zoals 2512-2518"),
    FaultCode.UNTIL_BEFORE_FROM: gettext_lazy("Kies een laatste dag die na de eerste dag komt"),
    FaultCode.REASON_MISSING: gettext_lazy("Kies een reden"),
}


def fault_text(fault: Fault) -> str:
    """Say what is wrong with a number or a list, and what to do."""
    if fault.code is FaultCode.TOO_SMALL and fault.limit == 0:
        return _("Vul een getal in dat meer is dan 0")
    text = str(_FAULTS.get(fault.code) or _("Kijk dit nog eens na"))
    return text % {"limit": fault.limit} if fault.limit is not None else text


class DetailField(forms.CharField):
    """What belongs to a condition: needed where that is ticked, which the clause looks at."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def validate(self, value: object) -> None:
        """Leave it to the clause whether it may be empty."""


class ClauseForm(forms.Form):
    """Conditions that must all hold; a condition counts when it is ticked."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in KINDS:
            self.fields[kind.name] = forms.BooleanField(label=kind.label, required=False)
            if kind.detail is not None:
                self.fields[f"{kind.name}_detail"] = _detail_field(kind.detail)
        self.conditions: list[Condition] = []

    def clean(self) -> None:
        """Read what was ticked, and say of each what is wrong with it."""
        cleaned = self.cleaned_data
        for kind in KINDS:
            if not cleaned.get(kind.name):
                if cleaned.get(f"{kind.name}_detail"):
                    self.add_error(kind.name, _("Kruis dit aan, of maak het veld eronder leeg"))
            elif kind.detail is None:
                self.conditions += [kind.plain] if kind.plain is not None else []
            elif f"{kind.name}_detail" in cleaned:
                self._read(kind, kind.detail, str(cleaned[f"{kind.name}_detail"]))
        if not self.errors and not any(cleaned.get(kind.name) for kind in KINDS):
            self.add_error(KINDS[0].name, _("Kies een voorwaarde, of haal deze regel weg"))

    def _read(self, kind: Kind, detail: Detail, text: str) -> None:
        found = detail.read(text)
        faults = [detail.wrong] if found is None else []
        if found is not None:
            condition = detail.make(found)
            if isinstance(condition, LivesIn) and len(condition.ranges) > LONGEST_LIST:
                many = _("Schrijf hoogstens %(most)d postcodes of reeksen. Neem samen wat naast elkaar ligt.")
                faults = [many % {"most": LONGEST_LIST}]
            else:
                faults = list(dict.fromkeys(fault_text(fault) for fault in _faults_of(condition)))
                self.conditions.append(condition)
        for fault in faults:
            self.add_error(f"{kind.name}_detail", fault)

    def clause(self) -> Clause:
        """The clause that was filled in."""
        return Clause(tuple(self.conditions))

    def often(self) -> Iterator[tuple[BoundField, BoundField | None, str]]:
        """The conditions that most practices use, each with what belongs to it."""
        return self._shown(is_rare=False)

    def rarely(self) -> Iterator[tuple[BoundField, BoundField | None, str]]:
        """The other conditions."""
        return self._shown(is_rare=True)

    @property
    def has_rare(self) -> bool:
        """Whether one of the other conditions is ticked."""
        return any(tick.value() for tick, _detail, _width in self.rarely())

    def _shown(self, *, is_rare: bool) -> Iterator[tuple[BoundField, BoundField | None, str]]:
        for kind in KINDS:
            if kind.is_rare is is_rare:
                detail = self[f"{kind.name}_detail"] if kind.detail else None
                yield self[kind.name], detail, kind.detail.width if kind.detail else ""


def _detail_field(detail: Detail) -> DetailField:
    return DetailField(
        label=detail.label,
        help_text=detail.help,
        max_length=2000,
        error_messages={"max_length": gettext_lazy("Dit is te lang. Neem samen wat naast elkaar ligt.")},
    )


def _faults_of(condition: Condition) -> tuple[Fault, ...]:
    """Let the rules judge one condition by itself, so that every fault of a clause is found at once."""
    try:
        IntakePolicy(
            rule=PartialStop((Clause((condition,)),)), valid_from=date(2000, 1, 1), stop_reason=StopReason.OTHER
        )
    except BadPolicy as bad:
        return bad.faults
    return ()


def typed(clause: Clause) -> dict[str, Any]:
    """What one would have typed for this clause; of two conditions of one kind both must hold, so the narrower."""
    values: dict[str, Any] = {}
    for condition in clause.conditions:
        name, detail = _typed(condition)
        values[name] = True
        if detail is not None:
            known = values.get(f"{name}_detail")
            values[f"{name}_detail"] = detail if known is None else _narrower(name, known, detail)
    return values


def _typed(condition: Condition) -> tuple[str, str | None]:
    match condition:
        case LivesIn(ranges):
            found: tuple[str, str | None] = ("postcodes", written_ranges(ranges))
        case MovedIntoArea(months):
            found = ("moved", str(months))
        case NewbornSibling(days):
            found = ("newborn", str(days))
        case WithinKm(km):
            found = ("km", f"{km:f}".replace(".", ","))
        case WithinMinutes(minutes):
            found = ("minutes", str(minutes))
        case HouseholdMemberOfPatient():
            found = ("housemate", None)
        case WithoutGp():
            found = ("without_gp", None)
        case FamilyReunification():
            found = ("reunion", None)
        case ViaMediation():
            found = ("mediation", None)
        case _ as never:
            assert_never(never)
    return found


def _narrower(name: str, one: str, other: str) -> str:
    if name != "postcodes":
        return min(one, other, key=lambda text: read_decimal(text) or Decimal(0))
    both = ((max(a, c), min(b, d)) for a, b in read_ranges(one) or () for c, d in read_ranges(other) or ())
    return written_ranges(tuple((first, last) for first, last in both if first <= last))
