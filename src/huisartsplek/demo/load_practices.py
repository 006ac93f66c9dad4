# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Write the regions and practices of a synthetic world, each with its signed policy and its places."""

from datetime import datetime
from uuid import UUID

from huisartsplek.practices.models import Insurer, PlaceEntry, Places, PolicyVersion, Practice, Region
from huisartsplek.rules.intake import to_json
from huisartsplek.simulator.world_model import World, WorldPractice

INSURERS = (("0901", "Zorgverzekeraar De Molen"), ("0902", "Onderling Verzekerd"), ("0903", "Waterland Zorg"))
_ROWS_AT_ONCE = 1000


def load_practices(world: World, *, at: datetime) -> list[Practice]:
    """Write them all; the practice with number i in the world is the i-th of the answer."""
    regions = Region.objects.bulk_create(
        [
            Region(slug=one.slug, name=one.name, postcode_ranges=[list(pair) for pair in one.postcode_ranges])
            for one in world.regions
        ]
    )
    Insurer.objects.bulk_create([Insurer(uzovi=uzovi, name=name) for uzovi, name in INSURERS])
    ids = [region.pk for region in regions]
    practices = Practice.objects.bulk_create(
        [_practice(one, ids[one.region]) for one in world.practices], batch_size=_ROWS_AT_ONCE
    )
    PolicyVersion.objects.bulk_create(
        [
            PolicyVersion(practice=practice, policy=to_json(one.policy), signed_at=at)
            for one, practice in zip(world.practices, practices, strict=True)
            if one.policy is not None
        ],
        batch_size=_ROWS_AT_ONCE,
    )
    Places.objects.bulk_create(
        [
            Places(practice=practice, free=one.places, confirmed_on=one.confirmed_on)
            for one, practice in zip(world.practices, practices, strict=True)
        ],
        batch_size=_ROWS_AT_ONCE,
    )
    PlaceEntry.objects.bulk_create(
        [
            PlaceEntry(practice=practice, kind=PlaceEntry.Kind.SET, free_change=one.places, at=at)
            for one, practice in zip(world.practices, practices, strict=True)
        ],
        batch_size=_ROWS_AT_ONCE,
    )
    return practices


def _practice(one: WorldPractice, region_id: UUID) -> Practice:
    return Practice(
        slug=one.slug,
        agb=one.agb.digits,
        name=one.name,
        region_id=region_id,
        street=one.street,
        house_number=str(one.house_number),
        postcode=f"{one.postcode.pc4}{one.postcode.letters}",
        place=one.place,
        longitude=one.lon,
        latitude=one.lat,
        phone=one.phone,
        size=one.size,
        languages=list(one.languages),
        is_step_free=one.is_step_free,
        has_evening_hours=one.has_evening_hours,
        has_female_gp=one.has_female_gp,
        # Who works alone is a woman or a man; of two or more, most often both.
        has_male_gp=one.size != "solo" or not one.has_female_gp,
        closes_on=one.closes_on,
    )
