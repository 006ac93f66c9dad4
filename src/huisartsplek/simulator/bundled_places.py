# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bundled gazetteer: places of GeoNames joined to hand-written ranges of four-digit postcodes.

A range names its place; the position is the range's own where one was written down, else that of the place
of that name nearest to the middle of the two-digit region. A village without a known position gets that of
the nearest number of its region: numbers run along the old delivery routes.
"""

import csv
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from io import StringIO
from math import pi, sqrt

from huisartsplek.simulator.distances import km_between
from huisartsplek.simulator.geography import Area, Areas, Bundle, Located, Place

NARROW = 4  # numbers: the middle of a wider range says little about one of its postcodes
SAME_PLACE_KM = 45.0  # a namesake farther from the region's middle is another place
TOWN_DENSITY = 3500.0  # people per square kilometre of built-up town: a guess of how wide a place is
VILLAGE_PEOPLE = 400  # for a village of which no number is known

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Range:
    first: int
    last: int
    place: str
    lon: float
    lat: float
    people: int
    known: bool

    @property
    def located(self) -> Located:
        rough = not self.known or self.last - self.first >= NARROW
        return Located(self.lon, self.lat, self.place, approximate=rough)

    def street_postcodes(self) -> list[int]:
        """The numbers people live at: those ending in 0, and the first ten of a city, are for PO boxes."""
        is_city = self.last - self.first >= 10 and self.first % 100 == 0
        start = self.first + 10 if is_city else self.first
        return [pc4 for pc4 in range(start, self.last + 1) if pc4 % 10] or [self.first]


def read_bundle() -> Bundle:
    """Read the three bundled files and join them."""
    places = [
        Place(row["place"], float(row["lon"]), float(row["lat"]), int(row["people"]), row["province"])
        for row in _read("places.csv")
    ]
    middles = _region_middles(places)
    ranges = list(_ranges(places, middles))
    located = {pc4: one.located for one in ranges for pc4 in range(one.first, one.last + 1)}
    return Bundle(located, tuple(_with_postcodes(places, ranges)), Areas.of(_areas(ranges)))


def _read(name: str) -> Iterator[Row]:
    text = files("huisartsplek.simulator").joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(StringIO(text))


def _region_middles(places: Sequence[Place]) -> dict[int, Place]:
    largest: dict[str, Place] = {}
    for place in sorted(places, key=lambda one: one.people):
        largest[place.name] = place
    return {int(row["digits"]): largest[row["place"]] for row in _read("postcode_regions.csv")}


def _ranges(places: Sequence[Place], middles: dict[int, Place]) -> Iterator[_Range]:
    by_name: dict[str, list[Place]] = {}
    for place in places:
        by_name.setdefault(place.name, []).append(place)
    rows = list(_read("postcodes.csv"))
    found = [_position(row, by_name.get(row["place"], ()), middles) for row in rows]
    known = [(int(row["first"]), place) for row, place in zip(rows, found, strict=True) if place is not None]
    for row, own in zip(rows, found, strict=True):
        first, last = int(row["first"]), int(row["last"])
        place = own or _beside(known, first) or middles[first // 100]
        people = int(row["people"] or (own.people if own else VILLAGE_PEOPLE))
        yield _Range(first, last, row["place"], place.lon, place.lat, people, known=own is not None)


def _position(row: Row, namesakes: Iterable[Place], middles: dict[int, Place]) -> Place | None:
    """A range's own position where it has one, else its place: the namesake nearest to its region's middle."""
    middle = middles[int(row["first"]) // 100]
    near = [place for place in namesakes if km_between(place, middle) <= SAME_PLACE_KM]
    place = min(near, key=lambda one: km_between(one, middle), default=None)
    if not row["lon"]:
        return place
    people = place.people if place else VILLAGE_PEOPLE
    return Place(row["place"], float(row["lon"]), float(row["lat"]), people, place.province if place else "")


def _beside(known: Sequence[tuple[int, Place]], pc4: int) -> Place | None:
    """The place of the nearest number in the same two-digit region."""
    at = bisect_left(known, pc4, key=lambda one: one[0])
    beside = [known[i] for i in (at - 1, at) if 0 <= i < len(known) and known[i][0] // 100 == pc4 // 100]
    nearest = min(beside, key=lambda one: abs(one[0] - pc4), default=None)
    return nearest[1] if nearest else None


def _areas(ranges: Sequence[_Range]) -> Iterator[Area]:
    """One area for each postcode of streets; a town's people are spread evenly over its postcodes."""
    postcodes_of = Counter[tuple[str, int]]()
    for one in ranges:
        postcodes_of[_town(one)] += len(one.street_postcodes())
    for one in ranges:
        everyone = max(one.people, 1)
        spread_km = max(0.3, sqrt(everyone / TOWN_DENSITY / pi) / 2)
        share = everyone / postcodes_of[_town(one)]
        for pc4 in one.street_postcodes():
            yield Area(pc4, one.lon, one.lat, share, min(spread_km, 1.5), one.place)


def _town(one: _Range) -> tuple[str, int]:
    return one.place, one.people


def _with_postcodes(places: Sequence[Place], ranges: Sequence[_Range]) -> Iterator[Place]:
    """The places, each with its first postcode where a range of that name lies near it, then the villages."""
    by_name: dict[str, list[_Range]] = {}
    for one in ranges:
        by_name.setdefault(one.place, []).append(one)
    named = {place.name for place in places}
    for place in places:
        near = [one for one in by_name.get(place.name, ()) if km_between(place, one.located) < 10]
        pc4 = min((one.street_postcodes()[0] for one in near), default=None)
        yield replace(place, pc4=pc4)
    for name, ones in by_name.items():
        if name not in named:
            first = ones[0]
            yield Place(name, first.lon, first.lat, first.people, "", first.street_postcodes()[0])
