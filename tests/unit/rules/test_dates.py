# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.rules.dates import (
    AMSTERDAM,
    age_on,
    answer_deadline,
    coordinator_due_on,
    day_in_amsterdam,
    easter_sunday,
    hours_later,
    is_first_of_quarter,
    is_working_day,
    months_later,
    public_holidays,
    registration_due_on,
    switch_on,
    working_days_after,
)

days = st.dates(date(2020, 1, 1), date(2045, 12, 31))
zones = st.sampled_from([ZoneInfo("UTC"), AMSTERDAM, ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Curacao")])
moments = st.datetimes(datetime(2020, 1, 1), datetime(2045, 12, 1), timezones=zones)  # noqa: DTZ001


@pytest.mark.parametrize(
    "easter",
    [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ],
)
def test_easter_falls_where_the_almanac_says(easter: date) -> None:
    assert easter_sunday(easter.year) == easter


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


def test_the_holidays_of_2026_are_those_of_the_law() -> None:
    assert public_holidays(2026) == {
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 5),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 24),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    }


def test_kings_day_moves_from_a_sunday_to_the_saturday_before() -> None:
    assert date(2031, 4, 26) in public_holidays(2031)
    assert date(2031, 4, 27) not in public_holidays(2031)


@given(moments, st.integers(1, 30))
def test_working_days_are_counted_one_by_one(moment: datetime, n: int) -> None:
    start, end = day_in_amsterdam(moment), working_days_after(moment, n)
    between = [start + timedelta(days=passed) for passed in range(1, (end - start).days + 1)]
    assert is_working_day(end)
    assert sum(is_working_day(day) for day in between) == n


def test_a_day_begins_in_amsterdam() -> None:
    assert day_in_amsterdam(datetime(2026, 3, 31, 22, 30, tzinfo=UTC)) == date(2026, 4, 1)


@given(moments)
def test_without_a_letter_there_are_72_real_hours_to_answer(offered_at: datetime) -> None:
    deadline = answer_deadline(offered_at, by_letter=False)
    assert deadline.astimezone(UTC) - offered_at.astimezone(UTC) == timedelta(hours=72)


def test_the_clock_changing_does_not_take_an_hour_from_the_answer() -> None:
    offered_at = datetime(2026, 3, 27, 12, tzinfo=AMSTERDAM)
    assert answer_deadline(offered_at, by_letter=False) == datetime(2026, 3, 30, 13, tzinfo=AMSTERDAM)
    assert hours_later(offered_at, 0) == offered_at


@given(moments)
def test_with_a_letter_the_seventh_working_day_still_counts(offered_at: datetime) -> None:
    deadline = answer_deadline(offered_at, by_letter=True)
    assert deadline.date() == working_days_after(offered_at, 7)
    assert (deadline.hour, deadline.minute, deadline.tzinfo) == (23, 59, AMSTERDAM)


def test_seven_working_days_pass_over_easter() -> None:
    offered_at = datetime(2026, 4, 1, 9, tzinfo=AMSTERDAM)
    assert answer_deadline(offered_at, by_letter=True).date() == date(2026, 4, 14)


@pytest.mark.parametrize("by_letter", [True, False])
def test_a_moment_without_a_zone_has_no_deadline(by_letter: bool) -> None:
    with pytest.raises(ValueError, match="time zone"):
        answer_deadline(datetime(2026, 4, 1, 9), by_letter=by_letter)  # noqa: DTZ001


def test_no_working_day_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="at least one"):
        working_days_after(datetime(2026, 4, 1, tzinfo=UTC), 0)


@given(days)
def test_a_year_has_four_first_days_of_a_quarter(day: date) -> None:
    year = [date(day.year, 1, 1) + timedelta(days=passed) for passed in range(366)]
    firsts = [one for one in year if one.year == day.year and is_first_of_quarter(one)]
    assert [(one.month, one.day) for one in firsts] == [(1, 1), (4, 1), (7, 1), (10, 1)]


@given(moments, st.none() | days, st.integers(0, 120))
def test_places_change_hands_never_on_the_first_of_a_quarter_and_never_before_both_are_sure(
    sure_at: datetime, wished_on: date | None, lead_days: int
) -> None:
    day = switch_on(sure_at, wished_on=wished_on, lead_days=lead_days)
    earliest = day_in_amsterdam(sure_at) + timedelta(days=lead_days)
    wanted = earliest if wished_on is None else max(earliest, wished_on)
    assert not is_first_of_quarter(day)
    assert wanted <= day <= wanted + timedelta(days=1)
    assert day == wanted or is_first_of_quarter(wanted)


def test_sure_in_the_night_before_a_quarter_begins_switches_the_day_after() -> None:
    assert switch_on(datetime(2026, 3, 31, 22, 30, tzinfo=UTC), lead_days=0) == date(2026, 4, 2)


def test_nobody_switches_before_being_sure() -> None:
    with pytest.raises(ValueError, match="sure"):
        switch_on(datetime(2026, 4, 1, tzinfo=UTC), lead_days=-1)


def test_a_registration_is_due_after_14_days_and_a_coordinator_looks_after_28() -> None:
    assert registration_due_on(date(2026, 3, 2)) == date(2026, 3, 16)
    assert coordinator_due_on(date(2026, 3, 2)) == date(2026, 3, 30)


def test_who_was_born_on_29_february_turns_a_year_older_on_1_march() -> None:
    born = date(2012, 2, 29)
    assert age_on(born, date(2028, 2, 28)) == 15
    assert age_on(born, date(2028, 2, 29)) == 16
    assert age_on(born, date(2027, 2, 28)) == 14
    assert age_on(born, date(2027, 3, 1)) == 15


@given(days, days)
def test_an_age_grows_by_one_each_birthday(one: date, other: date) -> None:
    birth, on = min(one, other), max(one, other)
    age = age_on(birth, on)
    assert 0 <= age <= on.year - birth.year
    assert age_on(birth, on + timedelta(days=1)) - age in {0, 1}
    assert age_on(birth, months_later(on, 12) + timedelta(days=1)) >= age + 1


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="born"):
        age_on(date(2026, 3, 2), date(2026, 3, 1))


@given(days, st.integers(0, 60))
def test_months_later_is_the_same_day_or_that_months_last(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
    assert later.day <= day.day
