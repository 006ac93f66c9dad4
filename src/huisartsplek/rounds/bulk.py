# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Write the tens of thousands of rows of a round in one stream each, in the transaction of what they belong to."""

import contextlib
import gc
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, models
from psycopg import sql

from huisartsplek.audit.transactions import require_locking_transaction

AT_ONCE = 10_000


@contextlib.contextmanager
def collecting_later() -> Iterator[None]:
    """Put off looking for garbage: all rows of a round live until it is done, and walking them takes most time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
    """Set these fields of many rows, each named by its id: as arrays, for the application makes no tables."""
    require_locking_transaction()
    columns = [_column(model, field) for field in fields]
    types = [sql.SQL("bigint[]"), *(_array_type(model, field) for field in fields)]
    statement = sql.SQL(
        "UPDATE {table} SET {sets} FROM unnest({arrays}) AS fresh (id, {columns}) WHERE {table}.id = fresh.id"
    ).format(
        table=_table(model),
        sets=sql.SQL(", ").join(sql.SQL("{0} = fresh.{0}").format(column) for column in columns),
        arrays=sql.SQL(", ").join(sql.SQL("%s::{}").format(type_) for type_ in types),
        columns=sql.SQL(", ").join(columns),
    )
    found = list(rows)
    with connection.cursor() as cursor:
        for start in range(0, len(found), AT_ONCE):
            chunk = found[start : start + AT_ONCE]
            values = zip(*(values for _, values in chunk), strict=True)
            cursor.execute(statement, [[key for key, _ in chunk], *(list(column) for column in values)])


def _array_type(model: type[models.Model], field: str) -> sql.SQL:
    name = model._meta.get_field(field).db_type(connection)
    if name is None:
        raise TypeError(f"{field} has no column")
    return sql.SQL(name + "[]")


def _table(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(model._meta.db_table)


def _columns(model: type[models.Model], fields: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(_column(model, field) for field in fields)


def _column(model: type[models.Model], field: str) -> sql.Identifier:
    return sql.Identifier(next(str(known.column) for known in model._meta.concrete_fields if known.name == field))
