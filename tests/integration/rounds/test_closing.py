# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round that closes: its queues rest, and it is frozen as soon as nothing waits for an answer any more."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.builders import AT, COORDINATOR, SYSTEM, a_practice, a_region, hours_after
from tests.integration.rounds.running import (
    BEACON,
    FROZEN_AT,
    a_seeker,
    answer,
    closing,
    free_and_held,
    freeze,
    frozen,
    stopped_at,
)

from huisartsplek.practices.models import Practice, Region
from huisartsplek.requests.models import Offer
from huisartsplek.requests.offers import lapse_offer, offer_to_first
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rounds import jobs
from huisartsplek.rounds.models import Entry, Round
from huisartsplek.rounds.services import begin_closing, cancel_round, freeze_round, open_round
from huisartsplek.rules.dates import ANSWER_HOURS
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Let the jobs find another moment on the clock, and the draw that these tests know."""
    monkeypatch.setattr(jobs, "chosen_beacon", lambda: BEACON)

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(jobs, "current_moment", lambda: moment)

    return set_to


def jobs_for(task: str) -> list[dict[str, str]]:
    """Give what waits to be done."""
    return list(ProcrastinateJob.objects.filter(task_name=task, status="todo").values_list("args", flat=True))


def queue_jobs(practice: Practice) -> int:
    return len([args for args in jobs_for("requests.serve_queue") if args["practice_id"] == str(practice.pk)])


def state_of(round_: Round) -> str:
    round_.refresh_from_db()
    return round_.state


def test_where_nothing_is_open_the_freeze_is_a_job_that_can_begin_at_once(set_clock: SetClock) -> None:
    region = a_region()
    practice = a_practice(free=2, region=region)
    a_seeker(None, practice)
    round_ = closing(region)
    assert jobs_for("rounds.go_on_with") == [{"round_id": str(round_.pk)}]
    assert (state_of(round_), free_and_held(practice)) == ("closing", (2, 0)), "nothing happens in the request"
    set_clock(AT)
    jobs.go_on_with_round(str(round_.pk))
    assert (state_of(round_), free_and_held(practice)) == ("frozen", (0, 2))
    before = (round_.input_sha256, round_.beacon_round)
    jobs.go_on_with_round(str(round_.pk))
    round_.refresh_from_db()
    assert ((round_.input_sha256, round_.beacon_round), free_and_held(practice)) == (before, (0, 2)), "once"


def test_a_closing_round_makes_no_new_offers_and_waits_for_the_open_ones(set_clock: SetClock) -> None:
    region = a_region()
    practice, other = (a_practice(free=1, region=region) for _ in range(2))
    offered, waiting = a_seeker(None, practice), a_seeker(None, other)
    offer = offer_to_first(SYSTEM, practice.pk, at=AT)
    assert offer is not None
    round_ = closing(region)
    assert (round_.own_moment_at, round_.deadline_at) == (offer.answer_by, offer.answer_by + timedelta(hours=1))
    assert offer.answer_by <= AT + timedelta(hours=ANSWER_HOURS)
    assert offer_to_first(SYSTEM, other.pk, at=FROZEN_AT) is None
    set_clock(FROZEN_AT)
    jobs.go_on()
    assert state_of(round_) == "closing"
    answer(offered, True, at=FROZEN_AT)
    jobs.go_on()
    assert state_of(round_) == "frozen"
    assert list(Entry.objects.filter(round=round_).values_list("request", flat=True)) == [waiting.request.pk]


def test_silence_ends_the_waiting_too(set_clock: SetClock) -> None:
    region = a_region()
    practice = a_practice(free=1, region=region)
    seeker = a_seeker(None, practice)
    offer = offer_to_first(SYSTEM, practice.pk, at=AT)
    assert offer is not None
    round_ = closing(region)
    after = offer.answer_by + timedelta(seconds=1)
    lapse_offer(SYSTEM, offer.pk, at=after)
    assert offer_to_first(SYSTEM, practice.pk, at=after) is None, "the place waits for the round"
    set_clock(after)
    jobs.go_on()
    assert (state_of(round_), seeker.state, free_and_held(practice)) == ("frozen", "waiting", (0, 1))


def test_queues_of_other_regions_go_on() -> None:
    elsewhere = a_practice(free=1)
    a_seeker(None, elsewhere)
    closing(a_region())
    assert offer_to_first(SYSTEM, elsewhere.pk, at=AT) is not None


def test_until_the_places_are_held_people_are_admitted_at_once() -> None:
    region = a_region()
    practice = a_practice(free=2, region=region)
    seeker = a_seeker(None, practice)
    round_ = closing(region)
    assert admit_at_once(SYSTEM, seeker.request.pk, practice.pk, at=AT)
    freeze(round_)
    assert (seeker.state, free_and_held(practice)) == ("moving", (0, 1))


@pytest.mark.parametrize("after", ["cancelled", "frozen"])
def test_queues_go_on_when_a_round_is_cancelled_or_frozen(after: str) -> None:
    region = a_region()
    practice = a_practice(free=1, region=region)
    seeker = a_seeker(None, practice)
    round_ = closing(region)
    assert offer_to_first(SYSTEM, practice.pk, at=AT) is None
    if after == "frozen":
        freeze(round_)
        assert offer_to_first(SYSTEM, practice.pk, at=FROZEN_AT) is None, "what is held is not free"
    ProcrastinateJob.objects.all().delete()
    cancel_round(COORDINATOR, round_.pk, at=FROZEN_AT)
    assert queue_jobs(practice) == 1, "its queue is served at once"
    offer = offer_to_first(SYSTEM, practice.pk, at=FROZEN_AT)
    assert offer is not None
    assert offer.request == seeker.request


def test_an_open_round_that_is_cancelled_wakes_nobody() -> None:
    region = a_region()
    practice = a_practice(free=1, region=region)
    a_seeker(None, practice)
    ProcrastinateJob.objects.all().delete()
    cancel_round(COORDINATOR, open_round(COORDINATOR, region.pk, at=AT).pk, at=AT)
    assert queue_jobs(practice) == 0


def test_a_round_closes_once_and_never_after_its_freeze() -> None:
    region = a_region()
    round_ = closing(region)
    with pytest.raises(Refusal) as refused:
        begin_closing(COORDINATOR, round_.pk, at=hours_after(1))
    assert refused.value.code is RefusalCode.NOT_ALLOWED_NOW
    freeze(round_)
    with pytest.raises(Refusal) as refused:
        begin_closing(COORDINATOR, round_.pk, at=hours_after(2))
    assert refused.value.code is RefusalCode.ROUND_FROZEN
    assert not Region.objects.get(pk=region.pk).queues_rest


def test_a_round_is_not_frozen_before_it_closes() -> None:
    round_ = open_round(COORDINATOR, a_region().pk, at=AT)
    with pytest.raises(Refusal) as refused:
        freeze_round(SYSTEM, round_.pk, beacon=BEACON, at=FROZEN_AT, clock=stopped_at(FROZEN_AT))
    assert refused.value.code is RefusalCode.ROUND_NOT_READY


def test_the_draw_is_named_by_the_freeze_and_not_by_the_closing(set_clock: SetClock) -> None:
    round_ = closing(a_region())
    assert (round_.beacon, round_.beacon_round, round_.input_sha256) == ("", None, "")
    late = hours_after(50)
    set_clock(late)
    jobs.go_on()
    round_.refresh_from_db()
    assert round_.beacon_round is not None
    assert BEACON.due_at(round_.beacon_round) > late + BEACON.lead


def test_a_frozen_round_leaves_the_queues_of_its_region_awake() -> None:
    region = a_region()
    frozen(region)
    late_comer = a_practice(free=1, region=region)
    a_seeker(None, late_comer)
    assert offer_to_first(SYSTEM, late_comer.pk, at=FROZEN_AT) is not None
    assert Offer.objects.filter(state="open").count() == 1
