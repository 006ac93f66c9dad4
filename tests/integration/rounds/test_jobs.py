# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round goes on by itself, and one in trouble holds up no other."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.builders import AT, COORDINATOR, a_region, days_after
from tests.integration.rounds.running import (
    BEACON,
    DRAWN_AT,
    FROZEN_AT,
    PUBLISHED_AT,
    a_swap,
    after_answers,
    answer,
    frozen,
    published,
    settled,
    switch_morning,
)

from huisartsplek.audit.actors import Actor
from huisartsplek.rounds import jobs
from huisartsplek.rounds.models import Exchange, Round
from huisartsplek.rounds.publishing import publish_round
from huisartsplek.rounds.services import open_round
from huisartsplek.rounds.switching import switch_exchange

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Let the jobs find another moment on the clock, and the draw that these tests know."""
    monkeypatch.setattr(jobs, "chosen_beacon", lambda: BEACON)

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(jobs, "current_moment", lambda: moment)

    return set_to


def state_of(round_: Round) -> str:
    round_.refresh_from_db()
    return round_.state


def test_a_frozen_round_goes_on_by_itself_and_waits_where_people_decide(set_clock: SetClock) -> None:
    region = a_region()
    first, second, here, there = a_swap(region)
    round_ = frozen(region)
    set_clock(FROZEN_AT)
    jobs.go_on()
    assert state_of(round_) == "frozen", "the draw has not been made"
    set_clock(DRAWN_AT)
    jobs.go_on()
    assert state_of(round_) == "computed"
    jobs.go_on()
    assert state_of(round_) == "computed", "a coordinator says when it is public"
    round_ = publish_round(COORDINATOR, round_.pk, at=PUBLISHED_AT)
    for seeker in (first, second):
        answer(seeker, True)
    set_clock(PUBLISHED_AT)
    jobs.go_on()
    assert state_of(round_) == "published"
    set_clock(after_answers(round_))
    jobs.go_on()
    assert state_of(round_) == "settled"
    set_clock(switch_morning(round_))
    jobs.go_on()
    assert state_of(round_) == "carried_out"
    assert (first.practice, second.practice) == (there, here)


def test_a_round_whose_files_are_not_those_of_its_published_hash_is_not_computed(set_clock: SetClock) -> None:
    region = a_region()
    a_swap(region)
    round_ = frozen(region)
    Round.objects.filter(pk=round_.pk).update(input_sha256="0" * 64)
    set_clock(DRAWN_AT)
    jobs.go_on()
    assert (state_of(round_), round_.halted_by, round_.is_verified) == ("drawn", "round_broken", False)
    assert not round_.files.filter(is_input=False).exists()


def test_an_exchange_in_trouble_holds_up_no_other_and_is_tried_again(
    set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    region = a_region()
    seekers = [seeker for _ in range(3) for seeker in a_swap(region)[:2]]
    round_ = published(region)
    for seeker in seekers:
        answer(seeker, True)
    round_ = settled(round_)
    first = Exchange.objects.get(round=round_, number=1)

    def switch_all_but_the_first(actor: Actor, exchange_id: UUID, *, at: datetime) -> bool:
        if exchange_id == first.pk:
            raise RuntimeError("no line to the database")
        return switch_exchange(actor, exchange_id, at=at)

    set_clock(switch_morning(round_))
    with monkeypatch.context() as trouble:
        trouble.setattr(jobs, "switch_exchange", switch_all_but_the_first)
        with pytest.raises(ExceptionGroup, match="not carried out") as raised:
            jobs.go_on()
    assert [str(fault) for fault in raised.value.exceptions] == ["no line to the database"]
    states = dict(Exchange.objects.filter(round=round_).values_list("number", "state"))
    assert states == {1: "standing", 2: "carried_out", 3: "carried_out"}
    assert state_of(round_) == "settled"
    jobs.go_on()
    assert state_of(round_) == "carried_out"


def jobs_waiting(task: str) -> list[dict[str, str]]:
    return list(ProcrastinateJob.objects.filter(task_name=task, status="todo").values_list("args", flat=True))


def test_each_running_round_gets_a_job_of_its_own_and_never_two() -> None:
    regions = [a_region() for _ in range(2)]
    rounds = [frozen(region) for region in regions]
    open_round(COORDINATOR, a_region().pk, at=AT)
    ProcrastinateJob.objects.all().delete()  # those of the freezing itself
    for _ in range(2):
        jobs.go_on_with_rounds(0)
    waiting = jobs_waiting("rounds.go_on_with")
    assert sorted(args["round_id"] for args in waiting) == sorted(str(round_.pk) for round_ in rounds)


def test_asking_twice_that_rounds_go_on_is_asking_once() -> None:
    for _ in range(2):
        jobs.go_on_after_commit()
    assert len(jobs_waiting("rounds.go_on")) == 1


def test_publishing_and_settling_tell_people_in_a_job(set_clock: SetClock) -> None:
    region = a_region()
    a_swap(region)
    round_ = frozen(region)
    set_clock(DRAWN_AT)
    jobs.go_on()
    publish_round(COORDINATOR, round_.pk, at=PUBLISHED_AT)
    assert jobs_waiting("rounds.tell") == [{"round_id": str(round_.pk)}]
    jobs.tell(str(round_.pk))
    assert [notice.args["notice_id"] for notice in ProcrastinateJob.objects.filter(task_name="notices.deliver")]


def test_deadlines_are_watched_by_a_job(set_clock: SetClock) -> None:
    round_ = open_round(COORDINATOR, a_region().pk, at=AT)
    set_clock(days_after(100))
    jobs.watch_deadlines(0)
    round_.refresh_from_db()
    assert round_.alarmed_at == days_after(100)
