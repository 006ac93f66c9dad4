# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Write the tens of thousands of rows of a round in one stream each, in the transaction of what they belong to."""

from collections.abc import Iterable, Sequence

from django.db import connection, models
from psycopg import sql

from huisartsplek.audit.transactions import require_locking_transaction


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows of these fields; the database checks each as it checks any other."""
    require_locking_transaction()
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(_table(model), _columns(model, fields))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def update_rows(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[tuple[int, Sequence[object]]]
) -> None:
    """Set these fields of many rows, each named by its id."""
    require_locking_transaction()
    fresh = sql.Identifier("fresh_rows")
    columns = [_column(model, field) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT id, {} FROM {} WITH NO DATA").format(
                fresh, sql.SQL(", ").join(columns), _table(model)
            )
        )
        statement = sql.SQL("COPY {} (id, {}) FROM STDIN").format(fresh, sql.SQL(", ").join(columns))
        with cursor.copy(statement) as copy:
            for key, values in rows:
                copy.write_row((key, *values))
        sets = sql.SQL(", ").join(sql.SQL("{0} = {1}.{0}").format(column, fresh) for column in columns)
        cursor.execute(
            sql.SQL("UPDATE {table} SET {sets} FROM {fresh} WHERE {table}.id = {fresh}.id").format(
                table=_table(model), sets=sets, fresh=fresh
            )
        )
        cursor.execute(sql.SQL("DROP TABLE {}").format(fresh))


def _table(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(model._meta.db_table)


def _columns(model: type[models.Model], fields: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(_column(model, field) for field in fields)


def _column(model: type[models.Model], field: str) -> sql.Identifier:
    return sql.Identifier(next(str(known.column) for known in model._meta.concrete_fields if known.name == field))
