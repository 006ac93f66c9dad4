# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dates, deadlines, distances and durations in plain words, in the language of the reader."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, get_language_bidi, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from decimal import Decimal

# Languages that write weekdays small within a sentence, though Django gives them a capital.
_SMALL_WEEKDAYS = frozenset({"pl", "uk"})
_MINUTE = timedelta(minutes=1)
TYPED_IS_BACK = gettext_lazy(
    "U was uitgelogd. Wat u invulde staat er nog, maar het is niet verstuurd. Kijk het na en verstuur het opnieuw."
)


_FIRST_STRONG, _END = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """A name, an address or a code that keeps its own order within words written from right to left."""
    return f"{_FIRST_STRONG}{text}{_END}" if text and get_language_bidi() else text


def _as_local(moment: date | datetime) -> date | datetime:
    """A moment in Dutch time; a bare date stays what it is."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def day(moment: date | datetime) -> str:
    """A day with its year: "27 november 2026"."""
    return date_format(_as_local(moment), "j E Y")


def day_without_year(moment: date | datetime) -> str:
    """A day near enough to leave its year out: "27 november"."""
    return date_format(_as_local(moment), "j E")


def day_as_near(moment: date | datetime, *, now: date | datetime) -> str:
    """A day with its year only when that is not this year: "27 november", "15 januari 2027"."""
    local, present = _as_local(moment), _as_local(now)
    return day_without_year(moment) if local.year == present.year else day(moment)


def _weekday_name(moment: date | datetime) -> str:
    name = date_format(_as_local(moment), "l")
    return name.lower() if get_language() in _SMALL_WEEKDAYS else name


def weekday(moment: date | datetime) -> str:
    """A day on which something must be done: "vrijdag 27 november"."""
    return f"{_weekday_name(moment)} {day_without_year(moment)}"


def weekday_with_year(moment: date | datetime) -> str:
    """A day further away on which something happens: "dinsdag 15 december 2026"."""
    return f"{_weekday_name(moment)} {day(moment)}"


def clock(moment: datetime) -> str:
    """The time of the day: "9.00 uur"."""
    local = _as_local(moment)
    separator = pgettext("between hours and minutes", ".")
    return _("%(time)s uur") % {"time": date_format(local, "G") + separator + date_format(local, "i")}


def deadline(moment: datetime) -> str:
    """The moment before which somebody must answer: "vrijdag 27 november, 9.00 uur"."""
    return f"{weekday(moment)}, {clock(moment)}"


def _days(count: int) -> str:
    return ngettext("%(count)d dag", "%(count)d dagen", count) % {"count": count}


def _hours(count: int) -> str:
    # Dutch hours have one form, English ones two: both are asked for.
    return ngettext("%(count)d uur", "%(count)d uur", count) % {"count": count}


def _minutes(count: int) -> str:
    return ngettext("%(count)d minuut", "%(count)d minuten", count) % {"count": count}


def _two(larger: str, smaller: str) -> str:
    return _("%(larger)s en %(smaller)s") % {"larger": larger, "smaller": smaller}


def minutes(count: int) -> str:
    """A length of time in its two largest units: "1 uur en 45 minuten"."""
    hours, rest = divmod(max(count, 0), 60)
    if not hours:
        return _minutes(rest)
    return _two(_hours(hours), _minutes(rest)) if rest else _hours(hours)


def time_left(until: datetime, now: datetime) -> str:
    """What is left before a deadline, rounded down: "nog 2 dagen en 19 uur"."""
    left = until - now
    if left <= timedelta(0):
        return _("de tijd is voorbij")
    if left < _MINUTE:
        return _("nog minder dan 1 minuut")
    whole_hours = left // timedelta(hours=1)
    days, hours = divmod(whole_hours, 24)
    if days and hours:
        amount = _two(_days(days), _hours(hours))
    elif days:
        amount = _days(days)
    else:
        amount = minutes(left // _MINUTE)
    return _("nog %(amount)s") % {"amount": amount}


def distance(kilometres: float | Decimal) -> str:
    """A distance as the crow flies: "0,8 km", from ten kilometres on without decimals."""
    if kilometres < 0.05:
        return _("minder dan 0,1 km")
    decimals = 1 if round(float(kilometres), 1) < 10 else 0
    return _("%(number)s km") % {"number": number_format(round(float(kilometres), decimals), decimals)}


def distance_in_full(kilometres: float | Decimal) -> str:
    """A distance within a sentence: "0,8 kilometer"."""
    if kilometres < 0.05:
        return _("minder dan 0,1 kilometer")
    decimals = 1 if round(float(kilometres), 1) < 10 else 0
    return _("%(number)s kilometer") % {"number": number_format(round(float(kilometres), decimals), decimals)}


def cycling(count: int) -> str:
    """An estimated time on a bicycle: "ongeveer 3 minuten fietsen"."""
    return _("ongeveer %(time)s fietsen") % {"time": minutes(max(count, 1))}


def walking(count: int) -> str:
    """An estimated time on foot: "ongeveer 10 minuten lopen"."""
    return _("ongeveer %(time)s lopen") % {"time": minutes(max(count, 1))}


def driving(count: int) -> str:
    """An estimated time by car: "ongeveer 1 uur en 45 minuten met de auto"."""
    return _("ongeveer %(time)s met de auto") % {"time": minutes(max(count, 1))}


def number(count: float | Decimal) -> str:
    """A number as people write it: "4.180" or "3,4"."""
    return number_format(count, force_grouping=True)


def share(part: float, whole: float) -> str:
    """A share in a sentence: "21 van de 100"."""
    hundredths = round(100 * part / whole) if whole else 0
    return _("%(part)d van de 100") % {"part": hundredths}


def people(count: int) -> str:
    """How many people, without telling small numbers apart: "minder dan 10" or "1.471 mensen"."""
    if 0 < count < 10:
        return _("minder dan 10 mensen")
    return ngettext("%(count)s mens", "%(count)s mensen", count) % {"count": number(count)}
