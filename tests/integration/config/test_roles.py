# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The application's role can do its work and nothing beyond it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from huisartsplek.config.database.roles import grant_application_role

As = Callable[[], AbstractContextManager[None]]


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def two_tables(db: None) -> None:
    """An audit table and an ordinary one, as a migration would leave them."""
    run("CREATE TABLE audit_sample (id bigint GENERATED ALWAYS AS IDENTITY, note text)")
    run("CREATE TABLE ordinary_sample (id bigserial, note text)")
    grant_application_role(connection, "hp_app")


@pytest.mark.usefixtures("two_tables")
def test_the_application_reads_and_writes_ordinary_rows(as_application: As) -> None:
    with as_application():
        run("INSERT INTO ordinary_sample (note) VALUES ('a')")
        run("UPDATE ordinary_sample SET note = 'b'")
        run("DELETE FROM ordinary_sample")


@pytest.mark.usefixtures("two_tables")
def test_the_application_adds_to_the_audit_and_reads_it(as_application: As) -> None:
    with as_application():
        run("INSERT INTO audit_sample (note) VALUES ('a')")
        run("SELECT * FROM audit_sample")


@pytest.mark.usefixtures("two_tables")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_sample SET note = 'changed'",
        "DELETE FROM audit_sample",
        "TRUNCATE audit_sample",
        "TRUNCATE ordinary_sample",
        "ALTER TABLE ordinary_sample ADD COLUMN more text",
        "DROP TABLE ordinary_sample",
        "CREATE TABLE of_its_own (id int)",
        "CREATE TEMP TABLE of_its_own (id int)",
        "CREATE SCHEMA of_its_own",
        "GRANT hp_owner TO hp_app",
        "ALTER TABLE audit_sample OWNER TO hp_app",
    ],
)
def test_the_application_is_refused(as_application: As, statement: str) -> None:
    with as_application(), pytest.raises(ProgrammingError) as refused, transaction.atomic():
        run(statement)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.mark.usefixtures("two_tables")
def test_granting_again_takes_back_what_was_given_by_hand(as_application: As) -> None:
    run("GRANT UPDATE ON audit_sample TO hp_app")
    grant_application_role(connection, "hp_app")
    with as_application(), pytest.raises(ProgrammingError), transaction.atomic():
        run("UPDATE audit_sample SET note = 'changed'")


@pytest.mark.django_db
def test_migrating_leaves_the_application_able_to_read_every_table(as_application: As) -> None:
    tables = connection.introspection.table_names()
    assert "django_migrations" in tables
    with as_application():
        for table in tables:
            run(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608 - the name comes from the schema


def test_the_application_enters_the_test_database_by_its_own_address(application_url: str) -> None:
    with psycopg.connect(application_url) as entered:
        assert entered.execute("SELECT current_user").fetchone() == ("hp_app",)
