# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a gazetteer holds: located postcodes, places, and the areas where people live."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Located:
    """Where a postcode lies (degrees, WGS84), and in which place."""

    lon: float
    lat: float
    place: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A town or village with its people and, where known, its first postcode."""

    name: str
    lon: float
    lat: float
    people: int
    province: str
    pc4: int | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A postcode area where people live; `spread_km` is about how far they live from its middle."""

    pc4: int
    lon: float
    lat: float
    people: float
    spread_km: float
    place: str


@dataclass(frozen=True, slots=True)
class Areas:
    """Postcode areas as columns, in order of postcode; `place` counts into `places`."""

    pc4: Integers
    lon: Floats
    lat: Floats
    people: Floats
    spread_km: Floats
    place: Integers
    places: tuple[str, ...]

    @classmethod
    def of(cls, areas: Iterable[Area]) -> Self:
        """Put areas side by side as columns."""
        rows = sorted(areas, key=lambda area: area.pc4)
        places = tuple(sorted({area.place for area in rows}))
        number = {place: index for index, place in enumerate(places)}
        return cls(
            pc4=np.array([area.pc4 for area in rows], dtype=np.int64),
            lon=np.array([area.lon for area in rows], dtype=np.float64),
            lat=np.array([area.lat for area in rows], dtype=np.float64),
            people=np.array([area.people for area in rows], dtype=np.float64),
            spread_km=np.array([area.spread_km for area in rows], dtype=np.float64),
            place=np.array([number[area.place] for area in rows], dtype=np.int64),
            places=places,
        )

    def __len__(self) -> int:
        return len(self.pc4)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything a gazetteer is made of."""

    located: dict[int, Located]
    places: tuple[Place, ...]
    areas: Areas
