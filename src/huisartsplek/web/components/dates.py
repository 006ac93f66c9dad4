# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dates in forms, read as people write them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import dates
from django.utils.translation import gettext_lazy as _

from huisartsplek.rules.wording import MONTHS
from huisartsplek.web.components.wording import day

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

OLDEST = date(1900, 1, 1)
_NUMBERS = re.compile(r"(?:(\d{1,2})[-/. ]+)?(\d{1,2})[-/. ]+(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_IN_WORDS = re.compile(r"(?:(\d{1,2})\s+)?([^\W\d_]{3,12})\.?\s+(\d{4})")


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
        month = next(
            (n for n, names in enumerate(MONTHS, 1) if _is_month(found[2], (*names, *_own_names(n)))), None
        )
        return None if month is None else ((int(found[1]) if found[1] else None), month, int(found[3]))
    return None


def _own_names(month: int) -> tuple[str, str]:
    """A month in the language of the page: by itself, and as it stands in a date."""
    return str(dates.MONTHS[month]), str(dates.MONTHS_ALT[month])


def _is_month(written: str, names: tuple[str, ...]) -> bool:
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


class ComingDateField(forms.Field):
    """A day that is still to come, up to a last one, written in any usual way."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "maxlength": 30})

    def __init__(self, *, first: date, last: date, **kwargs: Any) -> None:
        self.first, self.last = first, last
        super().__init__(**kwargs)

    def to_python(self, value: object) -> date | None:
        """Read the day, or say how to write it or between which days it lies."""
        if value in self.empty_values:
            return None
        found = read_date(str(value)[:60], day_needed=True)
        if found is None:
            example = f"{self.last.day}-{self.last.month}-{self.last.year}"
            raise forms.ValidationError(_("Schrijf de datum zo: %(example)s") % {"example": example})
        if not self.first <= found <= self.last:
            raise forms.ValidationError(
                _("Kies een dag van %(first)s tot en met %(last)s")
                % {"first": day(self.first), "last": day(self.last)}
            )
        return found
