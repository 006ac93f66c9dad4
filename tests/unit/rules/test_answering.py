# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The time to answer, its reminders, and how long a yes beforehand holds: over weekends and holidays."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.rules.answering import (
    FIRST_HOUR,
    LAST_HOUR,
    last_day_beforehand,
    may_hold_until,
    next_reminder,
    reminders,
    usual_day_beforehand,
)
from huisartsplek.rules.dates import AMSTERDAM, answer_deadline, day_in_amsterdam, is_working_day

MOMENTS = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001  the zone comes with it
    datetime(2045, 12, 1),  # noqa: DTZ001
    timezones=st.sampled_from([ZoneInfo("UTC"), AMSTERDAM, ZoneInfo("Asia/Tokyo")]),
)
LETTER = st.booleans()


@given(MOMENTS, LETTER)
def test_two_reminders_come_by_day_between_the_offer_and_its_deadline(at: datetime, by_letter: bool) -> None:
    answer_by = answer_deadline(at, by_letter=by_letter)
    found = reminders(at, answer_by)
    assert len(found) == 2
    assert list(found) == sorted(found)
    for moment in found:
        assert at < moment < answer_by
        assert FIRST_HOUR <= moment.astimezone(AMSTERDAM).hour < LAST_HOUR


@given(MOMENTS, LETTER)
def test_the_last_reminder_leaves_time_to_answer_and_is_of_the_last_day(at: datetime, by_letter: bool) -> None:
    answer_by = answer_deadline(at, by_letter=by_letter)
    left = answer_by.astimezone(UTC) - reminders(at, answer_by)[-1].astimezone(UTC)
    assert timedelta(hours=11) <= left <= timedelta(hours=24)


@given(MOMENTS, LETTER)
def test_reminders_follow_each_other_until_there_is_none(at: datetime, by_letter: bool) -> None:
    answer_by = answer_deadline(at, by_letter=by_letter)
    seen, after = [], at
    while (moment := next_reminder(at, answer_by, after=after)) is not None:
        seen.append(moment)
        after = moment
    assert tuple(seen) == reminders(at, answer_by)


@given(MOMENTS)
def test_a_letter_leaves_seven_whole_working_days_and_never_less_time_than_a_mail(at: datetime) -> None:
    answer_by = answer_deadline(at, by_letter=True)
    first, last = day_in_amsterdam(at) + timedelta(days=1), day_in_amsterdam(answer_by)
    days = [first + timedelta(days=passed) for passed in range((last - first).days + 1)]
    assert sum(map(is_working_day, days)) == 7
    assert is_working_day(last)
    assert answer_by > answer_deadline(at, by_letter=False)


@pytest.mark.parametrize(
    ("offered_on", "last_day"),
    [
        (date(2026, 3, 2), date(2026, 3, 11)),  # one weekend
        (date(2026, 4, 1), date(2026, 4, 14)),  # Good Friday and Easter Monday
        (date(2026, 12, 23), date(2027, 1, 5)),  # both days of Christmas, one of them a Saturday, and New Year
        (date(2026, 4, 24), date(2026, 5, 7)),  # the King's day and 5 May
    ],
)
def test_the_seventh_working_day_as_a_calendar_counts_it(offered_on: date, last_day: date) -> None:
    at = datetime.combine(offered_on, datetime.min.time(), AMSTERDAM) + timedelta(hours=11)
    assert answer_deadline(at, by_letter=True).date() == last_day


@given(st.dates(date(2020, 1, 1), date(2045, 1, 1)), st.integers(-400, 400))
def test_a_yes_beforehand_holds_from_today_and_no_longer_than_the_maximum(on: date, days: int) -> None:
    assert may_hold_until(on + timedelta(days=days), on=on) is (0 <= days <= 180)
    assert may_hold_until(usual_day_beforehand(on), on=on)
    assert not may_hold_until(last_day_beforehand(on) + timedelta(days=1), on=on)
