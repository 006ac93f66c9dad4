# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Put the demo world in an empty database, once, and say who can log in."""

from collections.abc import Callable, Iterator

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.demo.load_history import load_history
from huisartsplek.demo.load_people import load_requests
from huisartsplek.demo.load_practices import load_practices
from huisartsplek.demo.models import DemoWorld
from huisartsplek.demo.people import choose_people, ensure_staff, login_lines
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.requests.standing import mark_queues
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.simulator.gazetteer import Gazetteer
from huisartsplek.simulator.world import build_world
from huisartsplek.simulator.world_history import draw_history

SEED = 2026
LOADER = Actor.system("demo")

Progress = Callable[[str], None]


def ensure_world(progress: Progress, *, practices: int = 4900, requests: int = 20_000) -> Iterator[str]:
    """Make the demo world unless it is there; afterwards give the lines that say who can log in where."""
    at = current_moment()
    if not DemoWorld.objects.exists():
        with transaction.atomic():
            _load(progress, practices, requests)
    ensure_staff(LOADER, at=at)
    return login_lines()


def _load(progress: Progress, practices: int, requests: int) -> None:
    at = current_moment()
    on = day_in_amsterdam(at)
    progress(f"Drawing a synthetic country: {practices} practices, one region with {requests} requests")
    gazetteer = Gazetteer.bundled()
    world = build_world(SEED, gazetteer=gazetteer, practices=practices, deep_region_requests=requests, on=on)
    progress("Writing regions, practices, intake policies and places")
    places = load_practices(world, at=at)
    progress("Writing people, households and present practices")
    people = load_requests(LOADER, world, gazetteer, places, progress=progress, at=at)
    progress("Writing who got a place in the year before")
    load_history(LOADER, draw_history(world), places, at=at)
    mark_queues(at=at)
    progress("Choosing the people one can log in as")
    choose_people(LOADER, world, people, places, at=at)
    DemoWorld.objects.create(seed=SEED, made_at=at)
