# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cuts the country into regions of about as many people, each in one piece, with invented names."""

from dataclasses import dataclass

import numpy as np

from huisartsplek.simulator.distances import km_between_all
from huisartsplek.simulator.geography import Areas, Floats, Integers
from huisartsplek.simulator.slugs import slug
from huisartsplek.simulator.world_model import WorldRegion, stream

DEEP_REGION_NAME = "Zilte Akkers"
DEEP_REGION_MIDDLE = (4.36, 52.05)
DEEP_REGION_KM = 12.5

ADJECTIVES = (
    "Lage", "Hoge", "Stille", "Groene", "Brede", "Verre", "Oude", "Nieuwe", "Lichte", "Zachte", "Gouden", "Blauwe",
)  # fmt: skip
NOUNS = (
    "Akkers", "Weiden", "Vaarten", "Dijken", "Velden", "Wilgen", "Oevers", "Hagen", "Landen", "Paden", "Beken",
    "Lanen",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    areas: Integers
    regions: int


def cut_regions(seed: int, areas: Areas, regions: int) -> tuple[tuple[WorldRegion, ...], Integers]:
    """Give the regions, the deep one first, and the region of every area."""
    if not 1 < regions <= len(ADJECTIVES) * len(NOUNS):
        raise ValueError(f"between 2 and {len(ADJECTIVES) * len(NOUNS)} regions can be named")
    lon, lat = _places_together(areas, most_people=areas.people.sum() / regions / 2)
    from_middle = km_between_all(lon, lat, *(np.array([degrees]) for degrees in DEEP_REGION_MIDDLE))
    region_of = np.zeros(len(areas), dtype=np.int64)
    pieces = [_Piece(np.flatnonzero(from_middle > DEEP_REGION_KM), regions - 1)]
    number = 1
    while pieces:
        piece = pieces.pop()
        halves = _halve(piece, areas.people, lon, lat) if piece.regions > 1 else None
        if halves is None:
            region_of[piece.areas] = number
            number += 1
        else:
            pieces.extend(halves)
    names = _names(seed, number)
    ranges = _ranges(areas.pc4, region_of)
    return tuple(_region(each, names[each], areas, region_of, ranges[each]) for each in range(number)), region_of


def _places_together(areas: Areas, *, most_people: float) -> tuple[Floats, Floats]:
    """Positions to cut by: that of the whole place, so that no line runs through a town, but for a large city."""
    people = np.bincount(areas.place, areas.people)
    lon = np.bincount(areas.place, areas.lon * areas.people) / people
    lat = np.bincount(areas.place, areas.lat * areas.people) / people
    # Places of one name may lie far apart; then the middle is no position of either.
    off = km_between_all(areas.lon, areas.lat, lon[areas.place], lat[areas.place])
    scattered = np.zeros(len(people), dtype=np.bool_)
    scattered[areas.place[off > 10]] = True
    own = scattered | (people > most_people)
    return np.where(own[areas.place], areas.lon, lon[areas.place]), np.where(
        own[areas.place], areas.lat, lat[areas.place]
    )


def _halve(piece: _Piece, people: Floats, lon: Floats, lat: Floats) -> tuple[_Piece, _Piece] | None:
    """Cut across the longer side, in proportion to people; None where everything lies on one point."""
    own_lon, own_lat = lon[piece.areas], lat[piece.areas]
    wide = np.ptp(own_lon) * 0.615  # a degree of longitude is that much of one of latitude, here
    along = own_lon if wide > np.ptp(own_lat) else own_lat
    order = np.argsort(along, kind="stable")
    first_share = piece.regions // 2
    passed = np.cumsum(people[piece.areas][order])
    may_cut = np.flatnonzero(np.diff(along[order]) > 0)
    if not len(may_cut):
        return None
    wanted = passed[-1] * first_share / piece.regions
    cut = may_cut[np.argmin(np.abs(passed[may_cut] - wanted))] + 1
    first, second = piece.areas[order[:cut]], piece.areas[order[cut:]]
    return _Piece(first, first_share), _Piece(second, piece.regions - first_share)


def _names(seed: int, number: int) -> list[str]:
    every = [f"{adjective} {noun}" for adjective in ADJECTIVES for noun in NOUNS]
    shuffled = stream(seed, "region names").permutation(len(every))
    return [DEEP_REGION_NAME, *(every[index] for index in shuffled[: number - 1])]


def _ranges(pc4: Integers, region_of: Integers) -> dict[int, tuple[tuple[int, int], ...]]:
    """Every number from 1000 to 9999 once: a number without people goes with the one before it."""
    starts = np.flatnonzero(np.diff(region_of, prepend=-1))
    firsts = pc4[starts].tolist()
    firsts[0] = 1000
    ranges: dict[int, list[tuple[int, int]]] = {}
    for index, start in enumerate(starts.tolist()):
        last = firsts[index + 1] - 1 if index + 1 < len(firsts) else 9999
        ranges.setdefault(int(region_of[start]), []).append((firsts[index], last))
    return {region: tuple(own) for region, own in ranges.items()}


def _region(
    number: int, name: str, areas: Areas, region_of: Integers, ranges: tuple[tuple[int, int], ...]
) -> WorldRegion:
    own = region_of == number
    people = areas.people[own]
    return WorldRegion(
        number=number,
        slug=slug(name),
        name=name,
        postcode_ranges=ranges,
        lon=float(np.average(areas.lon[own], weights=people)),
        lat=float(np.average(areas.lat[own], weights=people)),
        people=round(float(people.sum())),
    )
