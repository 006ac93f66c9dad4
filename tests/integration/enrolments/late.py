# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bring a registration that a practice does not make to where its term is over."""

from typing import Any

from tests.builders import AT, SYSTEM, a_person, a_request, days_after

from huisartsplek.enrolments.deadlines import pass_on
from huisartsplek.enrolments.models import Move
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.moves import carry_out
from huisartsplek.requests.services import admit_at_once

OVERDUE_AT = days_after(28.1)
WITH_COORDINATOR_AT = days_after(42.2)


def overdue(here: Practice | None, wanted: Practice, **more: Any) -> tuple[Person, Move]:
    """Make somebody whom the new practice should have recorded two weeks ago."""
    person = a_person(enrolled_at=here, **more)
    request = a_request(person, wishes=[wanted])
    (move,) = admit_at_once(SYSTEM, request.pk, wanted.pk, at=AT)
    carry_out(SYSTEM, request.pk, at=days_after(14))
    pass_on(SYSTEM, at=OVERDUE_AT)
    move.refresh_from_db()
    assert move.state == "overdue"
    return person, move


def with_the_coordinator(here: Practice | None, wanted: Practice, **more: Any) -> tuple[Person, Move]:
    """Make somebody of whom the coordinator must decide."""
    person, move = overdue(here, wanted, **more)
    pass_on(SYSTEM, at=WITH_COORDINATOR_AT)
    move.refresh_from_db()
    assert move.state == "with_coordinator"
    return person, move
