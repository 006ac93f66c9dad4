# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds in a world the people whose story the demo tells. What becomes of them is for the round to compute."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from huisartsplek.rules.dates import age_on
from huisartsplek.simulator.distances import km_between
from huisartsplek.simulator.world_model import NOBODY, World, WorldPerson, WorldRequest

FAR_KM = 90.0
NEWBORN_DAYS = 90
YOUNG_CHILD = 12
WISHES_WORTH_TELLING = 3

MOVED_AWAY = "moved_away"
FAMILY_OF_FOUR = "family_of_four"
SEVENTEEN = "seventeen"
WITHOUT_GP = "without_gp"
NEWBORN = "newborn"

Fits = Callable[[World, WorldRequest, tuple[WorldPerson, ...]], bool]


def stories(world: World, *, among: Iterable[int] | None = None) -> dict[str, int]:
    """The request of each story: the first that fits, no request twice; `among` narrows the choice."""
    chosen: dict[str, int] = {}
    for name, numbers in candidates(world, among=among).items():
        free = [number for number in numbers if number not in chosen.values()]
        if not free:
            raise LookupError(f"nobody in this world fits the story {name}")
        chosen[name] = free[0]
    return chosen


def candidates(world: World, *, among: Iterable[int] | None = None) -> dict[str, list[int]]:
    """For each story every request that fits it, in order of number."""
    numbers = range(len(world.requests)) if among is None else sorted(set(among))
    fitting: dict[str, list[int]] = {name: [] for name in STORIES}
    for number in numbers:
        request = world.requests.request(number)
        if len(request.wishes) < WISHES_WORTH_TELLING:
            continue
        members = tuple(world.requests.person(member) for member in request.members)
        for name, fits in STORIES.items():
            if fits(world, request, members):
                fitting[name].append(number)
    return fitting


def is_stuck_far_away(world: World, request: WorldRequest, members: tuple[WorldPerson, ...]) -> bool:
    """One adult whose practice is far from home, and a place to trade."""
    if len(members) != 1 or members[0].practice == NOBODY or not _is_adult(members[0], world.on):
        return False
    wished = world.practices[request.wishes[0]]
    return km_between(wished, world.practices[members[0].practice]) >= FAR_KM and members[0].is_confirmed


def is_family_of_four(world: World, request: WorldRequest, members: tuple[WorldPerson, ...]) -> bool:
    """Two adults and two children under twelve, all at one practice."""
    del request
    adults = [one for one in members if _is_adult(one, world.on)]
    young = [one for one in members if age_on(one.birth_date, world.on) < YOUNG_CHILD]
    together = len({one.practice for one in members}) == 1 and members[0].practice != NOBODY
    return len(members) == 4 and len(adults) == 2 and len(young) == 2 and together


def is_seventeen(world: World, request: WorldRequest, members: tuple[WorldPerson, ...]) -> bool:
    """Somebody of seventeen who asks alone, as one may from sixteen."""
    del request
    return len(members) == 1 and age_on(members[0].birth_date, world.on) == 17


def is_without_gp(world: World, request: WorldRequest, members: tuple[WorldPerson, ...]) -> bool:
    """One adult without any practice."""
    del request
    return len(members) == 1 and members[0].practice == NOBODY and _is_adult(members[0], world.on)


def has_newborn(world: World, request: WorldRequest, members: tuple[WorldPerson, ...]) -> bool:
    """Two parents at one practice, and a newborn who has none yet."""
    del request
    newborn = [one for one in members if (world.on - one.birth_date).days <= NEWBORN_DAYS]
    parents = [one for one in members if _is_adult(one, world.on)]
    if len(newborn) != 1 or len(parents) != 2 or len(members) != 3:
        return False
    practices = {one.practice for one in parents}
    return newborn[0].practice == NOBODY and len(practices) == 1 and NOBODY not in practices


STORIES: Mapping[str, Fits] = {
    MOVED_AWAY: is_stuck_far_away,
    FAMILY_OF_FOUR: is_family_of_four,
    SEVENTEEN: is_seventeen,
    WITHOUT_GP: is_without_gp,
    NEWBORN: has_newborn,
}


def _is_adult(person: WorldPerson, on: date) -> bool:
    return age_on(person.birth_date, on) >= 18
