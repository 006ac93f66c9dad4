# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""People who ask together: most alone, one in seven as a household of two to six."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from huisartsplek.simulator.geography import Floats, Integers
from huisartsplek.simulator.world_model import days_before

SIZE_SHARES = (0.85, 0.06, 0.038, 0.036, 0.012, 0.004)  # of one person, two, …
COUPLE_SHARE = 0.6  # of households of two; the others are a parent and a child
TWO_PARENTS_SHARE = 0.85
ABOUT_TO_COME_OF_AGE = 0.012
NEWBORN_SHARE = 0.08  # of families with children
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Households:
    """Households as columns; the members of household i are [start[i], start[i+1]), adults first."""

    start: Integers
    owner: Integers
    birth_date: NDArray[np.datetime64]
    keeps_name: NDArray[np.bool_]
    """Whether the member bears a family name of their own: partners often do, children do not."""
    may_ask_since: NDArray[np.datetime64]
    """The first day on which each household may have asked: all are born, and who asks alone is sixteen."""


def draw_households(rng: np.random.Generator, count: int, on: date) -> Households:
    """Draw so many households as they are on a day."""
    size = 1 + rng.choice(len(SIZE_SHARES), size=count, p=SIZE_SHARES)
    start = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(size, out=start[1:])
    owner = np.repeat(np.arange(count), size)
    position = np.arange(len(owner)) - start[owner]

    is_couple = (size == 2) & (rng.random(count) < COUPLE_SHARE)
    parents = np.where(rng.random(count) < TWO_PARENTS_SHARE, 2, 1)
    adults = np.where(is_couple, 2, np.where(size == 2, 1, np.minimum(parents, size)))
    is_child = position >= adults[owner]

    # The eldest child first, so that a parent is old enough for all; then years apart.
    children = np.maximum(size - adults, 1)
    eldest = rng.uniform(1.3 * children, 15.8)
    apart = (eldest / children * rng.uniform(0.85, 1.0, count))[owner]
    child_age = eldest[owner] - apart * np.maximum(position - adults[owner], 0)
    has_newborn = (adults < size) & (rng.random(count) < NEWBORN_SHARE)
    is_last = position == size[owner] - 1
    child_age = np.where(has_newborn[owner] & is_last, rng.uniform(0.01, 0.24, len(owner)), child_age)

    alone = _ages_alone(rng, count)
    with_children = eldest + rng.uniform(22, 36, count)
    adult_age = np.where(size == 1, alone, np.where(is_couple, rng.uniform(20, 82, count), with_children))
    partner = np.where(position == 1, rng.uniform(-1.5, 3.5, len(owner)), 0.0)
    age = np.where(
        is_child, child_age, np.maximum(adult_age[owner] + partner, np.where(size[owner] == 1, 16, 18.5))
    )
    birth_date = days_before(on, np.floor(age * DAYS_A_YEAR).astype(np.int64))
    sixteen = np.timedelta64(int(16 * DAYS_A_YEAR) + 1, "D")
    return Households(
        start=start,
        owner=owner,
        birth_date=birth_date,
        may_ask_since=np.maximum.reduceat(birth_date, start[:-1])
        + np.where(size == 1, sixteen, np.timedelta64(0, "D")),
        keeps_name=(position == 0) | (~is_child & (rng.random(len(owner)) < 0.6)),
    )


def _ages_alone(rng: np.random.Generator, count: int) -> Floats:
    """Ages of people who ask alone: many young adults who moved, a few about to come of age."""
    ages = rng.triangular(18.1, 27, 94, count)
    answer: Floats = np.where(rng.random(count) < ABOUT_TO_COME_OF_AGE, rng.uniform(16.1, 17.95, count), ages)
    return answer
