# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Builds the synthetic Netherlands; what it consists of is in `world_model`."""

from datetime import date

from huisartsplek.simulator.gazetteer import Gazetteer
from huisartsplek.simulator.world_model import (
    NOBODY,
    World,
    WorldPerson,
    WorldPractice,
    WorldRegion,
    WorldRequest,
    person_name,
    request_name,
)
from huisartsplek.simulator.world_practices import build_practices
from huisartsplek.simulator.world_regions import cut_regions
from huisartsplek.simulator.world_requests import build_requests

__all__ = [
    "NOBODY",
    "World",
    "WorldPerson",
    "WorldPractice",
    "WorldRegion",
    "WorldRequest",
    "build_world",
    "person_name",
    "request_name",
]

DEEP_REGION = 0


def build_world(
    seed: int,
    *,
    gazetteer: Gazetteer,
    practices: int = 4900,
    regions: int = 50,
    deep_region_requests: int = 20_000,
    on: date,
) -> World:
    """Build a whole country as it stands on a day; the same arguments give the same world."""
    areas = gazetteer.areas
    drawn_regions, region_of = cut_regions(seed, areas, regions)
    drawn_practices = build_practices(seed, areas, region_of, drawn_regions, practices, on)
    requests = build_requests(seed, areas, region_of == DEEP_REGION, drawn_practices, deep_region_requests, on)
    return World(seed, on, drawn_regions, drawn_practices, DEEP_REGION, requests)
