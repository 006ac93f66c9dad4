# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Clients that start at the same moment, each with a connection of its own; and guards that are switched off."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

import pytest
from django.db import connection

from huisartsplek.practices.models import Places
from huisartsplek.rules.refusals import Refusal, RefusalCode

Answer = TypeVar("Answer")
WAIT_SECONDS = 60
USERS_OF_PLACE_LOCKS = (
    "huisartsplek.practices.services",
    "huisartsplek.requests.services",
    "huisartsplek.requests.offers",
    "huisartsplek.practices.places",
    "huisartsplek.rounds.freezing",
    "huisartsplek.rounds.services",
    "huisartsplek.rounds.switching",
)


def race(clients: Sequence[Callable[[], Answer]]) -> list[Answer | Exception]:
    """Let all clients go at once and give what each got: its answer, its refusal, or what went wrong."""
    answers: list[Answer | Exception] = [TimeoutError()] * len(clients)
    start = threading.Barrier(len(clients))

    def work(number: int) -> None:
        try:
            connection.ensure_connection()
            start.wait(WAIT_SECONDS)
            answers[number] = clients[number]()
        except Exception as exc:  # noqa: BLE001  whatever it is, the test must see it
            answers[number] = exc
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_SECONDS * 3)
    return answers


def refusals(answers: Iterable[object]) -> list[RefusalCode]:
    """Give the code of every no."""
    return [answer.code for answer in answers if isinstance(answer, Refusal)]


def faults(answers: Iterable[object]) -> list[Exception]:
    """Give what is neither an answer nor a no."""
    return [answer for answer in answers if isinstance(answer, Exception) and not isinstance(answer, Refusal)]


def successes(answers: Iterable[Answer | Exception]) -> list[Answer]:
    """Give the answers of those who got what they asked for."""
    return [answer for answer in answers if not isinstance(answer, Exception)]


def read_without_lock(practice_ids: Iterable[UUID]) -> dict[UUID, Places]:
    """Do what locking does, but for the lock; and take long enough over it for others to read the same."""
    rows = Places.objects.filter(pk__in=set(practice_ids)).order_by("pk")
    found = {places.practice_id: places for places in rows}
    time.sleep(0.3)
    return found


def switch_place_locks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody lock the places of a practice any more."""
    for module in USERS_OF_PLACE_LOCKS:
        monkeypatch.setattr(f"{module}.lock_places", read_without_lock)


def empty_tables() -> None:
    """Clear away all people, practices and regions, and everything that hangs on them."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE people_household, practices_region CASCADE")


@contextmanager
def without_constraint(table: str, *names: str) -> Iterator[None]:
    """Take constraints away for a while; all rows go before they return."""
    with connection.cursor() as cursor:
        kept = {}
        for name in names:
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s"
                " UNION ALL SELECT indexdef FROM pg_indexes WHERE indexname = %s AND NOT EXISTS"
                " (SELECT 1 FROM pg_constraint WHERE conname = %s)",
                [name, name, name],
            )
            (kept[name],) = cursor.fetchone()
            if kept[name].startswith("CREATE"):
                cursor.execute(f"DROP INDEX {name}")
            else:
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    empty_tables()
    with connection.cursor() as cursor:
        for name, definition in kept.items():
            if definition.startswith("CREATE"):
                cursor.execute(definition)
            else:
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
