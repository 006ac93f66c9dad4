# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sealing: committed lines are chained per month, in batches, each line once.

Lines are inserted unchained, so that no two transactions wait for each other. A line that commits late,
behind lines with higher numbers, is found by a pass over everything and takes its place at the chain's end.
"""

from datetime import date, datetime, timedelta
from itertools import groupby

from django.db import connection, transaction

from huisartsplek.audit.chain import anchor_hash, link, start_of
from huisartsplek.audit.models import AuditAnchor, AuditBatch, AuditEvent, AuditSeal

LINES_AT_ONCE = 5000
ANCHOR_AFTER = timedelta(days=1)  # no transaction stays open so long after its month
_SEALING_LOCK = 7_513_001


def seal(*, at: datetime, since: datetime | None) -> int:
    """Chain the next batch of unsealed lines and return how many; nothing while another worker seals.

    Looks only at lines recorded after `since`, or at all of them.
    """
    with transaction.atomic():
        if not _lock():
            return 0
        events = _unsealed(since)
        for month, group in groupby(events, key=lambda event: event.month):
            _seal_month(month, list(group), at)
        return len(events)


def seal_all(*, at: datetime, since: datetime | None = None) -> int:
    """Seal batch after batch until no unsealed line is left, and return how many were sealed."""
    total = 0
    while sealed := seal(at=at, since=since):
        total += sealed
    return total


def anchor_past_months(*, at: datetime) -> int:
    """Keep the last hash of each month that is over, also again when a late line was added to it."""
    with transaction.atomic():
        if not _lock():
            return 0
        made = 0
        last = AuditAnchor.objects.order_by("-id").first()
        previous = bytes(last.hash) if last else b""
        this_month = (at - ANCHOR_AFTER).date().replace(day=1)
        batches = AuditBatch.objects.filter(month__lt=this_month).order_by("month", "-number").distinct("month")
        for batch in batches:
            if AuditAnchor.objects.filter(month=batch.month, events=batch.events).exists():
                continue
            head = bytes(batch.head)
            previous = anchor_hash(previous, batch.month, batch.events, head)
            AuditAnchor.objects.create(month=batch.month, events=batch.events, head=head, hash=previous, made_at=at)
            made += 1
        return made


def _lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALING_LOCK])
        (locked,) = cursor.fetchone()
        return bool(locked)


def _unsealed(since: datetime | None) -> list[AuditEvent]:
    lines = AuditEvent.objects.raw(
        "SELECT e.* FROM audit_event e WHERE (%s::timestamptz IS NULL OR e.recorded_at > %s)"
        " AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.event_id = e.id)"
        " ORDER BY e.month, e.id LIMIT %s",
        [since, since, LINES_AT_ONCE],
    )
    return list(lines)


def _seal_month(month: date, events: list[AuditEvent], at: datetime) -> None:
    last = AuditBatch.objects.filter(month=month).order_by("-number").first()
    head = bytes(last.head) if last else start_of(month)
    count = last.events if last else 0
    seals = []
    for position, event in enumerate(events, start=count + 1):
        head = link(head, event)
        seals.append(AuditSeal(event_id=event.pk, month=month, position=position, hash=head))
    AuditSeal.objects.bulk_create(seals, batch_size=1000)
    AuditBatch.objects.create(
        month=month,
        number=last.number + 1 if last else 1,
        events=count + len(events),
        head=head,
        sealed_at=at,
    )
