# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dates that the law or a promise decides: holidays, deadlines, switch dates and ages."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ANSWER_HOURS = 72
ANSWER_WORKING_DAYS_BY_LETTER = 7
LEAD_DAYS = 14
REGISTRATION_DAYS = 14
COORDINATOR_DAYS = 28
REVIEW_WORKING_DAYS = 5


def easter_sunday(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar (the anonymous computus of 1876, which holds for every year)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    skipped = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + skipped + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Give the days on which no term ends (Algemene termijnenwet, article 3, Good Friday included)."""
    easter = easter_sunday(year)
    around_easter = (-2, 0, 1, 39, 49, 50)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day = date(year, 4, 26)
    fixed = {date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
    return frozenset(fixed | {easter + timedelta(days=days) for days in around_easter})


def is_working_day(day: date) -> bool:
    """Tell whether it is neither a weekend nor a public holiday."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def day_in_amsterdam(moment: datetime) -> date:
    """Give the Dutch calendar day of a moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(AMSTERDAM).date()


def working_days_after(moment: datetime, n: int) -> date:
    """Give the n-th working day after the Dutch day of this moment."""
    if n < 1:
        raise ValueError("at least one working day")
    day = day_in_amsterdam(moment)
    for _ in range(n):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def hours_later(moment: datetime, hours: int) -> datetime:
    """Give the moment so many real hours later, in Dutch time, also when the clock changes in between."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(AMSTERDAM)


def end_of_day(day: date) -> datetime:
    """Give the last second of a Dutch day, so that a deadline reads as that day."""
    return datetime.combine(day, time(23, 59, 59), AMSTERDAM)


def answer_deadline(offered_at: datetime, *, by_letter: bool) -> datetime:
    """Give the last moment to answer an offer: 72 hours, or seven working days where a letter must travel."""
    if by_letter:
        return end_of_day(working_days_after(offered_at, ANSWER_WORKING_DAYS_BY_LETTER))
    return hours_later(offered_at, ANSWER_HOURS)


def is_first_of_quarter(day: date) -> bool:
    """Tell whether it is the claim reference day, on which no enrolment may start."""
    return day.day == 1 and day.month in {1, 4, 7, 10}


def switch_on(sure_at: datetime, *, wished_on: date | None = None, lead_days: int = LEAD_DAYS) -> date:
    """Give the day places change hands: never before both sides are sure, never the first of a quarter."""
    if lead_days < 0:
        raise ValueError("nobody moves before both sides are sure")
    day = day_in_amsterdam(sure_at) + timedelta(days=lead_days)
    if wished_on is not None:
        day = max(day, wished_on)
    return day + timedelta(days=1) if is_first_of_quarter(day) else day


def registration_due_on(switched_on: date) -> date:
    """Give the day by which the new practice has recorded the enrolment."""
    return switched_on + timedelta(days=REGISTRATION_DAYS)


def coordinator_due_on(switched_on: date) -> date:
    """Give the day from which a coordinator decides on a registration that was never made."""
    return switched_on + timedelta(days=COORDINATOR_DAYS)


def age_on(birth: date, on: date) -> int:
    """Give the age in whole years; who was born on 29 February turns a year older on 1 March."""
    if on < birth:
        raise ValueError("not born yet")
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def months_later(day: date, months: int) -> date:
    """Give the same day some months later, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
