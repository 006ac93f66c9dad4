# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lock the places of practices: after people, in key order. Nothing about places is decided without this lock."""

from collections.abc import Iterable
from uuid import UUID

from huisartsplek.audit.transactions import require_locking_transaction
from huisartsplek.practices.models import Places


def lock_places(practice_ids: Iterable[UUID]) -> dict[UUID, Places]:
    """Lock the places of these practices until the transaction ends and return them by practice id."""
    require_locking_transaction()
    rows = Places.objects.select_for_update(no_key=True).filter(pk__in=set(practice_ids)).order_by("pk")
    return {places.practice_id: places for places in rows}
