# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one may ask: each parameter read strictly, as the published description has it."""

import re
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from huisartsplek.api.rest.v1 import faults
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.values import BadValue, Postcode

LARGEST_RADIUS = 50
_POSTCODE = re.compile(r"[1-9][0-9]{3}( ?[A-Za-z]{2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _wrong(code: str) -> PydanticCustomError:
    return PydanticCustomError(code, "wrong")


def _postcode(text: Any) -> str:
    try:
        if not _POSTCODE.fullmatch(str(text)):
            raise _wrong(faults.BAD_POSTCODE)
        return str(Postcode.parse(str(text)))
    except BadValue as bad:
        raise _wrong(faults.BAD_POSTCODE) from bad


def _day(text: Any) -> date | None:
    if text is None:
        return None
    try:
        if not _DAY.fullmatch(str(text)):
            raise _wrong(faults.BAD_DATE)
        day = date.fromisoformat(str(text))
    except ValueError as bad:
        raise _wrong(faults.BAD_DATE) from bad
    if day > day_in_amsterdam(current_moment()):
        raise _wrong(faults.IN_THE_FUTURE)
    return day


def _choice(text: Any) -> bool | None:
    if text is None:
        return None
    if text not in {"true", "false"}:
        raise _wrong(faults.BAD_CHOICE)
    return bool(text == "true")


PostcodeText = Annotated[
    str,
    BeforeValidator(_postcode),
    WithJsonSchema({"type": "string", "pattern": "^[1-9][0-9]{3}( ?(?![Ss][AaDdSs])[A-Za-z]{2})?$"}),
]
Day = Annotated[date | None, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Choice = Annotated[bool | None, BeforeValidator(_choice), WithJsonSchema({"type": "boolean"})]


class _Question(Schema):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    moved_in_on: Day = Field(None, description="Sinds welke dag iemand op dit adres woont")
    without_gp: Choice = Field(None, description="Of iemand geen huisarts heeft")


class AroundPostcode(_Question):
    """Whom a search is for: where they live, and what of themselves they tell."""

    postcode: PostcodeText = Field(description="Vier cijfers, met of zonder twee letters")
    radius: int = Field(5, ge=1, le=LARGEST_RADIUS, description="Hoeveel kilometer in de omtrek, hemelsbreed")


class ForVisitor(_Question):
    """The same for one practice, where nothing is required."""

    postcode: PostcodeText | None = Field(None, description="Vier cijfers, met of zonder twee letters")
