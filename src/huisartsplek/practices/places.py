# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Change a practice's places: the counters and the ledger behind them, always together, under the lock."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Sum

from huisartsplek.practices.jobs import serve_queue_after_commit
from huisartsplek.practices.locks import lock_places
from huisartsplek.practices.models import PlaceEntry, Places
from huisartsplek.rules.refusals import Refusal, RefusalCode

WEEK = timedelta(days=7)


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
    """How many people a practice granted a place after `since`, less those of them who gave it back."""
    return granted_by_each([practice_id], since)[practice_id]


def granted_by_each(practice_ids: Collection[UUID], since: datetime) -> Counter[UUID]:
    """Count that for each of these practices.

    A place given back that was granted before `since` counts for nothing: it makes room for no more than the rule.
    """
    entries = PlaceEntry.objects.filter(practice_id__in=practice_ids, at__gt=since)
    net = entries.values("practice_id", "reference").annotate(people_of_reference=Sum("people"))
    granted: Counter[UUID] = Counter()
    for practice_id, people in net.values_list("practice_id", "people_of_reference"):
        granted[practice_id] += max(0, people)
    return granted


def left_over_from_rounds(practice_id: UUID) -> int:
    """How many places a round left over, since the practice last said its number, that nobody was given yet."""
    entries = PlaceEntry.objects.filter(practice_id=practice_id).order_by("-pk")
    last_set = entries.filter(kind=PlaceEntry.Kind.SET).values_list("pk", flat=True).first() or 0
    first = entries.filter(kind=PlaceEntry.Kind.RELEASE, pk__gt=last_set).values_list("pk", flat=True).last()
    if first is None:
        return 0
    since = entries.filter(pk__gte=first)
    released = since.filter(kind=PlaceEntry.Kind.RELEASE).aggregate(n=Sum("free_change"))["n"]
    net = since.aggregate(n=Sum("free_change"))["n"]
    return max(0, min(int(released or 0), int(net or 0)))


def return_places(
    practice_id: UUID, number: int, *, reference: UUID | None, at: datetime, by: UUID | None = None
) -> None:
    """Give back places that were granted from what was free, and are not needed after all."""
    change_places(
        lock_places([practice_id])[practice_id],
        PlaceEntry.Kind.RETURN,
        free=number,
        people=-number,
        reference=reference,
        at=at,
        by=by,
    )


def left_this_week(practice_id: UUID, weekly: int | None, *, at: datetime) -> int | None:
    """How many people the practice still takes in the seven days up to `at`; None: it set no weekly number."""
    if weekly is None:
        return None
    return max(0, weekly - granted_since(practice_id, at - WEEK))
