# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operator sees what stands still, by counts and names of jobs, and tries failed jobs again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.builders import COORDINATOR, a_person, a_practice, a_region
from tests.integration.rounds.running import DRAWN_AT, FROZEN_AT, a_swap, frozen
from tests.integration.web.citizen.conftest import SetClock, StoppedClock
from tests.integration.web.coordinator.at_work import staff_browser
from tests.unit.web.page import parse

from huisartsplek.accounts.roles import Role
from huisartsplek.audit.actors import Actor
from huisartsplek.audit.models import AuditEvent
from huisartsplek.audit.queries import unsealed_tail
from huisartsplek.audit.sealing import seal_all
from huisartsplek.integrations.clock import chosen
from huisartsplek.integrations.notify.port import Channel
from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.notices.services import notify
from huisartsplek.notices.work import failed_work, stalled_work, stuck_notices, try_again
from huisartsplek.practices.jobs import SERVE_QUEUE, serve_queue_after_commit
from huisartsplek.rounds.halting import Halt, halt_round
from huisartsplek.rules.lifecycles import LIFECYCLES, Owner
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.web.operator.board import ALARMS, CHANNELS

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Let pages find this moment on the clock."""
    return lambda moment: monkeypatch.setattr(chosen, "clock", lambda: StoppedClock(moment))


def words_of(client: Client) -> str:
    answer = client.get("/beheer")
    assert answer.status_code == 200
    return parse(answer.content.decode()).one("main").text


def a_failed_job(give_up: Callable[[int], None] | None = None) -> int:
    """Have a practice's queue that could not be served, and give the job's number."""
    serve_queue_after_commit(a_practice().pk)
    job_id = ProcrastinateJob.objects.order_by("-pk").values_list("pk", flat=True)[0]
    (give_up or fail)(job_id)
    return int(job_id)


def fail(job_id: int) -> None:
    _set(job_id, "failed")


def stall(job_id: int) -> None:
    _set(job_id, "doing")


def _set(job_id: int, status: str) -> None:
    with connection.cursor() as cursor:
        for step in ("doing", status):
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [step, job_id])


def test_where_all_is_well_the_page_says_so() -> None:
    words = words_of(staff_browser(Role.OPERATOR))
    assert "Niets. Alles is binnen de afgesproken tijd." in words
    assert "Wat misging, is opnieuw gelukt of wordt opnieuw geprobeerd." in words


def test_what_waits_too_long_is_counted_with_since_when(set_clock: SetClock) -> None:
    region = a_region()
    a_swap(region)
    round_ = frozen(region)
    client = staff_browser(Role.OPERATOR)
    set_clock(FROZEN_AT)
    assert "Rondes waarvan het lot te laat is" not in words_of(client)
    set_clock(DRAWN_AT + timedelta(hours=2))
    assert "Rondes waarvan het lot te laat is 1" in words_of(client)
    halt_round(SYSTEM, round_.pk, Halt.DRAW_REFUSED, at=DRAWN_AT)
    words = words_of(client)
    assert region.name in words
    assert "lot dat niet klopt" in words


def test_failed_jobs_are_told_by_name_and_tried_again_on_the_operators_word() -> None:
    first, second = a_failed_job(), a_failed_job()
    client = staff_browser(Role.OPERATOR)
    page = client.get("/beheer").content.decode()
    assert f"<b>{SERVE_QUEUE}</b>: 2, sinds" in page
    args = ProcrastinateJob.objects.get(pk=first).args
    assert args["practice_id"] not in page, "what a job is about is not shown"
    answer = client.post("/beheer/opnieuw", {"taak": SERVE_QUEUE}, follow=True)
    assert "Wij proberen opnieuw: 2." in answer.content.decode()
    assert "vanzelf opnieuw gelukt" not in answer.content.decode(), "they wait: nothing has succeeded yet"
    assert set(ProcrastinateJob.objects.filter(pk__in=[first, second]).values_list("status", flat=True)) == {"todo"}
    tried = AuditEvent.objects.filter(kind="job_retried", role="operator", facts__task=SERVE_QUEUE)
    assert sorted(tried.values_list("thing_id", flat=True)) == sorted([str(first), str(second)])
    answer = client.post("/beheer/opnieuw", {"taak": SERVE_QUEUE}, follow=True)
    assert "niets om opnieuw te proberen" in answer.content.decode()


def test_a_job_tried_again_goes_by_the_clock_of_the_workers_and_not_by_the_demos() -> None:
    job = a_failed_job()
    assert try_again(Actor.system("operator"), SERVE_QUEUE, at=datetime(2999, 1, 1, tzinfo=UTC)) == 1
    assert ProcrastinateJob.objects.filter(pk=job, scheduled_at__lte=Now()).exists()


def test_a_failed_job_of_which_another_waits_already_is_left_as_it_is() -> None:
    task = "rounds.go_on"
    app.configure_task(task, queueing_lock=task).defer(timestamp=0)
    failed = ProcrastinateJob.objects.get(task_name=task).pk
    fail(failed)
    app.configure_task(task, queueing_lock=task).defer(timestamp=0)
    assert try_again(Actor.system("operator"), task, at=FROZEN_AT) == 0
    assert ProcrastinateJob.objects.get(pk=failed).status == "failed"
    assert not AuditEvent.objects.filter(kind="job_retried").exists()


def test_a_job_whose_worker_is_silent_stands_still() -> None:
    a_failed_job(stall)
    (work,) = stalled_work(SYSTEM)
    assert (work.task, work.number) == (SERVE_QUEUE, 1)
    assert f"{SERVE_QUEUE}: 1, sinds" in words_of(staff_browser(Role.OPERATOR))


def test_jobs_and_messages_are_the_operators_and_nobody_elses() -> None:
    job = a_failed_job()
    a_stuck_letter()
    assert (failed_work(COORDINATOR), stalled_work(COORDINATOR), stuck_notices(COORDINATOR)) == ([], [], [])
    with pytest.raises(Refusal) as refused:
        try_again(COORDINATOR, SERVE_QUEUE, at=FROZEN_AT)
    assert refused.value.code is RefusalCode.NOT_YOUR_TURN
    assert ProcrastinateJob.objects.get(pk=job).status == "failed"


def a_stuck_letter() -> None:
    person = a_person(channel="letter")
    notify(
        person.pk,
        NoticeKind.OFFER_MADE,
        to_address="2514GL 1",
        key="een brief",
        at=FROZEN_AT,
        actor=SYSTEM,
        channel=Channel.LETTER,
        language="nl",
    )
    Notice.objects.filter(key="een brief").update(state="failed")


def test_letters_that_did_not_go_out_are_counted_without_whom_they_were_for() -> None:
    a_stuck_letter()
    page = staff_browser(Role.OPERATOR).get("/beheer").content.decode()
    assert "Brief 1" in parse(page).one("main").text
    assert "2514GL" not in page


def test_the_age_of_what_is_not_sealed_is_told() -> None:
    a_person()
    assert unsealed_tail().lines > 0
    assert "Nog niet verzegeld:" in words_of(staff_browser(Role.OPERATOR))
    seal_all(at=FROZEN_AT)
    assert unsealed_tail().lines == 0
    assert unsealed_tail().age == timedelta()


def test_every_alarm_of_the_operator_and_every_channel_has_words() -> None:
    alarms = {
        watch.alarm
        for lifecycle in LIFECYCLES
        for watch in lifecycle.watch.values()
        if watch.owner is Owner.OPERATOR
    }
    assert set(ALARMS) == alarms
    assert set(CHANNELS) == set(Channel)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR, Role.PRIVACY_OFFICER])
def test_the_page_does_not_exist_for_others(role: Role) -> None:
    client = staff_browser(role, a_region().pk if role is Role.COORDINATOR else None)
    assert client.get("/beheer").status_code == 404
    assert client.post("/beheer/opnieuw", {"taak": SERVE_QUEUE}).status_code == 404
