# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""When somebody who has not answered an offer is reminded, and how long a yes beforehand may hold.

The time to answer itself is `dates.answer_deadline`: 72 hours, or seven working days for a whole exchange in which
a letter must travel.
"""

from datetime import date, datetime, time, timedelta

from huisartsplek.rules.dates import AMSTERDAM, hours_later

LAST_DAY_HOURS = 24  # before the deadline
FIRST_HOUR, LAST_HOUR = 9, 21  # of the day in which a reminder may come
BEFOREHAND_AT_MOST_DAYS = 180
BEFOREHAND_USUALLY_DAYS = 90


def reminders(offered_at: datetime, answer_by: datetime) -> tuple[datetime, ...]:
    """Give when to remind of an offer: half-way and for the last day, by day, earliest first.

    Both lie after the offer and before its deadline; where they would come together there is one.
    """
    half_way = hours_later(offered_at, 0) + (answer_by - offered_at) / 2
    last_day = hours_later(answer_by, -LAST_DAY_HOURS)
    moments = {_by_day(moment) for moment in (half_way, last_day) if moment > offered_at}
    return tuple(sorted(moment for moment in moments if offered_at < moment < answer_by))


def next_reminder(offered_at: datetime, answer_by: datetime, *, after: datetime) -> datetime | None:
    """Give the first reminder that comes after a moment; nothing when there is none any more."""
    return next((moment for moment in reminders(offered_at, answer_by) if moment > after), None)


def _by_day(moment: datetime) -> datetime:
    local = moment.astimezone(AMSTERDAM)
    if FIRST_HOUR <= local.hour < LAST_HOUR:
        return local
    day = local.date() + timedelta(days=1) if local.hour >= LAST_HOUR else local.date()
    return datetime.combine(day, time(FIRST_HOUR), AMSTERDAM)


def last_day_beforehand(on: date) -> date:
    """Give the furthest day up to and including which a yes beforehand may hold."""
    return on + timedelta(days=BEFOREHAND_AT_MOST_DAYS)


def usual_day_beforehand(on: date) -> date:
    """Give the day that is filled in until somebody picks another."""
    return on + timedelta(days=BEFOREHAND_USUALLY_DAYS)


def may_hold_until(until: date, *, on: date) -> bool:
    """Tell whether somebody may say yes beforehand up to and including this day."""
    return on <= until <= last_day_beforehand(on)
