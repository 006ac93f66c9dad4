# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading who is enrolled where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from huisartsplek.enrolments.models import Confirmation, Enrolment
from huisartsplek.practices.models import Practice
from huisartsplek.rules.lifecycles import ConfirmationState

HELD_AT_LEAST = timedelta(days=90)  # policy: how long a place is held before it can be traded


def current_enrolments(person_ids: Iterable[UUID]) -> dict[UUID, Enrolment]:
    """Give the enrolment that each of these people has today; who has none is not in it."""
    rows = Enrolment.objects.filter(person_id__in=list(person_ids), ends_on__isnull=True)
    return {enrolment.person_id: enrolment for enrolment in rows}


def is_tradable(enrolment: Enrolment, *, on: date) -> bool:
    """Tell whether the place may be traded: the practice is confirmed, and held for the minimum time."""
    return enrolment.confirmed_at is not None and enrolment.starts_on + HELD_AT_LEAST <= on


@dataclass(frozen=True, slots=True)
class PresentPlace:
    """Where somebody is enrolled today, and what that place is worth in a swap."""

    enrolment: Enrolment
    practice: Practice
    is_confirmed: bool
    is_denied: bool  # the practice says that the person is not theirs
    is_tradable: bool


def present_places(person_ids: Iterable[UUID], *, on: date) -> dict[UUID, PresentPlace]:
    """Give where each of these people is enrolled today; the caller has recorded that they are read."""
    rows = Enrolment.objects.filter(person_id__in=list(person_ids), ends_on__isnull=True)
    denied = set(
        Confirmation.objects.filter(
            enrolment__person_id__in=list(person_ids), state=ConfirmationState.DENIED
        ).values_list("enrolment_id", flat=True)
    )
    return {
        enrolment.person_id: PresentPlace(
            enrolment=enrolment,
            practice=enrolment.practice,
            is_confirmed=enrolment.confirmed_at is not None,
            is_denied=enrolment.pk in denied,
            is_tradable=is_tradable(enrolment, on=on),
        )
        for enrolment in rows.select_related("practice")
    }
