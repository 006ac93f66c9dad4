# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Form fields with their label, help, errors and the ties between them that assistive technology reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField
    from django.utils.safestring import SafeString

    from huisartsplek.web.components.parts import Text

WIDTHS = frozenset({"4", "6", "8", "10", "14", "20", "full"})

_CSS_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.RadioSelect, "utrecht-radio-button"),
    (forms.CheckboxSelectMultiple, "utrecht-checkbox"),
    (forms.CheckboxInput, "utrecht-checkbox"),
    (forms.Select, "utrecht-select"),
    (forms.Textarea, "utrecht-textarea utrecht-textbox"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button or tick box of a group."""

    id: str
    tag: SafeString
    label: Text
    description: Text


@dataclass(frozen=True, slots=True)
class FieldView:
    """All that the field's template shows."""

    id: str
    label: Text
    kind: str
    help: Text
    errors: list[str]
    optional: bool
    is_hidden: bool
    help_id: str
    error_id: str
    described_by: str
    widget: SafeString
    choices: list[Choice] = field(default_factory=list)

    @property
    def numbered_errors(self) -> list[tuple[str, str]]:
        """The errors, each with the id by which the field names it."""
        return list(zip(_error_ids(self.error_id, len(self.errors)), self.errors, strict=True))

    @property
    def is_group(self) -> bool:
        """Whether the field is a group of buttons or boxes under one legend."""
        return bool(self.choices)


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the error summary, with the place on the page it leads to."""

    text: str
    anchor: str


def _error_ids(error_id: str, count: int) -> list[str]:
    return [error_id if place == 1 else f"{error_id}_{place}" for place in range(1, count + 1)]


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect):
        return "radio"
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.CheckboxInput):
        return "checkbox"
    return "text"


def _css_class(widget: forms.Widget, width: str, *, invalid: bool) -> str:
    known = next((name for kind, name in _CSS_CLASSES if isinstance(widget, kind)), "utrecht-textbox")
    names = [widget.attrs.get("class", ""), known]
    if invalid and "utrecht-textbox" in known:
        names.append("utrecht-textbox--invalid")
    if width:
        names.append(f"hp-width-{width}")
    return " ".join(name for name in names if name)


def _anchor(bound: BoundField) -> str:
    """The element a link in the error summary leads to: of a group its first box."""
    is_group = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if is_group else bound.auto_id


def field_view(bound: BoundField, *, width: str = "", descriptions: Mapping[str, Text] | None = None) -> FieldView:
    """A bound field with its ties; `descriptions` explains single choices by their value."""
    if width and width not in WIDTHS:
        raise ValueError(f"A field is one of these wide: {', '.join(sorted(WIDTHS))}.")
    widget = bound.field.widget
    errors = [str(error) for error in bound.errors]
    help_id, error_id = f"{bound.auto_id}_help", f"{bound.auto_id}_error"
    notes = [help_id] if bound.help_text else []
    notes += _error_ids(error_id, len(errors))
    described_by = " ".join(notes)
    attrs: dict[str, str | bool] = {"class": _css_class(widget, width, invalid=bool(errors))}
    if described_by:
        attrs["aria-describedby"] = described_by
    if errors:
        attrs["aria-invalid"] = "true"
    is_group = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return FieldView(
        id=bound.auto_id,
        label=bound.label,
        kind=_kind(widget),
        help=bound.help_text,
        errors=errors,
        optional=not (bound.field.required or getattr(bound.field, "is_needed_at_times", False)),
        is_hidden=bound.is_hidden,
        help_id=help_id,
        error_id=error_id,
        described_by=described_by,
        widget=bound.as_widget(attrs=attrs),
        choices=list(_choices(bound, attrs, descriptions or {})) if is_group else [],
    )


def _choices(
    bound: BoundField, attrs: Mapping[str, str | bool], descriptions: Mapping[str, Text]
) -> Iterable[Choice]:
    shared = {name: value for name, value in attrs.items() if name != "aria-describedby"}
    for subwidget in bound.subwidgets:
        value = str(subwidget.data["value"])
        own = subwidget.data["attrs"]
        description = descriptions.get(value, "")
        own.pop("aria-describedby", None)
        own.update(shared)
        if description:
            own["aria-describedby"] = f"{own['id']}_note"
        yield Choice(
            id=own["id"], tag=subwidget.tag(wrap_label=False), label=subwidget.choice_label, description=description
        )


def faults(form_list: Iterable[forms.BaseForm]) -> list[Fault]:
    """Every error of these forms in the order of their fields, those of a whole form first."""
    found: list[Fault] = []
    for form in form_list:
        found += [Fault(str(error), "") for error in form.non_field_errors()]
        found += [Fault(str(error), _anchor(bound)) for bound in form for error in bound.errors]
    return found
