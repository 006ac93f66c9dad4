# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold after every test that uses the database; and what tests that really commit need."""

from collections.abc import Iterator

import pytest
from django.db import connection
from psycopg.pq import TransactionStatus
from pytest_django import DjangoDbBlocker
from tests.builders import AT

from huisartsplek.rounds.invariants import broken_invariants

USES_DATABASE = {"db", "transactional_db", "committed"}
JOB_TABLES = "procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"
LOG_TABLES = ("audit_event", "audit_step", "audit_batch", "audit_seal", "audit_anchor")


@pytest.fixture
def emptiable_log(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the log be emptied as a whole after a test that really commits; single rows stay as they are.

    The jobs that such tests leave behind go too: Django empties its own tables only.
    """

    def switch(word: str) -> None:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for table in LOG_TABLES:
                cursor.execute(f"ALTER TABLE {table} {word} TRIGGER {table}_whole")

    switch("DISABLE")
    yield
    switch("ENABLE")
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {JOB_TABLES} CASCADE")


@pytest.fixture
def committed(emptiable_log: None, transactional_db: None) -> None:
    """Work in transactions that commit, so that threads and other processes see each other's."""


@pytest.fixture(autouse=True)
def every_invariant_holds(request: pytest.FixtureRequest) -> Iterator[None]:
    """Look at everything once after each test that uses the database, before its rows go."""
    names = set(request.fixturenames)
    uses_database = bool(names & USES_DATABASE) or request.node.get_closest_marker("django_db") is not None
    if uses_database:
        # In this order: the log can be emptied only after the rows of a committing test are gone.
        for name in ("emptiable_log", "db"):
            if name == "db" or name in names:
                request.getfixturevalue(name)
    yield
    if not uses_database:
        return
    connection.ensure_connection()
    # A test that failed half-way leaves a transaction in which nothing can be looked at any more.
    if connection.connection.info.transaction_status != TransactionStatus.INERROR:
        broken = broken_invariants(at=AT)
        assert not broken, "; ".join(
            f"{one.invariant.name}: {one.invariant.says} ({one.rows} rows, {one.example})" for one in broken
        )
