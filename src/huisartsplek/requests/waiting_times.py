# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long people waited for a place at a practice: from our own history, and only where there is enough of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor
from uuid import UUID

from django.db import connection

ENOUGH = 30  # households that got a place there by the queue or in a round, in a year
YEAR = timedelta(days=365)
_DAYS_A_MONTH = 30.44

_WAITED = """
    SELECT practice_id, percentile_cont(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY days)
    FROM (
        SELECT m.to_practice_id AS practice_id,
            extract(epoch FROM min(m.sure_at) - r.since) / 86400 AS days
        FROM enrolments_move m JOIN requests_request r ON r.id = m.request_id
        WHERE m.to_practice_id = ANY(%(practices)s) AND m.way IN ('queue', 'round')
            AND m.state NOT IN ('cancelled', 'returned') AND m.sure_at > %(from)s AND m.sure_at <= %(at)s
        GROUP BY m.to_practice_id, r.id, r.since
    ) placed
    GROUP BY practice_id HAVING count(*) >= %(enough)s
"""


@dataclass(frozen=True, slots=True)
class WaitedMonths:
    """Half of those who got a place waited so many whole months, a quarter less and a quarter more."""

    least: int
    most: int


def waiting_times(practice_ids: Collection[UUID], *, at: datetime) -> dict[UUID, WaitedMonths]:
    """Give for each of these practices how long people waited there, in the year before; too few: not in it."""
    if not practice_ids:
        return {}
    asked: dict[str, list[UUID] | datetime | int] = {
        "practices": list(practice_ids),
        "from": at - YEAR,
        "at": at,
        "enough": ENOUGH,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WAITED, asked)
        return {practice_id: _in_months(*days) for practice_id, days in cursor.fetchall()}


def _in_months(quarter: float, three_quarters: float) -> WaitedMonths:
    least = floor(quarter / _DAYS_A_MONTH)
    return WaitedMonths(least, max(least + 1, ceil(three_quarters / _DAYS_A_MONTH)))
