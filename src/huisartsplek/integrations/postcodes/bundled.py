# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Postcodes from the gazetteer: the one that comes with the program, or a table that an operator imported."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from huisartsplek.rules.values import Postcode
from huisartsplek.simulator.distances import km_between
from huisartsplek.simulator.gazetteer import Gazetteer
from huisartsplek.simulator.geography import Located, Place

LARGEST_TABLE = 50_000_000  # bytes; the national table is a tenth of a megabyte
_WEST, _EAST, _SOUTH, _NORTH = 3.0, 7.5, 50.5, 53.8


class BadPostcodeTable(ValueError):  # noqa: N818  reads as what it is
    """A file that is no table of Dutch postcodes, with the reason."""


class GazetteerPostcodes:
    """The answers of one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def locate(self, postcode: Postcode) -> Located:
        """Say where a postcode lies, exactly or about."""
        return self._gazetteer.locate(postcode)

    def places_named(self, text: str, *, most: int = 10) -> Sequence[Place]:
        """Give the places a name may mean."""
        return self._gazetteer.search_place(text, most=most)

    def places_alike(self, text: str, *, most: int = 4) -> Sequence[Place]:
        """Give the places that somebody who mistypes may mean."""
        return self._gazetteer.places_alike(text, most=most)

    def places_around(self, lon: float, lat: float, *, km: float, most: int) -> Sequence[Place]:
        """Give the largest places around a point."""
        here = Located(lon, lat, "", approximate=False)
        # A degree of latitude is 111 km: what is farther north or south need not be measured.
        near = (place for place in self._gazetteer.places if abs(place.lat - lat) * 111 <= km)
        found: list[Place] = []
        for place in near:
            if km_between(here, place) <= km:
                found.append(place)
                if len(found) == most:
                    break
        return found


def imported_table(data_dir: Path) -> Path:
    """Where the imported table is kept."""
    return data_dir / "postcodes" / "pc4.csv"


def postcodes_of(data_dir: Path) -> GazetteerPostcodes:
    """Give the imported postcodes where there are any, else the bundled ones; a new import is seen at once."""
    table = imported_table(data_dir)
    try:
        found = table.stat()
    except FileNotFoundError:
        return _bundled()
    return _read(table, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=1)
def _bundled() -> GazetteerPostcodes:
    return GazetteerPostcodes(Gazetteer.bundled())


@lru_cache(maxsize=1)
def _read(table: Path, modified: int, size: int) -> GazetteerPostcodes:  # noqa: ARG001  they say which table it is
    return GazetteerPostcodes(Gazetteer.from_pc4_table(table))


def import_table(file: Path, data_dir: Path) -> int:
    """Check a table and put it in the place of the one in use, whole or not at all; give how many it holds."""
    number = _checked(file)
    target = imported_table(data_dir)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".new")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as out, file.open("rb") as source:
            shutil.copyfileobj(source, out)
        draft.chmod(0o644)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return number


def _checked(file: Path) -> int:
    try:
        if file.stat().st_size > LARGEST_TABLE:
            raise BadPostcodeTable("the file is too large to be a table of postcodes")
        areas = Gazetteer.from_pc4_table(file).areas
    except (UnicodeDecodeError, ValueError) as error:
        raise BadPostcodeTable(str(error)) from error
    inside = (areas.lon > _WEST) & (areas.lon < _EAST) & (areas.lat > _SOUTH) & (areas.lat < _NORTH)
    numbers = (areas.pc4 >= 1000) & (areas.pc4 <= 9999)
    if not len(areas):
        raise BadPostcodeTable("the table has no postcode where people live")
    if not bool((inside & numbers).all()):
        wrong = int(areas.pc4[~(inside & numbers)][0])
        raise BadPostcodeTable(f"postcode {wrong} does not lie in the Netherlands: are lon and lat in degrees?")
    return len(areas)
