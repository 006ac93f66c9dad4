# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.rules.queue import (
    NATIONAL_PRIORITY,
    PriorityClass,
    QueueKey,
    Standing,
    file_priority,
    lot,
    places_for_round,
    priority_class,
)

ENROLLED = Standing(has_practice=True)
WITHOUT = Standing(has_practice=False)
NEWBORN = Standing(has_practice=False, is_newborn_of_enrolled_parent=True)
LOSING = Standing(has_practice=True, practice_closes=True)

standings = st.sampled_from([ENROLLED, WITHOUT, NEWBORN, LOSING])
moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
keys = st.builds(QueueKey, st.integers(0, 5), moments, st.text("0123456789abcdef", min_size=4, max_size=4))


@pytest.mark.parametrize(
    ("household", "cls"),
    [
        ([ENROLLED, LOSING], PriorityClass.PRACTICE_CLOSES),
        ([WITHOUT, LOSING], PriorityClass.PRACTICE_CLOSES),
        ([WITHOUT], PriorityClass.WITHOUT_PRACTICE),
        ([WITHOUT, NEWBORN], PriorityClass.WITHOUT_PRACTICE),
        ([NEWBORN], PriorityClass.EVERYONE_ELSE),
        ([ENROLLED, NEWBORN], PriorityClass.EVERYONE_ELSE),
        ([ENROLLED, WITHOUT], PriorityClass.EVERYONE_ELSE),
    ],
)
def test_a_household_has_one_class(household: list[Standing], cls: PriorityClass) -> None:
    assert priority_class(household) is cls


@given(st.lists(standings, min_size=1, max_size=4))
def test_the_order_of_members_does_not_matter(household: list[Standing]) -> None:
    assert priority_class(household) is priority_class(household[::-1])


def test_only_a_practice_one_has_can_close() -> None:
    with pytest.raises(ValueError, match="can close"):
        Standing(has_practice=False, practice_closes=True)


def test_nobody_is_no_household() -> None:
    with pytest.raises(ValueError, match="at least one"):
        priority_class([])


def test_the_classes_are_published_with_a_source() -> None:
    assert NATIONAL_PRIORITY.classes == tuple(PriorityClass)
    assert NATIONAL_PRIORITY.source


def test_who_goes_first_stays_within_the_class() -> None:
    order = [file_priority(cls, first) for cls in PriorityClass for first in (True, False)]
    assert order == [0, 1, 2, 3, 4, 5]


@given(keys, keys)
def test_the_queue_looks_at_priority_then_since_then_lot(one: QueueKey, other: QueueKey) -> None:
    if one.priority != other.priority:
        assert (one < other) == (one.priority < other.priority)
    elif one.since != other.since:
        assert (one < other) == (one.since < other.since)
    else:
        assert (one < other) == (one.lot < other.lot)


def test_waiting_since_a_moment_without_a_zone_has_no_place_in_the_queue() -> None:
    with pytest.raises(ValueError, match="time zone"):
        QueueKey(1, datetime(2026, 1, 1), "00")  # noqa: DTZ001


def test_the_same_moment_in_two_zones_is_a_tie() -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    elsewhere = noon.astimezone(timezone(timedelta(hours=2)))
    assert QueueKey(1, noon, "b") > QueueKey(1, elsewhere, "a")


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_lot_can_be_drawn_again_by_anyone(seed: str, request: str) -> None:
    assert lot(seed, request) == hashlib.sha256((seed + ":" + request).encode("utf-8")).hexdigest()


def test_a_lot_is_the_published_hash() -> None:
    assert lot("42", "r1") == "a9eb511c1b2cd8bee505fd05d2e90970ad83abefd6e9c1a95d2f78da801b8dc8"


counts = st.integers(0, 50)


@given(counts, st.none() | counts, counts, counts)
def test_a_round_never_gets_more_than_is_left_or_than_the_weekly_number_allows(
    left: int, weekly: int | None, weeks: int, given_since: int
) -> None:
    places = places_for_round(left, weekly, weeks, given_since)
    assert 0 <= places <= left
    if weekly is None:
        assert places == left
    else:
        assert places + given_since <= max(weekly * weeks, given_since)


@given(counts, counts, counts, counts)
def test_a_week_more_never_takes_places_away(left: int, weekly: int, weeks: int, given_since: int) -> None:
    assert places_for_round(left, weekly, weeks + 1, given_since) >= places_for_round(
        left, weekly, weeks, given_since
    )


@pytest.mark.parametrize("numbers", [(-1, 1, 1, 1), (1, -1, 1, 1), (1, 1, -1, 1), (1, None, 1, -1)])
def test_negative_numbers_are_refused(numbers: tuple[int, int | None, int, int]) -> None:
    with pytest.raises(ValueError, match="never negative"):
        places_for_round(*numbers)
