# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of an intake policy: who, how many, until when; and its clauses, each a form of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huisartsplek.rules.intake import (
    BadPolicy,
    Fault,
    FullStop,
    IntakePolicy,
    Open,
    PartialStop,
    Rule,
    StopReason,
)
from huisartsplek.web.components.dates import read_date
from huisartsplek.web.components.status import say
from huisartsplek.web.practice.clause_form import ClauseForm, fault_text, typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

MOST_CLAUSES = 10
MOST_PEOPLE = 9999  # more is a typing error: a full-time GP has about 2,100 patients
OLDEST, FURTHEST = date(2000, 1, 1), date(2100, 1, 1)


class Standing(StrEnum):
    """What a practice chooses first."""

    OPEN = "open"
    CONDITIONS = "voorwaarden"
    CLOSED = "gesloten"


STANDINGS = (
    (Standing.OPEN, gettext_lazy("Open")),
    (Standing.CONDITIONS, gettext_lazy("Onder voorwaarden")),
    (Standing.CLOSED, gettext_lazy("Gesloten")),
)
STANDING_NOTES = {
    Standing.OPEN.value: gettext_lazy("U neemt iedereen aan, zolang er plek is."),
    Standing.CONDITIONS.value: gettext_lazy("U kiest hieronder wie."),
    Standing.CLOSED.value: gettext_lazy("U neemt nu niemand aan. Ruilen kan wel, als u dat wilt."),
}


