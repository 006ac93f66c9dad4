# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The map beside a list: land, the person's point, two rings and the practices, measured out for SVG."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from huisartsplek.web.components.status import StatusSign, sign

if TYPE_CHECKING:
    from huisartsplek.rules.intake import PublicStatus

OUTLINE = Path(__file__).parent.parent / "static" / "huisartsplek" / "data" / "outline.json"
KM_PER_DEGREE = 111.32
WIDTH, HEIGHT = 460, 560
MARGIN = 34
PIN_SIZE = 34
SMALLEST_REACH_KM = 2.2
RINGS_KM = ((1, 2), (2, 5), (5, 10), (10, 25), (25, 50), (50, 100))
SMALLEST_RING = 30

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the earth with the words beside it."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Pin:
    """A practice of the list: its number there, its status and where it is."""

    number: int
    name: str
    status: PublicStatus
    latitude: float
    longitude: float

    @property
    def target(self) -> str:
        """The item of the list that opening the pin leads to."""
        return f"#p{self.number}"


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a point of the drawing, and where on earth that is."""

    x: float
    y: float
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class DrawnPin:
    """A pin in the drawing; where pins would hide each other it stands beside its point, on a line."""

    x: float
    y: float
    point_x: float
    point_y: float
    pin: Pin
    status: StatusSign

    @property
    def is_moved(self) -> bool:
        """Whether the pin stands beside its point."""
        return (self.x, self.y) != (self.point_x, self.point_y)

    @property
    def shift_x(self) -> float:
        """How far to the right of its point the pin stands."""
        return round(self.x - self.point_x, 1)

    @property
    def shift_y(self) -> float:
        """How far below its point the pin stands."""
        return round(self.y - self.point_y, 1)


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle around the person."""

    radius: float
    kilometres: int
    label_y: float


