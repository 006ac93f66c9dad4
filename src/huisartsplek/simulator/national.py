# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round for the whole country, drawn from a real table of inhabitants: for heavy counts, not for the demo.

One person a request. Homes follow the table's inhabitants; practices, policies and likings are invented as in
the synthetic world, and a wish is one that the practice's own rule admits.
"""

from datetime import date
from itertools import chain
from pathlib import Path

import numpy as np

from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable
from huisartsplek.rules.queue import PriorityClass, file_priority
from huisartsplek.simulator.distances import km_between_all
from huisartsplek.simulator.gazetteer import Gazetteer
from huisartsplek.simulator.geography import Areas, Floats, Integers
from huisartsplek.simulator.world_model import NOBODY, WorldPractice, days_before, request_name, stream
from huisartsplek.simulator.world_practices import build_practices
from huisartsplek.simulator.world_regions import cut_regions
from huisartsplek.simulator.world_requests import (
    CONFIRMED,
    CONSIDERED,
    DAYS_OF_WAITING,
    FAR_AWAY,
    LONG_AGO,
    WISH_COUNTS,
    WITHOUT_GP,
    Seekers,
    admitted_wishes,
)

AT_A_TIME = 50_000
DEFAULT_DAY = date(2026, 11, 1)


def national_requests(
    pc4_table: Path, n: int, seed: int, *, practices: int = 4900, regions: int = 50, on: date = DEFAULT_DAY
) -> Tables:
    """Draw the file of a national round with n requests; the same arguments give the same file."""
    areas = Gazetteer.from_pc4_table(pc4_table).areas
    drawn_regions, region_of = cut_regions(seed, areas, regions)
    drawn = build_practices(seed, areas, region_of, drawn_regions, practices, on)
    near, near_km = nearest_practices(areas, drawn)
    popularity = stream(seed, "popularity").normal(scale=0.8, size=len(drawn))
    since: list[int] = []
    present: list[int] = []
    wishes: list[list[int]] = []
    part = 0
    while len(wishes) < n:
        seekers = _draw(seed, part, areas, drawn, near, near_km, popularity, on)
        part += 1
        alone = np.arange(len(seekers.area) + 1)
        own = admitted_wishes(areas, seekers, alone, seekers.practice, drawn, n - len(wishes), on)
        if not own:
            raise ValueError("nobody finds a practice that would have them")
        kept = list(own)
        since.extend(seekers.since[kept].tolist())
        present.extend(seekers.practice[kept].tolist())
        wishes.extend(own.values())
    trades = stream(seed, "national trades").random(n) < CONFIRMED
    return _tables(drawn, [region.slug for region in drawn_regions], since, present, wishes, trades.tolist())


def nearest_practices(areas: Areas, practices: tuple[WorldPractice, ...]) -> tuple[Integers, Floats]:
    """For every area its nearest practices, nearest first, with the distances in kilometres."""
    lon = np.array([one.lon for one in practices])
    lat = np.array([one.lat for one in practices])
    most = min(CONSIDERED, len(practices))
    nearest, distances = [], []
    for part in np.array_split(np.arange(len(areas)), max(1, len(areas) // 250)):
        km = km_between_all(areas.lon[part][:, None], areas.lat[part][:, None], lon, lat)
        near = np.argsort(km, axis=1, kind="stable")[:, :most]
        nearest.append(near)
        distances.append(np.take_along_axis(km, near, axis=1))
    return np.concatenate(nearest), np.concatenate(distances)


def _draw(
    seed: int,
    part: int,
    areas: Areas,
    practices: tuple[WorldPractice, ...],
    near: Integers,
    near_km: Floats,
    popularity: Floats,
    on: date,
) -> Seekers:
    rng = stream(seed, f"national seekers {part}")
    area = rng.choice(len(areas), size=AT_A_TIME, p=areas.people / areas.people.sum())
    own, km = near[area], near_km[area]
    order = np.argsort(-(popularity[own] - km + rng.gumbel(size=own.shape)), axis=1, kind="stable")
    less_popular = np.argmax(-0.5 * popularity[own] - km + rng.gumbel(size=own.shape), axis=1)
    list_size = np.array([one.list_size for one in practices], dtype=np.float64)
    away = rng.choice(len(practices), size=AT_A_TIME, p=list_size / list_size.sum())
    kind = rng.random(AT_A_TIME)
    without, far = kind < WITHOUT_GP, (kind >= WITHOUT_GP) & (kind < WITHOUT_GP + FAR_AWAY)
    waiting = (rng.random(AT_A_TIME) ** 1.4 * DAYS_OF_WAITING * 86_400).astype(np.int64)
    moved = np.where(far, waiting // 86_400 + rng.integers(5, 160, AT_A_TIME), rng.integers(*LONG_AGO, AT_A_TIME))
    return Seekers(
        area=area,
        since=int(np.datetime64(on, "s").astype(np.int64)) - waiting - 1,
        moved_in_on=days_before(on, moved),
        practice=np.where(without, NOBODY, np.where(far, away, own[np.arange(AT_A_TIME), less_popular])),
        ranked=np.take_along_axis(own, order, axis=1),
        ranked_km=np.take_along_axis(km, order, axis=1),
        wishes=1 + rng.choice(len(WISH_COUNTS), size=AT_A_TIME, p=WISH_COUNTS),
    )


def _tables(
    practices: tuple[WorldPractice, ...],
    region_slugs: list[str],
    since: list[int],
    present: list[int],
    wishes: list[list[int]],
    trades: list[bool],
) -> Tables:
    names = [request_name(number) for number in range(len(wishes))]
    agb = [one.agb.digits for one in practices]
    without = file_priority(PriorityClass.WITHOUT_PRACTICE, goes_first=False)
    others = file_priority(PriorityClass.EVERYONE_ELSE, goes_first=False)
    moments = np.array(since, dtype=np.int64).astype("datetime64[s]").astype(str)
    return Tables(
        PracticeTable(
            practice=agb,
            places=[one.places for one in practices],
            swaps=[one.swaps for one in practices],
            region=[region_slugs[one.region] for one in practices],
        ),
        RequestTable(
            request=names,
            priority=[without if practice == NOBODY else others for practice in present],
            since=[f"{moment}.000000Z" for moment in moments],
        ),
        MemberTable(
            person=[f"p{name[1:]}" for name in names],
            request=names,
            practice=["" if practice == NOBODY else agb[practice] for practice in present],
            trades=[one and practice != NOBODY for one, practice in zip(trades, present, strict=True)],
        ),
        WishTable(
            request=[name for name, own in zip(names, wishes, strict=True) for _ in own],
            rank=[rank for own in wishes for rank in range(1, len(own) + 1)],
            practice=[agb[practice] for practice in chain.from_iterable(wishes)],
        ),
    )
