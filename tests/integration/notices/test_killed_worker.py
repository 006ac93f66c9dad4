# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A worker is killed in the middle of a job: a living one takes the job up, and it is done once."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from tests.integration.notices.sending import OPERATOR, queue_notice

from huisartsplek.integrations.notify.chosen import local_outbox
from huisartsplek.notices.jobs import MOST_WORKERS, SILENT_SECONDS
from huisartsplek.notices.models import Notice
from huisartsplek.notices.queries import failed_jobs

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed")]
StartWorker = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def start_worker(application_url: str, tmp_path: Path, settings: LazySettings) -> StartWorker:
    """Start a worker as the application's role, that stops when nothing is left to do."""
    settings.DATA_DIR = tmp_path
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "huisartsplek.config.settings",
        "HP_ENV": "test",
        "HP_DATABASE_ROLE": "application",
        "HP_DATA_DIR": str(tmp_path),
        "DATABASE_URL": application_url,
    }
    command = [sys.executable, "-W", "ignore", "-m", "django", "procrastinate", "worker", "--one-shot"]

    def start() -> subprocess.Popen[bytes]:
        with (tmp_path / "worker.log").open("ab") as log:
            return subprocess.Popen(command, env=environment, stderr=log)

    return start


def wait_for(worker: subprocess.Popen[bytes], is_so: Callable[[], bool]) -> None:
    """Wait until a worker that runs has made something so."""
    until = time.monotonic() + 60
    while not is_so():
        assert worker.poll() is None, "the worker stopped too early"
        assert time.monotonic() < until, "waited a minute for nothing"
        time.sleep(0.1)


def kill_in_mid_job(start_worker: StartWorker, notice: Notice) -> None:
    """Hold the message so that its delivery stands still half-way, and kill the worker there."""
    with transaction.atomic():
        Notice.objects.select_for_update().get(pk=notice.pk)
        worker = start_worker()
        wait_for(
            worker, lambda: ProcrastinateJob.objects.filter(task_name="notices.deliver", status="doing").exists()
        )
        worker.send_signal(signal.SIGKILL)
        worker.wait()


def let_it_be_silent_for_long() -> None:
    """Let the time pass after which a silent worker counts as dead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - make_interval(secs => %s)",
            [SILENT_SECONDS + 1],
        )


def take_up() -> None:
    """Do what the schedule does every twenty seconds."""
    with contextlib.suppress(AlreadyEnqueued):  # a worker that started keeps the schedule too
        app.configure_task("notices.take_up_stalled_jobs").defer(timestamp=0)


def test_the_job_of_a_killed_worker_is_done_by_another(start_worker: StartWorker) -> None:
    notice = queue_notice()
    kill_in_mid_job(start_worker, notice)
    job = ProcrastinateJob.objects.get(task_name="notices.deliver")
    assert job.status == "doing"
    take_up()
    assert start_worker().wait(60) == 0
    assert Notice.objects.get().state == "queued", "a worker that was heard a moment ago still has its job"

    let_it_be_silent_for_long()
    take_up()
    assert start_worker().wait(60) == 0

    notice.refresh_from_db()
    assert notice.state == "sent"
    assert [message.key for message in local_outbox().messages()] == [notice.pk]
    job.refresh_from_db()
    assert job.status == "succeeded"


def test_a_job_that_kills_every_worker_ends_on_the_list_of_the_operator(start_worker: StartWorker) -> None:
    notice = queue_notice()
    kill_in_mid_job(start_worker, notice)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = %s WHERE status = 'doing'", [MOST_WORKERS])
    let_it_be_silent_for_long()
    take_up()
    assert start_worker().wait(60) == 0

    assert [job.task_name for job in failed_jobs(OPERATOR)] == ["notices.deliver"]
