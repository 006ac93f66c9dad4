# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who stands where in the queues of practices, worked out by the database for whole queues at once.

The national class of a household is what `Facts.priority_class` says; a test holds both against each other. What
somebody hears of it is a band within their own class, and never a number.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection

from huisartsplek.requests.facts import Facts, load_facts
from huisartsplek.requests.models import QueueMarks, Request, Wish
from huisartsplek.rules.bands import ENDS, Band, band_of
from huisartsplek.rules.lifecycles import RequestState
from huisartsplek.rules.queue import PriorityClass

AT_A_TIME = 25
MARKED_AT_ONCE = 500
STALE_AFTER = timedelta(hours=2)

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
_MARKS = f"""
    {_CLASSED}, ranked AS (
        SELECT w.practice_id, c.class, c.goes_first, c.since, c.id,
            row_number() OVER (
                PARTITION BY w.practice_id, c.class ORDER BY NOT c.goes_first, c.since, c.id) AS place,
            count(*) OVER (PARTITION BY w.practice_id, c.class) AS number
        FROM classed c JOIN requests_wish w ON w.request_id = c.id
        WHERE w.rests_rounds = 0 AND w.practice_id = ANY(%(practices)s)
    )
    SELECT practice_id, class, number, place, goes_first, since, id FROM ranked
    WHERE place = 1 OR place = ANY(%(ends)s)
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


def standings_in(facts: Facts, practice_ids: Collection[UUID], *, at: datetime) -> dict[UUID, Standing]:
    """Give where a household stands, or would stand, in the queues of these practices: as marked not long ago."""
    if not practice_ids:
        return {}
    cls, request = facts.priority_class(), facts.request
    own = (not request.goes_first, request.since, request.pk)
    marks = _marks_of(practice_ids, at)
    return {
        practice_id: Standing(
            cls,
            _band(marks[practice_id].ends[cls], own),
            None if cls is PriorityClass.PRACTICE_CLOSES else band_of(sum(marks[practice_id].numbers[:cls])),
        )
        for practice_id in practice_ids
    }


_Key = tuple[bool, datetime, UUID]


@dataclass(slots=True)
class _Marks:
    """Of one queue, by class: how many wait, and who stands at the end of each band that is full."""

    numbers: list[int]
    ends: list[list[_Key]]


def _band(ends: Sequence[_Key], own: _Key) -> Band:
    before = sum(end < own for end in ends)
    return band_of((0, *ENDS)[before] + 1)


def _no_marks() -> _Marks:
    return _Marks([0] * len(PriorityClass), [[] for _ in PriorityClass])


def _marks_of(practice_ids: Collection[UUID], at: datetime) -> dict[UUID, _Marks]:
    """Give the marks of these queues; what was not marked lately is counted now."""
    fresh = QueueMarks.objects.filter(practice__in=practice_ids, at__gt=at - STALE_AFTER, at__lte=at)
    marks = {row.practice_id: _from_json(row.marks) for row in fresh}
    missing = [practice_id for practice_id in practice_ids if practice_id not in marks]
    return {practice_id: _no_marks() for practice_id in missing} | marks | (_count(missing) if missing else {})


def _count(practice_ids: Sequence[UUID]) -> dict[UUID, _Marks]:
    marks: dict[UUID, _Marks] = defaultdict(_no_marks)
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, {"practices": list(practice_ids), "ends": list(ENDS)})
        for practice_id, cls, number, place, goes_first, since, request_id in cursor.fetchall():
            marks[practice_id].numbers[cls] = number
            if place in ENDS:
                marks[practice_id].ends[cls].append((not goes_first, since, request_id))
    for one in marks.values():
        for ends in one.ends:
            ends.sort()
    return dict(marks)


def mark_queues(*, at: datetime) -> int:
    """Mark the queues of all practices somebody waits for, so that pages need not count; returns how many."""
    waited_for = Wish.objects.filter(request__state=RequestState.WAITING, rests_rounds=0)
    practice_ids = sorted(set(waited_for.values_list("practice_id", flat=True)))
    for start in range(0, len(practice_ids), MARKED_AT_ONCE):
        portion = practice_ids[start : start + MARKED_AT_ONCE]
        rows = [
            QueueMarks(practice_id=practice_id, at=at, marks=_to_json(marks))
            for practice_id, marks in _count(portion).items()
        ]
        QueueMarks.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["practice"], update_fields=["at", "marks"]
        )
    return len(practice_ids)


def _to_json(marks: _Marks) -> dict[str, list[Any]]:
    ends = [
        [[later, since.isoformat(), request_id.hex] for later, since, request_id in keys] for keys in marks.ends
    ]
    return {"numbers": marks.numbers, "ends": ends}


def _from_json(stored: Mapping[str, list[Any]]) -> _Marks:
    ends = [
        [(later, datetime.fromisoformat(since), UUID(request_id)) for later, since, request_id in keys]
        for keys in stored["ends"]
    ]
    return _Marks(stored["numbers"], ends)
