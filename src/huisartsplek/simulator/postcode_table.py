# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of four-digit postcodes with positions and inhabitants, as Statistics Netherlands publishes them.

Columns used: pc4, lon, lat (degrees), km2, inwoners, plaats, provincie; others are ignored.
"""

import csv
from collections.abc import Iterator, Sequence
from math import pi, sqrt
from pathlib import Path

from huisartsplek.simulator.geography import Area, Areas, Bundle, Located, Place

COLUMNS = ("pc4", "lon", "lat", "km2", "inwoners", "plaats", "provincie")

Row = dict[str, str]


def read_pc4_table(path: Path) -> Bundle:
    """Read the whole table; a table without one of the columns is refused."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"the postcode table has no column {', '.join(missing)}")
        rows = list(reader)
    located = {
        int(row["pc4"]): Located(float(row["lon"]), float(row["lat"]), row["plaats"], approximate=False)
        for row in rows
    }
    return Bundle(located, tuple(_places(rows)), Areas.of(_areas(rows)))


def _places(rows: Sequence[Row]) -> Iterator[Place]:
    """Each place once, in the middle of its people."""
    by_place: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        by_place.setdefault((row["plaats"], row["provincie"]), []).append(row)
    for (name, province), own in by_place.items():
        people = sum(_people(row) for row in own)
        weights = [_people(row) + 1 for row in own]
        lon = sum(float(row["lon"]) * weight for row, weight in zip(own, weights, strict=True)) / sum(weights)
        lat = sum(float(row["lat"]) * weight for row, weight in zip(own, weights, strict=True)) / sum(weights)
        yield Place(name, lon, lat, people, province, min(int(row["pc4"]) for row in own))


def _areas(rows: Sequence[Row]) -> Iterator[Area]:
    for row in rows:
        people = _people(row)
        if people:
            spread_km = min(1.5, sqrt(float(row["km2"]) / pi) / 2)
            yield Area(int(row["pc4"]), float(row["lon"]), float(row["lat"]), people, spread_km, row["plaats"])


def _people(row: Row) -> int:
    """The inhabitants; an empty cell is a secret small number, or none."""
    return int(row["inwoners"] or 0)
