# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is the process alive (`/healthz`), and can it do its work (`/readyz`)?"""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from huisartsplek.accounts.policies import policy, public

HEARTBEAT_AGE = "SELECT now() - max(last_heartbeat) FROM procrastinate_workers"


@policy(public())
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers; it asks nobody else."""
    return JsonResponse({"status": "ok"})


@policy(public())
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Say whether the database answers, is migrated, and a worker is at work."""
    faults = readiness_faults()
    if faults:
        return JsonResponse({"status": "not ready", "faults": faults}, status=503)
    return JsonResponse({"status": "ready"})


def readiness_faults() -> list[str]:
    """List what keeps this installation from doing its work, in fixed words that give nothing away."""
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return ["migrations are waiting"]
        age = worker_silence()
    except DatabaseError:
        return ["the database does not answer"]
    if age is None:
        return ["no worker has reported yet"]
    if age > timedelta(seconds=settings.WORKER_ALARM_SECONDS):
        return ["the worker is silent"]
    return []


def worker_silence() -> timedelta | None:
    """Tell how long ago any worker last gave a sign of life, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(HEARTBEAT_AGE)
        row = cursor.fetchone()
    age: timedelta | None = row[0] if row else None
    return age
