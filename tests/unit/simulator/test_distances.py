# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Distances and travel times."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.simulator.distances import DUTCH_SPEEDS, Travel, TravelSpeeds, km_between, km_between_all
from huisartsplek.simulator.geography import Located

AMSTERDAM = Located(4.8952, 52.3702, "Amsterdam", approximate=False)
MAASTRICHT = Located(5.6910, 50.8514, "Maastricht", approximate=False)

points = st.builds(
    Located,
    st.floats(3.3, 7.3),
    st.floats(50.7, 53.6),
    place=st.just(""),
    approximate=st.just(value=False),
)


def test_amsterdam_lies_178_kilometres_from_maastricht() -> None:
    assert km_between(AMSTERDAM, MAASTRICHT) == pytest.approx(177.6, abs=1.0)


@given(one=points, other=points)
def test_a_distance_is_the_same_both_ways_and_none_to_itself(one: Located, other: Located) -> None:
    assert km_between(one, other) == pytest.approx(km_between(other, one), abs=1e-9)
    assert km_between(one, one) == 0


@given(one=points, other=points, third=points)
def test_a_detour_is_never_shorter(one: Located, other: Located, third: Located) -> None:
    assert km_between(one, other) <= km_between(one, third) + km_between(third, other) + 1e-6


@given(one=points, other=points)
def test_columns_of_points_give_the_same_distances(one: Located, other: Located) -> None:
    km = km_between_all(*(np.array([degrees]) for degrees in (one.lon, one.lat, other.lon, other.lat)))
    assert km[0] == pytest.approx(km_between(one, other), abs=1e-6)


@pytest.mark.parametrize(("travel", "minutes"), [(Travel.ON_FOOT, 30), (Travel.BICYCLE, 10), (Travel.CAR, 8)])
def test_two_kilometres_take_so_many_minutes(travel: Travel, minutes: int) -> None:
    assert DUTCH_SPEEDS.minutes(2.0, travel) == minutes


@given(km=st.floats(0, 300), more=st.floats(0, 50), travel=st.sampled_from(Travel))
def test_farther_never_takes_less_time(km: float, more: float, travel: Travel) -> None:
    assert DUTCH_SPEEDS.minutes(km, travel) <= DUTCH_SPEEDS.minutes(km + more, travel)


def test_the_assumptions_can_be_set() -> None:
    assert TravelSpeeds(detour=1.0, bicycle_kmh=12.0).minutes(3.0, Travel.BICYCLE) == 15
