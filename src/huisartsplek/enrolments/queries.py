# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading who is enrolled where."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from huisartsplek.enrolments.models import Enrolment

HELD_AT_LEAST = timedelta(days=90)  # policy: how long a place is held before it can be traded


def current_enrolments(person_ids: Iterable[UUID]) -> dict[UUID, Enrolment]:
    """Give the enrolment that each of these people has today; who has none is not in it."""
    rows = Enrolment.objects.filter(person_id__in=list(person_ids), ends_on__isnull=True)
    return {enrolment.person_id: enrolment for enrolment in rows}


def is_tradable(enrolment: Enrolment, *, on: date) -> bool:
    """Tell whether the place may be traded: the practice is confirmed, and held for the minimum time."""
    return enrolment.confirmed_at is not None and enrolment.starts_on + HELD_AT_LEAST <= on
