# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dates, deadlines, distances and durations read as people say them, in both languages."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.web.components import wording

NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)  # half past one in the Netherlands
UNTIL = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)  # nine o'clock in the Netherlands


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "vrijdag 27 november, 9.00 uur"), ("en", "Friday 27 November, 9:00")],
)
def test_a_deadline_is_said_in_dutch_time_with_its_weekday(language: str, said: str) -> None:
    with translation.override(language):
        assert wording.deadline(UNTIL) == said


def test_a_deadline_in_summer_follows_summer_time() -> None:
    with translation.override("nl"):
        assert wording.clock(datetime(2026, 7, 1, 8, 5, tzinfo=UTC)) == "10.05 uur"


@pytest.mark.parametrize(("language", "said"), [("nl", "27 november 2026"), ("en", "27 November 2026")])
def test_a_day_is_said_with_its_year(language: str, said: str) -> None:
    with translation.override(language):
        assert wording.day(date(2026, 11, 27)) == said


def test_a_moment_just_after_midnight_belongs_to_the_dutch_day() -> None:
    with translation.override("nl"):
        assert wording.weekday(datetime(2026, 11, 26, 23, 30, tzinfo=UTC)) == "vrijdag 27 november"


@pytest.mark.parametrize(
    ("left", "dutch", "english"),
    [
        (timedelta(days=2, hours=19, minutes=30), "nog 2 dagen en 19 uur", "2 days and 19 hours left"),
        (timedelta(days=1), "nog 1 dag", "1 day left"),
        (timedelta(days=1, hours=1), "nog 1 dag en 1 uur", "1 day and 1 hour left"),
        (timedelta(hours=3, minutes=5), "nog 3 uur en 5 minuten", "3 hours and 5 minutes left"),
        (timedelta(minutes=1, seconds=59), "nog 1 minuut", "1 minute left"),
        (timedelta(seconds=59), "nog minder dan 1 minuut", "less than 1 minute left"),
        (timedelta(0), "de tijd is voorbij", "the time is over"),
        (timedelta(days=-1), "de tijd is voorbij", "the time is over"),
    ],
)
def test_what_is_left_is_said_in_its_two_largest_units(left: timedelta, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert wording.time_left(NOW + left, NOW) == dutch
    with translation.override("en"):
        assert wording.time_left(NOW + left, NOW) == english


@given(st.integers(min_value=60, max_value=90 * 24 * 3600))
def test_what_is_left_never_promises_more_than_there_is(seconds: int) -> None:
    with translation.override("nl"):
        said = wording.time_left(NOW + timedelta(seconds=seconds), NOW)
    units = {"dag": 86400, "uur": 3600, "min": 60}
    promised = sum(int(count) * units[unit] for count, unit in re.findall(r"(\d+) (dag|uur|min)", said))
    assert 0 < promised <= seconds
    assert seconds - promised < (3600 if seconds >= 86400 else 60)


@pytest.mark.parametrize(
    ("kilometres", "dutch", "english"),
    [
        (0.8, "0,8 km", "0.8 km"),
        (9.94, "9,9 km", "9.9 km"),
        (9.96, "10 km", "10 km"),
        (127.4, "127 km", "127 km"),
        (0.01, "minder dan 0,1 km", "less than 0.1 km"),
    ],
)
def test_a_distance_has_one_decimal_below_ten_kilometres(kilometres: float, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert wording.distance(kilometres) == dutch
        assert wording.distance_in_full(kilometres) == dutch.replace("km", "kilometer")
    with translation.override("en"):
        assert wording.distance(kilometres) == english


@given(st.floats(min_value=0, max_value=400))
def test_a_distance_is_off_by_no_more_than_its_last_digit(kilometres: float) -> None:
    with translation.override("nl"):
        said = wording.distance(kilometres)
    number = float(re.findall(r"[\d,]+", said)[0].replace(",", "."))
    assert abs(number - kilometres) <= (0.1 if kilometres < 0.05 else 0.5 if kilometres >= 9.95 else 0.0501)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (3, "ongeveer 3 minuten fietsen"),
        (1, "ongeveer 1 minuut fietsen"),
        (0, "ongeveer 1 minuut fietsen"),
        (60, "ongeveer 1 uur fietsen"),
        (105, "ongeveer 1 uur en 45 minuten fietsen"),
    ],
)
def test_a_time_on_a_bicycle_is_an_estimate_in_words(minutes: int, said: str) -> None:
    with translation.override("nl"):
        assert wording.cycling(minutes) == said


def test_walking_and_driving_say_so() -> None:
    with translation.override("nl"):
        assert wording.walking(10) == "ongeveer 10 minuten lopen"
        assert wording.driving(105) == "ongeveer 1 uur en 45 minuten met de auto"
    with translation.override("en"):
        assert wording.walking(10) == "about 10 minutes on foot"


def test_numbers_follow_the_language() -> None:
    with translation.override("nl"):
        assert (wording.number(4180), wording.number(3.4)) == ("4.180", "3,4")
    with translation.override("en"):
        assert (wording.number(4180), wording.number(3.4)) == ("4,180", "3.4")


@pytest.mark.parametrize("count", range(1, 10))
def test_fewer_than_ten_people_are_never_told_apart(count: int) -> None:
    with translation.override("nl"):
        assert wording.people(count) == "minder dan 10 mensen"


def test_nobody_and_many_are_counted() -> None:
    with translation.override("nl"):
        assert wording.people(0) == "0 mensen"
        assert wording.people(1471) == "1.471 mensen"


def test_a_share_of_nothing_is_nothing() -> None:
    with translation.override("nl"):
        assert wording.share(1471, 6902) == "21 van de 100"
        assert wording.share(0, 0) == "0 van de 100"


@given(moment=st.dates(date(2020, 1, 1), date(2030, 1, 1)), now=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_year_is_told_only_when_it_is_another(moment: date, now: date) -> None:
    told = wording.day_as_near(moment, now=now)
    assert told == (wording.day_without_year(moment) if moment.year == now.year else wording.day(moment))


def test_new_years_eve_is_of_the_year_it_is_in_the_netherlands() -> None:
    assert wording.day_as_near(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), now=date(2027, 1, 2)) == "1 januari"
