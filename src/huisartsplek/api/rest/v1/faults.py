# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Faults in a question, from whatever finds them, in codes and words of our own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huisartsplek.api.rest.v1.problems import FieldError

BAD_POSTCODE = "bad_postcode"
BAD_DATE = "bad_date"
BAD_CHOICE = "bad_choice"
IN_THE_FUTURE = "in_the_future"
MISSING = "missing"
NOT_A_NUMBER = "not_a_number"
OUT_OF_RANGE = "out_of_range"
REPEATED = "repeated"
UNKNOWN_PARAMETER = "unknown_parameter"
WRONG_VALUE = "wrong_value"

_WORDS: Mapping[str, str] = {
    BAD_POSTCODE: gettext_noop("Geef een postcode, zoals 2514GL of 2514."),
    BAD_DATE: gettext_noop("Geef een dag als jaar-maand-dag, zoals 2026-08-14."),
    BAD_CHOICE: gettext_noop("Geef true of false."),
    IN_THE_FUTURE: gettext_noop("Geef een dag die al geweest is."),
    MISSING: gettext_noop("Dit is verplicht."),
    NOT_A_NUMBER: gettext_noop("Geef een heel getal."),
    OUT_OF_RANGE: gettext_noop("Dit getal is te klein of te groot."),
    REPEATED: gettext_noop("Geef dit één keer."),
    UNKNOWN_PARAMETER: gettext_noop("Deze vraag kent dit niet."),
    WRONG_VALUE: gettext_noop("Dit kan hier niet."),
}
# What the schema library calls it, and what we do.
_CODES = {
    "missing": MISSING,
    "int_parsing": NOT_A_NUMBER,
    "int_parsing_size": OUT_OF_RANGE,
    "int_type": NOT_A_NUMBER,
    "int_from_float": NOT_A_NUMBER,
    "greater_than_equal": OUT_OF_RANGE,
    "less_than_equal": OUT_OF_RANGE,
}


class WrongQuestion(Exception):  # noqa: N818  it reads as what it is
    """A question with faults that are listed together."""

    def __init__(self, errors: Iterable[FieldError] = ()) -> None:
        super().__init__("a question with faults")
        self.errors = tuple(errors)


def fault(place: str, field: str, code: str) -> FieldError:
    """Name one fault, in words."""
    known = code if code in _WORDS else WRONG_VALUE
    return FieldError(place, field, known, _(_WORDS[known]))


def validation_faults(errors: Iterable[Mapping[str, Any]]) -> list[FieldError]:
    """Name what the schemas found wrong."""
    return [
        fault(str(error["loc"][0]), str(error["loc"][-1]), _CODES.get(str(error["type"]), str(error["type"])))
        for error in errors
    ]


def faults_in_names(request: HttpRequest, known: Collection[str]) -> list[FieldError]:
    """Name the parameters that this question does not have, and those given more than once."""
    unknown = [fault("query", name, UNKNOWN_PARAMETER) for name in request.GET if name not in known]
    repeated = [
        fault("query", name, REPEATED) for name, values in request.GET.lists() if name in known and len(values) > 1
    ]
    return unknown + repeated
