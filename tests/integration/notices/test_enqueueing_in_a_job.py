# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a job of a worker enqueues is there together with what that job did, or not at all."""

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import sync_to_async
from django.db import connections, transaction
from procrastinate import PsycopgConnector
from procrastinate.connector import BaseAsyncConnector
from procrastinate.contrib.django import app, utils
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.integration.notices.sending import queue_notice

from huisartsplek.notices.models import Notice

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed")]


class UndoneError(Exception):
    """What a job stumbles over."""


def stumble() -> None:
    """Queue a message, and let the transaction be undone."""
    with contextlib.suppress(UndoneError), transaction.atomic():
        queue_notice()
        raise UndoneError
    connections.close_all()


def do_as_worker(connector: BaseAsyncConnector) -> int:
    """Do that in a thread of a worker; returns how many jobs are left although nothing happened."""

    async def work() -> None:
        with app.replace_connector(connector):
            async with app.open_async():
                await sync_to_async(stumble, thread_sensitive=False)()

    with ThreadPoolExecutor(1) as thread:  # the thread of a test may have a browser's event loop
        thread.submit(asyncio.run, work()).result()
    assert not Notice.objects.exists()
    return ProcrastinateJob.objects.filter(task_name="notices.deliver").count()


def test_a_job_that_is_undone_leaves_no_job_behind() -> None:
    assert isinstance(app.connector, DjangoConnector)
    assert do_as_worker(app.connector.get_worker_connector()) == 0


def test_a_worker_that_enqueues_over_connections_of_its_own_leaves_one_behind() -> None:
    assert do_as_worker(PsycopgConnector(kwargs=utils.connector_params())) == 1
