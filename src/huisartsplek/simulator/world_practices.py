# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Invented practices over the country, as many as people need, of the sizes that practices have."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from huisartsplek.rules.values import AgbCode, Postcode
from huisartsplek.simulator.geography import Areas, Floats, Integers
from huisartsplek.simulator.slugs import distinct, slug
from huisartsplek.simulator.world_model import WorldPractice, WorldRegion, day_before, stream
from huisartsplek.simulator.world_names import STREETS, postcode_letters, practice_names
from huisartsplek.simulator.world_policies import DrawnPolicies, draw_policies

SIZES = ("solo", "duo", "group")
SIZE_SHARES = (0.34, 0.43, 0.23)
FULL_TIME_GPS = (1.0, 1.75, 2.8)  # with these the shares give the country's people per practice
PEOPLE_PER_GP = 2100
FEMALE_GP = (0.58, 0.86, 0.97)
FIRST_AGB = 1_900_001  # an invented range: 01900001 and up
KM_PER_DEGREE = 111.2
CLOSES_AFTER_DAYS = 150
STARTING = 3  # practices of the deep region that have just started
STARTING_PLACES = 200
LANGUAGES = ("en", "de", "tr", "ar", "pl", "uk", "fr", "es", "ti")
LANGUAGE_SHARES = (0.82, 0.24, 0.10, 0.11, 0.09, 0.05, 0.12, 0.07, 0.02)


@dataclass(frozen=True, slots=True)
class Sites:
    """Where practices stand: the area of each, and a point near the middle of that area."""

    area: Integers
    lon: Floats
    lat: Floats


def choose_sites(seed: int, areas: Areas, count: int) -> Sites:
    """Spread practices over the areas in proportion to people."""
    rng = stream(seed, "practice sites")
    passed = np.cumsum(areas.people)
    area = np.searchsorted(passed, (np.arange(count) + rng.random()) / count * passed[-1])
    away = rng.normal(size=(2, count)) * areas.spread_km[area] * 0.7
    lat = areas.lat[area] + away[0] / KM_PER_DEGREE
    lon = areas.lon[area] + away[1] / KM_PER_DEGREE / np.cos(np.radians(lat))
    return Sites(area, lon, lat)


def build_practices(
    seed: int, areas: Areas, region_of: Integers, regions: tuple[WorldRegion, ...], count: int, on: date
) -> tuple[WorldPractice, ...]:
    """Draw all practices; those of one place stand beside each other."""
    sites = choose_sites(seed, areas, count)
    rng = stream(seed, "practices")
    size = rng.choice(len(SIZES), size=count, p=SIZE_SHARES)
    list_size = np.array(FULL_TIME_GPS)[size] * PEOPLE_PER_GP * rng.uniform(0.88, 1.12, count)
    names = practice_names(rng, [SIZES[each] for each in size], areas.place[sites.area])
    places = [areas.places[place] for place in areas.place[sites.area].tolist()]
    pc4 = areas.pc4[sites.area].tolist()
    slugs = distinct((slug(name, place), str(code)) for name, place, code in zip(names, places, pc4, strict=True))
    letters = postcode_letters(rng, count)
    street = rng.integers(len(STREETS), size=count).tolist()
    house_number = rng.integers(1, 180, size=count).tolist()
    step_free, evening, female = rng.random((3, count))
    speaks = rng.random((count, len(LANGUAGES))) < np.array(LANGUAGE_SHARES)
    practice_region = region_of[sites.area]
    drawn = draw_policies(seed, areas, sites.area, practice_region, len(regions), on)
    drawn = _with_a_closing_and_starting_ones(drawn, practice_region, size, on)
    return tuple(
        WorldPractice(
            number=number,
            region=int(practice_region[number]),
            slug=slugs[number],
            agb=AgbCode(f"{FIRST_AGB + number:08d}"),
            name=names[number],
            street=STREETS[street[number]],
            house_number=house_number[number],
            postcode=Postcode(pc4[number], letters[number]),
            place=places[number],
            lon=round(float(sites.lon[number]), 5),
            lat=round(float(sites.lat[number]), 5),
            phone=f"000 - 000 {number // 100:02d} {number % 100:02d}",
            size=SIZES[size[number]],
            list_size=round(float(list_size[number])),
            languages=("nl", *(code for code, one in zip(LANGUAGES, speaks[number], strict=True) if one)),
            is_step_free=bool(step_free[number] < 0.91),
            has_evening_hours=bool(evening[number] < 0.22),
            has_female_gp=bool(female[number] < FEMALE_GP[size[number]]),
            policy=drawn.policy[number],
            confirmed_on=drawn.confirmed_on[number],
            places=int(drawn.places[number]),
            closes_on=drawn.closes_on.get(number),
        )
        for number in range(count)
    )


def _with_a_closing_and_starting_ones(
    drawn: DrawnPolicies, practice_region: Integers, size: Integers, on: date
) -> DrawnPolicies:
    """In the deep region one solo practice closes, so that people must leave, and some groups have just started."""
    closing = np.flatnonzero((practice_region == 0) & (size == 0))[:1].tolist()
    starting = np.flatnonzero((practice_region == 0) & (size == 2))[:: max(1, 40 // STARTING)][:STARTING].tolist()
    policy, confirmed_on, places = list(drawn.policy), list(drawn.confirmed_on), drawn.places.copy()
    for number in (*closing, *starting):
        policy[number] = drawn.closing_policy(on) if number in closing else drawn.starting_policy(on)
        confirmed_on[number] = on
        places[number] = 0 if number in closing else STARTING_PLACES
    closes_on = dict.fromkeys(closing, day_before(on, -CLOSES_AFTER_DAYS))
    return DrawnPolicies(tuple(policy), tuple(confirmed_on), places, closes_on)
