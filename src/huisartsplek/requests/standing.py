# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who stands where in the queues of practices, worked out by the database for whole queues at once.

The national class of a household is what `Facts.priority_class` says; a test holds both against each other. What
somebody hears of it is a band within their own class, and never a number.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import connection

from huisartsplek.requests.facts import Facts, load_facts
from huisartsplek.requests.models import Request
from huisartsplek.rules.bands import Band, band_of
from huisartsplek.rules.queue import PriorityClass

AT_A_TIME = 25

# The requests that wait with a wish for one of some practices, each with its class. Age as `age_on` counts it: who
# was born on 29 February turns one on 1 March.
_CLASSED = """
    WITH waiting AS (
        SELECT r.id, r.since, r.goes_first, r.kept_class, r.household_id,
            (r.since AT TIME ZONE 'Europe/Amsterdam')::date AS since_day
        FROM requests_request r WHERE r.state = 'waiting' AND EXISTS (
            SELECT 1 FROM requests_wish w
            WHERE w.request_id = r.id AND w.rests_rounds = 0 AND w.practice_id = ANY(%(practices)s))
    ), standings AS (
        SELECT t.id,
            bool_or(e.id IS NOT NULL AND d.id IS NULL AND p.closes_on IS NOT NULL) AS closes,
            bool_or(e.id IS NOT NULL AND d.id IS NULL) AS has_practice,
            bool_and(t.since_day < (n.birth_date + interval '1 year')::date
                + (to_char(n.birth_date, 'MMDD') = '0229')::int) AS are_newborn
        FROM waiting t JOIN requests_requestmember m ON m.request_id = t.id
        JOIN people_person n ON n.id = m.person_id
        LEFT JOIN enrolments_enrolment e ON e.person_id = n.id AND e.ends_on IS NULL
        LEFT JOIN enrolments_confirmation d ON d.enrolment_id = e.id AND d.state = 'denied'
        LEFT JOIN practices_practice p ON p.id = e.practice_id
        GROUP BY t.id
    ), classed AS (
        SELECT t.*, least(coalesce(t.kept_class, 2), CASE
            WHEN s.closes THEN 0
            WHEN s.has_practice THEN 2
            WHEN s.are_newborn AND EXISTS (
                SELECT 1 FROM people_person h JOIN enrolments_enrolment e ON e.person_id = h.id
                WHERE h.household_id = t.household_id AND e.ends_on IS NULL AND e.confirmed_at IS NOT NULL) THEN 2
            ELSE 1 END) AS class
        FROM waiting t JOIN standings s ON s.id = t.id
    )
"""
_IN_ORDER = f"{_CLASSED} SELECT id FROM classed ORDER BY class, NOT goes_first, since, id"  # noqa: S608  from above
_BEFORE = f"""
    {_CLASSED}
    SELECT w.practice_id,
        count(*) FILTER (WHERE c.class < %(class)s),
        count(*) FILTER (WHERE c.class = %(class)s
            AND (NOT c.goes_first, c.since, c.id) < (%(later)s, %(since)s, %(id)s))
    FROM classed c JOIN requests_wish w ON w.request_id = c.id
    WHERE w.practice_id = ANY(%(practices)s) AND w.rests_rounds = 0 AND c.id <> %(id)s
    GROUP BY w.practice_id
"""  # noqa: S608  from above


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a household stands in one queue: its band in its own class, and how many of classes before it wait."""

    own_class: PriorityClass
    own: Band
    before_class: Band | None  # nobody can be before the first class

    @property
    def weight(self) -> tuple[int, int]:
        """A key by which queues may be compared: less to wait for comes first."""
        before = self.before_class.first if self.before_class else 0
        return before + self.own.first, self.own.first


def request_ids_in_turn(practice_id: UUID) -> list[UUID]:
    """Give who waits with a wish for this practice, first in turn first; a wish that rests waits not."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_ORDER, {"practices": [practice_id]})
        return [row[0] for row in cursor.fetchall()]


def in_turn(practice_id: UUID) -> Iterator[Facts]:
    """Give their facts, in the same order; loaded as far as they are asked for."""
    ids = iter(request_ids_in_turn(practice_id))
    while portion := list(islice(ids, AT_A_TIME)):
        found = load_facts(Request.objects.filter(pk__in=portion))
        yield from (found[pk] for pk in portion if pk in found)


def standings_in(facts: Facts, practice_ids: Collection[UUID]) -> dict[UUID, Standing]:
    """Give where a household stands, or would stand, in the queues of these practices. One query."""
    if not practice_ids:
        return {}
    own_class, request = facts.priority_class(), facts.request
    asked: dict[str, list[UUID] | int | datetime | UUID] = {
        "practices": list(practice_ids),
        "class": int(own_class),
        "later": not request.goes_first,
        "since": request.since,
        "id": request.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, asked)
        before = {practice_id: (of_others, of_own) for practice_id, of_others, of_own in cursor.fetchall()}
    return {practice_id: _standing(own_class, *before.get(practice_id, (0, 0))) for practice_id in practice_ids}


def _standing(own_class: PriorityClass, of_others: int, of_own: int) -> Standing:
    is_first = own_class is PriorityClass.PRACTICE_CLOSES
    return Standing(own_class, band_of(of_own + 1), None if is_first else band_of(of_others))
