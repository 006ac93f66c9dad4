# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the tests of the log share: an owner who can do what nobody else may, to see it found out."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from django.db import connection, transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PERSON_READ
from huisartsplek.audit.services import record

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
JOBS = Actor.system("tests")
TABLES = ("audit_event", "audit_step", "audit_batch", "audit_seal", "audit_anchor")


def write_lines(count: int, person: UUID | None = None) -> None:
    """Put some lines in the log."""
    with transaction.atomic():
        for _ in range(count):
            record(PERSON_READ, actor=JOBS, at=NOON, person=person or uuid4(), view="tests.page")


@contextlib.contextmanager
def triggers_off() -> Iterator[None]:
    """Be an owner who first takes the triggers away."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def tamper(statement: str, *arguments: int | str | date) -> int:
    """Change the log behind its back and return how many rows that touched."""
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return int(cursor.rowcount)
