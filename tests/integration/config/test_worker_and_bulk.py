# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sealing and the steps of a round wait for no bulk work, and bulk work goes by portions."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.builders import a_region
from tests.integration.notices.sending import queue_notice
from tests.integration.rounds.running import (
    PUBLISHED_AT,
    a_chain,
    a_swap,
    answer,
    published,
    settled,
    switch_morning,
)

from huisartsplek.audit.models import AuditEvent, AuditSeal
from huisartsplek.config.subcommands.worker import LINES
from huisartsplek.demo import jobs as demo_jobs
from huisartsplek.demo import others
from huisartsplek.notices.models import Notice
from huisartsplek.requests import jobs as request_jobs
from huisartsplek.requests.models import OfferAnswer
from huisartsplek.rounds import jobs, messages
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.next_step import go_on_with_after_commit

SLOTS = 2
AS_PRODUCTION = [sys.executable, "-W", "ignore", "-m", "huisartsplek", "worker", f"--concurrency={SLOTS}"]
ALL_IN_ONE = [sys.executable, "-m", "huisartsplek", "manage", "procrastinate", "worker", f"--concurrency={SLOTS}"]


def wait_until(is_so: Callable[[], bool], worker: "subprocess.Popen[bytes]") -> None:
    """Wait until a worker that runs has made something so."""
    until = time.monotonic() + 90
    while not is_so():
        assert worker.poll() is None, "the worker stopped too early"
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


@contextlib.contextmanager
def every_bulk_slot_held(command: list[str], address: str, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Have a worker with a delivery that stands still in every slot for bulk, and more waiting."""
    for number in range(3 * SLOTS):
        queue_notice(f"message-{number}")
    environment = {**os.environ, "HP_ENV": "test", "HP_DATA_DIR": str(folder), "DATABASE_URL": address}
    environment.pop("DATABASE_OWNER_URL", None)
    doing = ProcrastinateJob.objects.filter(task_name="notices.deliver", status="doing")
    with psycopg.connect(address) as holder:
        holder.execute("SELECT 1 FROM notices_notice FOR UPDATE")
        with (folder / "worker.log").open("wb") as log:
            worker = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            wait_until(lambda: doing.count() == SLOTS, worker)
            yield worker
        finally:
            holder.rollback()
            worker.terminate()
            worker.wait(60)


def a_round_to_settle() -> Round:
    """Have a round in which everybody said yes and whose answering is over by the real clock."""
    # In one transaction: the worker would settle it before the last answer.
    with transaction.atomic():
        region = a_region()
        first, second, *_ = a_swap(region)
        round_ = published(region)
        for seeker in (first, second):
            answer(seeker, True)
        go_on_with_after_commit(round_.pk)
    return round_


def unsealed() -> int:
    return AuditEvent.objects.count() - AuditSeal.objects.count()


def state_of(round_: Round) -> str:
    round_.refresh_from_db()
    return round_.state


@pytest.mark.slow
@pytest.mark.usefixtures("committed")
def test_sealing_and_a_round_go_on_while_every_slot_for_bulk_is_held(application_url: str, tmp_path: Path) -> None:
    with every_bulk_slot_held(AS_PRODUCTION, application_url, tmp_path) as worker:
        round_ = a_round_to_settle()
        wait_until(lambda: state_of(round_) == "settled", worker)
        wait_until(lambda: unsealed() == 0, worker)
        assert not Notice.objects.exclude(state="queued").exists(), "all this while the slots were held"


@pytest.mark.slow
@pytest.mark.usefixtures("committed")
def test_control_a_worker_with_one_line_for_everything_does_neither(application_url: str, tmp_path: Path) -> None:
    with every_bulk_slot_held(ALL_IN_ONE, application_url, tmp_path):
        round_ = a_round_to_settle()
        lines = unsealed()
        time.sleep(5)
        assert (state_of(round_), unsealed()) == ("published", lines)


def test_every_job_has_exactly_one_line_that_takes_it() -> None:
    ours = {task.queue for task in app.tasks.values()} - {"builtin"}
    taken = [queue for line in LINES for queue in line.queues]
    assert sorted(taken) == sorted(ours)


def jobs_waiting(task: str) -> list[dict[str, str]]:
    return list(
        ProcrastinateJob.objects.filter(task_name=task, status="todo").order_by("id").values_list("args", flat=True)
    )


@pytest.mark.django_db
def test_telling_goes_by_portions_and_reaches_everybody_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "AT_ONCE", 2)
    region = a_region()
    a_chain(region)
    a_swap(region)
    round_ = published(region)
    ProcrastinateJob.objects.all().delete()
    told = []
    jobs.tell(str(round_.pk))
    jobs.tell(str(round_.pk))  # as a worker that died behind its portion leaves it
    while waiting := jobs_waiting("rounds.tell"):
        assert len(waiting) == 1
        told.append(Notice.objects.count())
        ProcrastinateJob.objects.filter(task_name="rounds.tell").delete()
        jobs.tell(**waiting[0])
    assert told == [2, 4]
    assert Notice.objects.filter(kind="offer_made").count() == 5


@pytest.mark.django_db
def test_other_people_answer_by_portions_and_who_cannot_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others, "AT_ONCE", 2)
    monkeypatch.setattr(demo_jobs, "current_moment", lambda: PUBLISHED_AT)
    region = a_region()
    a_chain(region)
    a_swap(region)
    published(region)
    demo_jobs.others_answer()
    answered = []
    while waiting := jobs_waiting("demo.others_answer"):
        answered.append(OfferAnswer.objects.count())
        ProcrastinateJob.objects.filter(task_name="demo.others_answer").delete()
        demo_jobs.others_answer(**waiting[0])
    assert answered == [2, 4]
    assert OfferAnswer.objects.count() == 5


@pytest.mark.django_db
def test_a_switch_goes_by_portions_and_ends_carried_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "EXCHANGES_AT_ONCE", 2)
    region = a_region()
    seekers = [seeker for _ in range(3) for seeker in a_swap(region)[:2]]
    round_ = published(region)
    for seeker in seekers:
        answer(seeker, True)
    round_ = settled(round_)
    ProcrastinateJob.objects.all().delete()
    monkeypatch.setattr(jobs, "current_moment", lambda: switch_morning(round_))
    jobs.go_on_with_round(str(round_.pk))
    assert (state_of(round_), round_.exchanges.filter(state="carried_out").count()) == ("settled", 2)
    (waiting,) = jobs_waiting("rounds.go_on_with")
    jobs.go_on_with_round(**waiting)
    assert state_of(round_) == "carried_out"


@pytest.mark.django_db
def test_moves_by_the_queue_go_by_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_jobs, "AT_ONCE", 2)
    due = sorted(uuid4() for _ in range(3))
    done: list[UUID] = []
    monkeypatch.setattr(request_jobs, "requests_due", lambda at: due)  # noqa: ARG005  the moment is not looked at
    monkeypatch.setattr(request_jobs, "carry_out", lambda actor, one, *, at: done.append(one))  # noqa: ARG005
    request_jobs.carry_out_moves(0)
    assert done == due[:2]
    (waiting,) = jobs_waiting("requests.carry_out_moves")
    request_jobs.carry_out_moves(0, after=str(waiting["after"]))
    assert done == due, "what stays due is left to the next time"
