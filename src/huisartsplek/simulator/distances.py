# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far apart two points are, and about how long one travels between them."""

from dataclasses import dataclass
from enum import StrEnum
from math import asin, ceil, cos, radians, sin, sqrt
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088

Floats = NDArray[np.float64]


class Point(Protocol):
    """Anything with a longitude and a latitude in degrees (WGS84)."""

    @property
    def lon(self) -> float:
        """Degrees east."""

    @property
    def lat(self) -> float:
        """Degrees north."""


class Travel(StrEnum):
    """How one goes."""

    ON_FOOT = "on_foot"
    BICYCLE = "bicycle"
    CAR = "car"


@dataclass(frozen=True, slots=True)
class TravelSpeeds:
    """The assumptions behind a travel time: nothing is routed, a straight line is stretched.

    A road is about a quarter longer than the straight line in a country without mountains. The car's speed
    is that of town streets and provincial roads together; its fixed minutes are for parking.
    """

    detour: float = 1.25
    on_foot_kmh: float = 5.0
    bicycle_kmh: float = 16.0
    car_kmh: float = 35.0
    car_fixed_minutes: float = 3.0

    def minutes(self, km: float, travel: Travel) -> int:
        """Whole minutes for a straight-line distance, rounded up."""
        kmh = {
            Travel.ON_FOOT: self.on_foot_kmh,
            Travel.BICYCLE: self.bicycle_kmh,
            Travel.CAR: self.car_kmh,
        }[travel]
        fixed = self.car_fixed_minutes if travel is Travel.CAR else 0.0
        # Rounding first: 3.0000000000000004 minutes are 3, not 4.
        return ceil(round(km * self.detour / kmh * 60 + fixed, 6))


DUTCH_SPEEDS = TravelSpeeds()


def km_between(one: Point, other: Point) -> float:
    """The great-circle distance in kilometres (haversine)."""
    half_lat, half_lon = radians(other.lat - one.lat) / 2, radians(other.lon - one.lon) / 2
    across = sin(half_lat) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(across)))


def km_between_all(lon: Floats, lat: Floats, other_lon: Floats, other_lat: Floats) -> Floats:
    """The same for columns of points, broadcast against each other."""
    half_lat, half_lon = np.radians(other_lat - lat) / 2, np.radians(other_lon - lon) / 2
    across = np.sin(half_lat) ** 2 + np.cos(np.radians(lat)) * np.cos(np.radians(other_lat)) * np.sin(half_lon) ** 2
    answer: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(across)))
    return answer