class DayField(forms.CharField):
    """A day, written in any usual way."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: object) -> Any:
        """Read the day, or say how to write it."""
        text = super().clean(value)
        if not text:
            return None
        found = read_date(str(text), day_needed=True)
        if found is None or not OLDEST <= found < FURTHEST:
            raise forms.ValidationError(_("Schrijf de datum zo: 31-01-2027"))
        return found


def _count(label: Any, *, least: int, required: bool, empty: Any = "", **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=least,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": empty,
            "invalid": gettext_lazy("Vul een heel getal in, zoals 5"),
            "min_value": gettext_lazy("Vul een getal in van %(limit_value)d of meer"),
            "max_value": gettext_lazy("Vul een getal in van hoogstens %(limit_value)d"),
        },
        **more,
    )


class ReasonField(forms.ChoiceField):
    """The reason of a stop: needed for a stop, which the rules look at."""

    def validate(self, value: object) -> None:
        """Refuse what is not in the list; nothing is judged with the standing."""
        if value:
            super().validate(value)


class PolicyForm(forms.Form):
    """A policy without its clauses."""

    use_required_attribute = False

    standing = forms.ChoiceField(
        label=gettext_lazy("Stand"),
        choices=STANDINGS,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies een stand"),
            "invalid_choice": gettext_lazy("Kies een stand uit de lijst"),
        },
    )
    stop_reason = ReasonField(
        label=gettext_lazy("Reden"),
        help_text=gettext_lazy("Alleen als u niet open bent."),
        error_messages={"invalid_choice": gettext_lazy("Kies een reden uit de lijst")},
    )
    stop_reason_public = forms.BooleanField(label=gettext_lazy("Laat de reden aan iedereen zien"), required=False)
    people_more = _count(
        gettext_lazy("Hoeveel mensen u nog aanneemt"),
        least=0,
        required=True,
        empty=gettext_lazy("Vul in hoeveel mensen u nog aanneemt, zoals 5. Niemand? Vul 0 in"),
    )
    weekly = _count(gettext_lazy("Per week, hoogstens"), least=1, required=False)
    valid_from = DayField(
        label=gettext_lazy("Vanaf"),
        error_messages={"required": gettext_lazy("Vul een datum in, zoals 31-01-2027")},
    )
    valid_until = DayField(label=gettext_lazy("Tot en met"), required=False)
    swaps = forms.BooleanField(label=gettext_lazy("Doet mee met ruilen, één voor één"), required=False)
    waiting_list = forms.BooleanField(label=gettext_lazy("Vol? Zet mensen dan op de wachtlijst"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        reasons = [(reason.value, say(reason)) for reason in StopReason]
        choice = self.fields["stop_reason"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _("Kies een reden")), *reasons]

    def clean(self) -> None:
        """Let the rules judge what stands here, without the clauses."""
        since = self.cleaned_data.get("valid_from")
        if since is not None and since > self.today:
            later = _("Kies vandaag of een eerdere dag. Moet de regel later ingaan? Bewaar hem dan op die dag")
            self.add_error("valid_from", later)
        until = self.cleaned_data.get("valid_until")
        if until is not None and until < self.today:
            self.add_error("valid_until", _("Kies een dag die nog komt, of maak dit veld leeg"))
        if "standing" not in self.cleaned_data or "stop_reason" not in self.cleaned_data:
            return
        is_open = self.cleaned_data["standing"] == Standing.OPEN
        try:
            self.policy(Open() if is_open else FullStop())
        except BadPolicy as bad:
            for fault in bad.faults:
                self._refuse(fault)

    def _refuse(self, fault: Fault) -> None:
        field = fault.where if fault.where in self.fields else None
        if field is None or not self.has_error(field):
            self.add_error(field, fault_text(fault))

    def policy(self, rule: Rule) -> IntakePolicy:
        """The policy that was filled in, with this rule; an open practice has no reason to give."""
        data = self.cleaned_data
        is_open = isinstance(rule, Open)
        return IntakePolicy(
            rule=rule,
            valid_from=data.get("valid_from") or self.today,
            valid_until=data.get("valid_until"),
            swaps=data["swaps"],
            waiting_list=data["waiting_list"],
            weekly=data.get("weekly"),
            stop_reason=None if is_open or not data["stop_reason"] else StopReason(data["stop_reason"]),
            stop_reason_public=not is_open and data["stop_reason_public"],
        )


@dataclass(frozen=True, slots=True)
class WholeForm:
    """The form with all its clauses."""

    main: PolicyForm
    clauses: Sequence[ClauseForm]

    @property
    def forms(self) -> tuple[forms.Form, ...]:
        """All of it, in the order of the page."""
        return (self.main, *self._counting())

    def _counting(self) -> Sequence[ClauseForm]:
        """The clauses, where they count: under conditions."""
        standing = self.main["standing"].value()
        return self.clauses if standing == Standing.CONDITIONS else ()

    def is_valid(self) -> bool:
        """Whether nothing is wrong anywhere; every part is looked at."""
        wrong = [form for form in self.forms if not form.is_valid()]
        return not wrong

    def policy(self) -> IntakePolicy:
        """The policy that was filled in."""
        match Standing(self.main.cleaned_data["standing"]):
            case Standing.OPEN:
                rule: Rule = Open()
            case Standing.CONDITIONS:
                rule = PartialStop(tuple(form.clause() for form in self.clauses))
            case Standing.CLOSED:
                rule = FullStop()
            case _ as never:
                assert_never(never)
        return self.main.policy(rule)


def form_of(policy: IntakePolicy | None, people_more: int, *, today: date) -> WholeForm:
    """The form filled in with the policy in force."""
    if policy is None:
        initial: dict[str, Any] = {"valid_from": _written(today), "people_more": people_more, "waiting_list": True}
        return WholeForm(PolicyForm(initial=initial, today=today), [ClauseForm(prefix="regel-0")])
    initial = {
        "standing": _standing(policy),
        "stop_reason": policy.stop_reason or "",
        "stop_reason_public": policy.stop_reason_public,
        "people_more": people_more,
        "weekly": policy.weekly,
        "valid_from": _written(policy.valid_from),
        "valid_until": _written(policy.valid_until) if policy.valid_until else "",
        "swaps": policy.swaps,
        "waiting_list": policy.waiting_list,
    }
    clauses = policy.rule.admits if isinstance(policy.rule, PartialStop) else ()
    filled = [typed(clause) for clause in clauses] or [{}]
    return WholeForm(PolicyForm(initial=initial, today=today), _unchecked(filled))


def _standing(policy: IntakePolicy) -> Standing:
    if isinstance(policy.rule, Open):
        return Standing.OPEN
    return Standing.CLOSED if policy.admits_nobody else Standing.CONDITIONS


def _written(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def sent_form(data: QueryDict, *, today: date) -> WholeForm:
    """The form as it was sent in, to be judged."""
    clauses = [ClauseForm(data, prefix=f"regel-{number}") for number in range(_clauses_in(data))]
    return WholeForm(PolicyForm(data, today=today), clauses)


def rearranged_form(data: QueryDict, *, today: date, added: bool, removed: int | None) -> WholeForm:
    """The form as it was sent in with a clause more or less; nothing is judged yet, what was typed stays."""
    values = {name: data.get(name, "") for name in PolicyForm.base_fields}
    clauses = [_values(data, f"regel-{number}") for number in range(_clauses_in(data))]
    if removed is not None and removed < len(clauses) and len(clauses) > 1:
        del clauses[removed]
    if added and len(clauses) < MOST_CLAUSES:
        clauses.append({})
    return WholeForm(PolicyForm(initial=values, today=today), _unchecked(clauses))


def _values(data: QueryDict, prefix: str) -> dict[str, Any]:
    return {name: data.get(f"{prefix}-{name}", "") for name in ClauseForm().fields}


def _unchecked(clauses: Sequence[Mapping[str, Any]]) -> list[ClauseForm]:
    return [ClauseForm(initial=dict(one), prefix=f"regel-{number}") for number, one in enumerate(clauses)]


def _clauses_in(data: QueryDict) -> int:
    """How many clauses the form says it has: at least one, and no more than a page can hold."""
    said = data.get("regels", "")
    return min(max(int(said), 1), MOST_CLAUSES) if said.isdecimal() and len(said) < 4 else 1
