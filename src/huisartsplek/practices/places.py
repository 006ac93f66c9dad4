# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Change a practice's places: the counters and the ledger behind them, always together, under the lock."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Sum

from huisartsplek.practices.jobs import serve_queue_after_commit
from huisartsplek.practices.models import PlaceEntry, Places
from huisartsplek.rules.refusals import Refusal, RefusalCode


def change_places(
    places: Places,
    kind: PlaceEntry.Kind,
    *,
    free: int = 0,
    held: int = 0,
    people: int = 0,
    reference: UUID | None,
    at: datetime,
    by: UUID | None = None,
) -> None:
    """Apply one net change to locked `places`. The database refuses what would go below zero.

    `free` and `held` are differences; `people` counts who was granted a place by it (negative: given back).
    """
    if places.free + free < 0:
        raise Refusal(RefusalCode.NO_PLACES, practice=str(places.practice_id))
    Places.objects.filter(pk=places.pk).update(
        free=F("free") + free, held=F("held") + held, version=F("version") + 1
    )
    places.free += free
    places.held += held
    places.version += 1
    PlaceEntry.objects.create(
        practice_id=places.practice_id,
        kind=kind,
        free_change=free,
        held_change=held,
        people=people,
        reference=reference,
        at=at,
        by=by,
    )
    if free > 0:
        serve_queue_after_commit(places.practice_id)


def granted_since(practice_id: UUID, since: datetime) -> int:
    """How many people were granted a place after `since`, less those of them who gave it back.

    A place given back that was granted before `since` counts for nothing: it makes room for no more than the rule.
    """
    entries = PlaceEntry.objects.filter(practice_id=practice_id, at__gt=since)
    net = entries.values("reference").annotate(people_of_reference=Sum("people"))
    return sum(max(0, people) for people in net.values_list("people_of_reference", flat=True))


def left_this_week(practice_id: UUID, weekly: int | None, *, at: datetime) -> int | None:
    """How many people the practice still takes in the seven days up to `at`; None: it set no weekly number."""
    if weekly is None:
        return None
    return max(0, weekly - granted_since(practice_id, at - timedelta(days=7)))