@dataclass(frozen=True, slots=True)
class MapPicture:
    """All that the map's template draws; `anchor` is unique on its page."""

    anchor: str
    land: str
    here: Label
    rings: tuple[Ring, ...]
    labels: tuple[Label, ...]
    pins: tuple[DrawnPin, ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def moved_pins(self) -> list[DrawnPin]:
        """The pins that stand beside their point and need a line to it."""
        return [pin for pin in self.pins if pin.is_moved]


@dataclass(frozen=True, slots=True)
class _Projection:
    """A flat picture around one point: at this scale the earth's curve does not show."""

    latitude: float
    longitude: float
    pixels_per_km: float

    def at(self, latitude: float, longitude: float) -> Point:
        """The place of a point in the drawing."""
        east, north = _offset_km(self.latitude, self.longitude, latitude, longitude)
        return (
            round(WIDTH / 2 + east * self.pixels_per_km, 1),
            round(HEIGHT / 2 - north * self.pixels_per_km, 1),
        )


def _offset_km(from_latitude: float, from_longitude: float, latitude: float, longitude: float) -> Point:
    east = (longitude - from_longitude) * KM_PER_DEGREE * math.cos(math.radians(from_latitude))
    return east, (latitude - from_latitude) * KM_PER_DEGREE


def map_picture(
    pins: Sequence[Pin], *, here: Place, places: Iterable[Place] = (), anchor: str = "kaart"
) -> MapPicture:
    """A map that holds every pin and at least the smallest ring around `here`."""
    offsets = [_offset_km(here.latitude, here.longitude, pin.latitude, pin.longitude) for pin in pins]
    reach_east = max([SMALLEST_REACH_KM, *(abs(east) for east, _north in offsets)])
    reach_north = max([SMALLEST_REACH_KM, *(abs(north) for _east, north in offsets)])
    scale = min((WIDTH / 2 - MARGIN) / reach_east, (HEIGHT / 2 - MARGIN) / reach_north)
    projection = _Projection(here.latitude, here.longitude, scale)
    middle = projection.at(here.latitude, here.longitude)
    return MapPicture(
        anchor=anchor,
        land=_land(projection),
        here=Label(*middle, here.name, here.latitude, here.longitude),
        rings=_rings(scale, middle),
        labels=tuple(_labels(projection, places)),
        pins=tuple(_drawn(projection, pins, middle)),
    )


def _rings(scale: float, middle: Point) -> tuple[Ring, ...]:
    pair = next((pair for pair in RINGS_KM if pair[0] * scale >= SMALLEST_RING), RINGS_KM[-1])
    return tuple(Ring(round(km * scale, 1), km, round(middle[1] + km * scale - 6, 1)) for km in pair)


def _labels(projection: _Projection, places: Iterable[Place]) -> Iterable[Label]:
    for place in places:
        x, y = projection.at(place.latitude, place.longitude)
        if MARGIN < x < WIDTH - MARGIN and MARGIN / 2 < y < HEIGHT - MARGIN / 2:
            yield Label(x, y, place.name, place.latitude, place.longitude)


def _drawn(projection: _Projection, pins: Sequence[Pin], middle: Point) -> list[DrawnPin]:
    taken: list[Point] = []
    drawn = []
    for pin in pins:
        point = projection.at(pin.latitude, pin.longitude)
        x, y = _free_spot(point, taken, middle)
        taken.append((x, y))
        drawn.append(DrawnPin(x, y, *point, pin, sign(pin.status)))
    return drawn


def _free_spot(point: Point, taken: Sequence[Point], middle: Point) -> Point:
    """The nearest spot where a pin hides neither another pin nor the person's point."""
    for circle in range(12):
        for turn in range(max(1, circle * 8)):
            angle = 2 * math.pi * turn / max(1, circle * 8)
            x = round(point[0] + circle * PIN_SIZE / 2 * math.cos(angle), 1)
            y = round(point[1] - circle * PIN_SIZE / 2 * math.sin(angle), 1)
            inside = MARGIN / 2 < x < WIDTH - MARGIN / 2 and MARGIN / 2 < y < HEIGHT - MARGIN / 2
            clear = all(math.dist((x, y), other) >= PIN_SIZE for other in taken)
            if inside and clear and math.dist((x, y), middle) >= PIN_SIZE * 0.8:
                return x, y
    return point


def _land(projection: _Projection) -> str:
    """The outlines as one SVG path, cut to the drawing so that it stays small."""
    parts = []
    for polygon in _outline():
        for ring in polygon:
            points = _cut_to_frame([projection.at(latitude, longitude) for longitude, latitude in ring])
            if points:
                parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
    return "".join(parts)


@lru_cache(maxsize=1)
def _outline() -> tuple[tuple[tuple[Point, ...], ...], ...]:
    """The polygons of the Netherlands and the countries around it, as (longitude, latitude)."""
    collection = json.loads(OUTLINE.read_text(encoding="utf-8"))
    return tuple(
        tuple(tuple((x, y) for x, y in ring) for ring in polygon)
        for feature in collection["features"]
        for polygon in feature["geometry"]["coordinates"]
    )


def _cut_to_frame(ring: list[Point]) -> list[Point]:
    """Cut a ring along the four sides of the drawing, a little outside it so that no edge shows."""
    for axis, limit, keeps_above in (
        (0, -20.0, True),
        (0, WIDTH + 20.0, False),
        (1, -20.0, True),
        (1, HEIGHT + 20.0, False),
    ):
        kept: list[Point] = []
        for place, point in enumerate(ring):
            before = ring[place - 1]
            point_in = (point[axis] >= limit) == keeps_above
            if point_in != ((before[axis] >= limit) == keeps_above):
                kept.append(_crossing(before, point, axis, limit))
            if point_in:
                kept.append(point)
        ring = kept
    return ring if len(ring) >= 3 else []


def _crossing(before: Point, after: Point, axis: int, limit: float) -> Point:
    part = (limit - before[axis]) / (after[axis] - before[axis])
    x, y = (round(start + part * (end - start), 1) for start, end in zip(before, after, strict=True))
    return x, y
