# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made-up rounds of any size to measure the engine on.

The base instance is the one that the engine's targets are stated for: towns of unequal size on a square, people
who wish for practices near their home, and a third of those who have a practice still at one from before they
moved house. Everything the results could hang on can be varied (`Shape`), and requests can be of households.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable

PRACTICES_PER_TOWN = 12
HOUSEHOLD_SIZES = (0.50, 0.25, 0.08, 0.10, 0.04, 0.015, 0.01, 0.005)  # the share of households of 1, 2, … 8 people
CONSIDERED = 30
AT_ONCE = 50_000
FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Shape:
    """What a made-up round is like; as it stands, the base instance."""

    requests_per_practice: float = 204
    popularity: float = 0.8  # the spread of how much practices are liked, as a logarithm
    without: float = 0.2  # the share that has no practice
    shortest: int = 3  # wishes on the shortest list
    longest: int = 8
    open_share: float = 0.3  # the share of practices with 1 to 20 places


BASE = Shape()


def _sites(practices: int, random: np.random.Generator) -> Floats:
    """Where the practices are: around towns whose sizes follow a Pareto law, on a square of side √P."""
    towns = max(1, practices // PRACTICES_PER_TOWN)
    side = practices**0.5
    weights = 1.0 + random.pareto(1.2, towns)
    centres = random.uniform(0.0, side, (towns, 2))
    town = random.choice(towns, practices, p=weights / weights.sum())
    return np.clip(centres[town] + random.normal(0.0, 1.2, (practices, 2)), 0.0, side)


def _nearest(sites: Floats) -> tuple[Longs, Floats]:
    """The practices considered by who lives at each practice, nearest first, and how far they are."""
    near: list[Longs] = []
    far: list[Floats] = []
    for start in range(0, len(sites), 500):
        distance = np.hypot(*(sites[start : start + 500, None, :] - sites[None, :, :]).transpose(2, 0, 1))
        order = np.argsort(distance, axis=1, kind="stable")[:, :CONSIDERED].astype(np.int64)
        near.append(order)
        far.append(np.take_along_axis(distance, order, axis=1))
    return np.concatenate(near), np.concatenate(far)


def base_instance(n_requests: int, seed: int, shape: Shape = BASE) -> Tables:
    """The base instance: `n_requests` requests of one person each; the same for the same seed."""
    random = np.random.default_rng(seed)
    practices = max(2, int(n_requests // shape.requests_per_practice))
    nearest, distance = _nearest(_sites(practices, random))
    popularity = random.normal(0.0, shape.popularity, practices)
    places = np.where(random.random(practices) < shape.open_share, random.integers(1, 21, practices), 0)
    practice_names = [f"p{number:05d}" for number in range(practices)]
    width = len(str(n_requests))
    requests = [f"r{number:0{width}d}" for number in range(n_requests)]

    present_names: list[str] = []
    wish_request: list[str] = []
    wish_rank: list[int] = []
    wish_practice: list[str] = []
    for start in range(0, n_requests, AT_ONCE):
        count = min(AT_ONCE, n_requests - start)
        home = random.integers(0, practices, count)
        present = _present(random, popularity, nearest[home], distance[home], shape.without)
        wished, rank = np.nonzero(_listed(random, count, shape))
        order = _wish_order(random, popularity, nearest[home], distance[home], present)[:, : shape.longest]
        wished, rank = (part[rank < order.shape[1]] for part in (wished, rank))
        chosen = order[wished, rank]
        kept = chosen >= 0
        present_names.extend(practice_names[number] if number >= 0 else "" for number in present.tolist())
        wish_request.extend(requests[start + number] for number in wished[kept].tolist())
        wish_rank.extend((rank[kept] + 1).tolist())
        wish_practice.extend(practice_names[number] for number in chosen[kept].tolist())

    since = random.integers(0, 900, n_requests)
    days = [(FIRST_DAY + timedelta(days=day)).strftime("%Y-%m-%dT00:00:00.000000Z") for day in range(900)]
    return Tables(
        PracticeTable(practice_names, places.tolist(), [True] * practices, [""] * practices),
        RequestTable(requests, random.integers(0, 3, n_requests).tolist(), [days[day] for day in since.tolist()]),
        MemberTable([f"m{name[1:]}" for name in requests], requests, present_names, [True] * n_requests),
        WishTable(wish_request, wish_rank, wish_practice),
    )


def _present(
    random: np.random.Generator, popularity: Floats, nearest: Longs, distance: Floats, without: float
) -> Longs:
    """The present practice of people living at these homes; -1 for none."""
    count = len(nearest)
    liking = -0.5 * popularity[nearest] - distance + random.gumbel(size=nearest.shape)
    near = np.take_along_axis(nearest, liking.argmax(axis=1)[:, None], axis=1)[:, 0]
    moved = random.random(count) < 0.35
    present = np.where(moved, random.integers(0, len(popularity), count), near)
    return np.where(random.random(count) < without, -1, present)


def _listed(random: np.random.Generator, count: int, shape: Shape) -> npt.NDArray[np.bool_]:
    """Which wishes each request lists: the first few, as many as the shape says."""
    number = random.integers(shape.shortest, shape.longest + 1, count)
    listed: npt.NDArray[np.bool_] = np.arange(shape.longest)[None, :] < number[:, None]
    return listed


def _wish_order(
    random: np.random.Generator, popularity: Floats, nearest: Longs, distance: Floats, present: Longs
) -> Longs:
    """The practices each considers, most liked first, the present one left out; -1 where there is none."""
    utility = popularity[nearest] - distance + random.gumbel(size=nearest.shape)
    utility[nearest == present[:, None]] = -np.inf
    order = np.argsort(-utility, axis=1, kind="stable")
    best = np.take_along_axis(nearest, order, axis=1)
    return np.where(np.isneginf(np.take_along_axis(utility, order, axis=1)), -1, best)


def household_instance(n_requests: int, seed: int) -> Tables:
    """The base instance with a household of 1 to 8 people behind each request, all at one present practice.

    In one household of two or more in ten, one of them has no practice yet.
    """
    tables = base_instance(n_requests, seed)
    random = np.random.default_rng((seed, n_requests))
    size = random.choice(np.arange(1, len(HOUSEHOLD_SIZES) + 1), n_requests, p=HOUSEHOLD_SIZES)
    apart = (random.random(n_requests) < 0.1) & (size > 1)
    members = tables.members
    people = [(row, number) for row, count in enumerate(size.tolist()) for number in range(count)]
    return replace(
        tables,
        members=MemberTable(
            [f"{members.person[row]}-{number}" for row, number in people],
            [members.request[row] for row, _ in people],
            ["" if apart[row] and number == 0 else members.practice[row] for row, number in people],
            [True] * len(people),
        ),
    )
