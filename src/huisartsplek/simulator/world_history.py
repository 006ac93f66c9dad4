# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The year before in the deep region: who got a place where, and how long they had waited.

Places come free as people leave, so more of them at a large practice; the wait is long where many wish for a
practice of that size. Nothing is written down beforehand: how much history a practice has follows from the world.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from huisartsplek.rules.dates import switch_on
from huisartsplek.simulator.geography import Integers
from huisartsplek.simulator.world_model import World, WorldPractice, stream
from huisartsplek.simulator.world_names import family_names, given_names
from huisartsplek.simulator.world_requests import DAYS_OF_WAITING

PLACED_A_YEAR = 0.0055  # of a practice's list, by its queue or a round
FINISHED_DAYS = 45  # so long ago at least: moved, and recorded by the new practice
MEAN_WAIT_DAYS = 240
PRESSURE = (0.3, 2.4)
ADULT_YEARS = (19, 88)


@dataclass(frozen=True, slots=True)
class PastPlacement:
    """Somebody who waited for a practice, and has been its patient since."""

    practice: int
    given_name: str
    family_name: str
    birth_date: date
    since: datetime
    sure_at: datetime
    by_round: bool

    @property
    def switched_on(self) -> date:
        """The day they went."""
        return switch_on(self.sure_at)


def draw_history(world: World) -> list[PastPlacement]:
    """Draw who got a place in the deep region in the year before the world's day, by practice."""
    rng = stream(world.seed, "history")
    wished = np.bincount(world.requests.wish_practice, minlength=len(world.practices))
    there = [one for one in world.practices if one.region == world.deep_region and _took_people(one, world.on)]
    size = np.array([one.list_size for one in there], dtype=np.float64)
    pressure = wished[[one.number for one in there]] / size
    mean_wait = MEAN_WAIT_DAYS * np.clip(pressure / max(pressure.mean(), 1e-9), *PRESSURE)
    placed = rng.poisson(size * PLACED_A_YEAR)
    owner: Integers = np.repeat(np.arange(len(there)), placed)
    count = len(owner)
    waited = np.clip(rng.gamma(3.0, mean_wait[owner] / 3.0), 1, DAYS_OF_WAITING)
    ago = rng.uniform(FINISHED_DAYS, 364, count)
    years = rng.integers(*ADULT_YEARS, count)
    birth_date = np.datetime64(world.on, "D") - (years * 365 + rng.integers(0, 365, count)).astype("timedelta64[D]")
    by_round = rng.random(count) < 0.3
    names, is_other = family_names(rng, count)
    given = given_names(rng, birth_date, is_other, np.arange(count))
    noon = datetime(world.on.year, world.on.month, world.on.day, 12, tzinfo=UTC)
    return [
        PastPlacement(
            practice=there[owner[each]].number,
            given_name=given[each],
            family_name=names[each],
            birth_date=birth_date[each].item(),
            since=noon - timedelta(days=float(ago[each] + waited[each])),
            sure_at=noon - timedelta(days=float(ago[each])),
            by_round=bool(by_round[each]),
        )
        for each in range(count)
    ]


def _took_people(practice: WorldPractice, on: date) -> bool:
    """Whether a practice let people wait or swap before today."""
    rule = practice.policy
    return rule is not None and rule.valid_from < on and (rule.waiting_list or rule.swaps)
