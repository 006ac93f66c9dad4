# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may stand in a cell, and its normalised form."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

_DIGITS_AT_ONCE = 4000  # Python refuses to turn longer texts into numbers in one go
_UNIT = 10**_DIGITS_AT_ONCE
_SMALL = 10**18
_SINCE = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(?:(Z)|([+-])(\d{2}):(\d{2}))?)?",
    re.ASCII,
)
_YES_NO = {"yes": True, "ja": True, "no": False, "nee": False}


class BadValueError(ValueError):
    """A cell that does not hold what its column asks; the text says what it should."""


def whole_number(text: str) -> int:
    """Digits alone, of any length; leading zeros are dropped."""
    if not (text.isascii() and text.isdigit()):
        raise BadValueError("not a whole number")
    if len(text) <= _DIGITS_AT_ONCE:
        return int(text)
    value = 0
    for start in range(0, len(text), _DIGITS_AT_ONCE):
        part = text[start : start + _DIGITS_AT_ONCE]
        value = value * 10 ** len(part) + int(part)
    return value


def signed_number(text: str) -> int:
    """Digits with or without a minus before them."""
    return -whole_number(text[1:]) if text.startswith("-") else whole_number(text)


def rank(text: str) -> int:
    """A whole number from 1 up."""
    value = whole_number(text)
    if value < 1:
        raise BadValueError("a rank starts at 1")
    return value


def decimal(value: int) -> str:
    """The plain decimal form of a number of any length."""
    if -_SMALL < value < _SMALL:
        return str(value)
    if value < 0:
        return "-" + decimal(-value)
    parts: list[str] = []
    while value >= _UNIT:
        value, part = divmod(value, _UNIT)
        parts.append(f"{part:0{_DIGITS_AT_ONCE}d}")
    return "".join([str(value), *reversed(parts)])


def decimals(column: Sequence[int | None]) -> list[str]:
    """A column of whole numbers as text, empty for None."""
    texts = {value: "" if value is None else decimal(value) for value in set(column)}
    return [texts[value] for value in column]


def yes_or_no(text: str) -> bool:
    """yes or no, ja or nee."""
    if text not in _YES_NO:
        raise BadValueError("not yes or no")
    return _YES_NO[text]


def identifier(text: str) -> str:
    """Any text but the empty one, kept as it is."""
    if not text:
        raise BadValueError("empty")
    return text


def free_text(text: str) -> str:
    """Any text."""
    return text


@lru_cache(maxsize=100_000)
def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def moment(text: str) -> str:
    """A date, or a date and time with or without zone, as UTC with microseconds and Z."""
    match = _SINCE.fullmatch(text)
    if match is None or not _is_day(match[1]):
        raise BadValueError("not a date or a date and time")
    day, hour, minute, second, fraction, _, sign, zone_hours, zone_minutes = match.groups()
    if hour is None:
        return f"{day}T00:00:00.000000Z"
    second = second or "00"
    if hour > "23" or minute > "59" or second > "59":
        raise BadValueError("not a time of day")
    micro = (fraction or "").ljust(6, "0")
    if sign is None:
        return f"{day}T{hour}:{minute}:{second}.{micro}Z"
    if zone_hours > "23" or zone_minutes > "59":
        raise BadValueError("not a time zone")
    distance = timedelta(hours=int(zone_hours), minutes=int(zone_minutes))
    zone = timezone(-distance if sign == "-" else distance)
    local = datetime.fromisoformat(f"{day}T{hour}:{minute}:{second}.{micro}").replace(tzinfo=zone)
    try:
        return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")
    except OverflowError:
        raise BadValueError("outside the years 1 to 9999") from None


def required(parse: Callable[[str], object]) -> Callable[[str], object]:
    """The same, but an empty cell is a fault of its own."""

    def parse_required(text: str) -> object:
        if not text:
            raise BadValueError("required cell is empty")
        return parse(text)

    return parse_required


def defaulting(parse: Callable[[str], object], default: object) -> Callable[[str], object]:
    """The same, but an empty cell takes the default."""

    def parse_or_default(text: str) -> object:
        return parse(text) if text else default

    return parse_or_default
