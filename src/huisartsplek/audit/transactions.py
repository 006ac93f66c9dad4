# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one kind of transaction in which anything is locked: open, and READ COMMITTED.

Under REPEATABLE READ a snapshot taken before the lock shows places that are gone: every waiting client would be
granted one. So a lock refuses to work there.
"""

from django.db import connection


class NotInATransaction(RuntimeError):  # noqa: N818  it reads as what it is
    """A lock or an audit row was asked for outside a transaction that could keep it."""


def require_locking_transaction() -> None:
    """Refuse to go on unless a READ COMMITTED transaction is open on the default connection."""
    if not connection.in_atomic_block:
        raise NotInATransaction("open a transaction before locking")
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        row = cursor.fetchone()
    if row is None or row[0] != "read committed":
        raise NotInATransaction(f"locks need READ COMMITTED, not {row and row[0]}")
