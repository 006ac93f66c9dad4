# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round against everything that happens beside it."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from tests.builders import AT, COORDINATOR, OPEN, PRACTICE_STAFF, SWAP_ONLY, SYSTEM, a_practice, a_region
from tests.concurrency.racing import (
    faults,
    race,
    refusals,
    successes,
    switch_place_locks_off,
    without_constraint,
)
from tests.integration.rounds.running import (
    FROZEN_AT,
    a_seeker,
    after_answers,
    answer,
    closing,
    free_and_held,
    freeze,
    published,
)

from huisartsplek.enrolments.models import Move
from huisartsplek.people.models import Person
from huisartsplek.practices.locks import lock_places
from huisartsplek.practices.models import PlaceEntry, Places, Practice
from huisartsplek.practices.services import set_intake
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.models import Request
from huisartsplek.requests.offers import offer_to_first
from huisartsplek.requests.queue import is_resting
from huisartsplek.requests.services import admit_at_once, grant
from huisartsplek.rounds.freezing import read_market
from huisartsplek.rounds.models import Entry, Round, RoundPlaces
from huisartsplek.rounds.services import begin_closing, lock_round, open_round, release_places
from huisartsplek.rounds.settling import settle_round
from huisartsplek.rules.intake import IntakePolicy
from huisartsplek.rules.refusals import RefusalCode

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed")]


def test_of_ten_coordinators_who_open_a_round_one_does() -> None:
    for _ in range(5):
        region = a_region()
        answers = race([partial(open_round, COORDINATOR, region.pk, at=AT)] * 10)
        assert len(successes(answers)) == 1
        assert refusals(answers) == [RefusalCode.ROUND_ALREADY_OPEN] * 9
        assert Round.objects.filter(region=region).count() == 1


def test_control_without_the_constraints_there_are_more_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    with without_constraint("rounds_round", "one_running_round_per_region", "rounds_are_numbered"):
        region = a_region()
        answers = race([partial(open_round, COORDINATOR, region.pk, at=AT)] * 10)
        assert len(successes(answers)) > 1


def a_closing_round() -> tuple[Round, Practice]:
    region = a_region()
    practice = a_practice(free=3, region=region)
    a_seeker(None, practice)
    return closing(region), practice


def test_of_five_coordinators_who_freeze_a_round_one_does_and_places_are_held_once() -> None:
    for _ in range(3):
        round_, practice = a_closing_round()
        answers = race([partial(freeze, round_)] * 5)
        assert len(successes(answers)) == 1
        assert refusals(answers) == [RefusalCode.ROUND_FROZEN] * 4
        assert free_and_held(practice) == (0, 3)


def test_control_without_the_lock_on_the_round_somebody_meets_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_without_lock(round_id: UUID) -> Round:
        round_ = Round.objects.select_related("region").get(pk=round_id)
        time.sleep(0.3)
        return round_

    monkeypatch.setattr("huisartsplek.rounds.services.lock_round", look_without_lock)
    round_, _ = a_closing_round()
    answers = race([partial(freeze, round_)] * 5)
    assert faults(answers)


def offers_beside_closing(monkeypatch: pytest.MonkeyPatch) -> tuple[Round, list[Any]]:
    """Let a queue make its offer while a coordinator lets the round close, each half-way at the same moment."""
    region = a_region()
    practice = a_practice(free=1, region=region)
    seeker = a_seeker(None, practice)
    round_ = open_round(COORDINATOR, region.pk, at=AT)
    each_is_half_way = threading.Barrier(2)

    def meet(do: Callable[..., Any], *args: Any, **more: Any) -> Any:
        each_is_half_way.wait(20)
        return do(*args, **more)

    monkeypatch.setattr("huisartsplek.requests.offers.lock_request", partial(meet, lock_request))
    monkeypatch.setattr("huisartsplek.rounds.services.lock_round", partial(meet, lock_round))
    answers: list[Any] = race(
        [
            partial(offer_to_first, SYSTEM, practice.pk, at=AT),
            partial(begin_closing, COORDINATOR, round_.pk, at=AT),
        ]
    )
    assert faults(answers) == []
    assert (answers[0] is None) == (seeker.state == "waiting")
    round_.refresh_from_db()
    return round_, answers


def test_an_offer_beside_a_round_that_closes_is_known_to_it_or_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        round_, (offer, _) = offers_beside_closing(monkeypatch)
        assert round_.own_moment_at == (offer.answer_by if offer else AT)
        assert offer_to_first(SYSTEM, round_.region.practices.get().pk, at=FROZEN_AT) is None


def test_control_without_the_lock_on_places_a_closing_round_misses_an_offer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = threading.Event()

    def ask_and_wait(practice_id: UUID) -> bool:
        answer_ = is_resting(practice_id)
        if connection.in_atomic_block:  # asked again, where the lock would be held
            asked.set()
            time.sleep(0.5)
        return answer_

    def lock_nothing(_practice_ids: object) -> dict[UUID, Places]:
        asked.wait(20)
        return {}

    monkeypatch.setattr("huisartsplek.requests.offers.is_resting", ask_and_wait)
    monkeypatch.setattr("huisartsplek.rounds.services.lock_places", lock_nothing)
    round_, (offer, _) = offers_beside_closing(monkeypatch)
    assert offer is not None
    assert round_.own_moment_at == AT, "it does not know of the offer for which it waits"


def claims_beside_a_freeze(clients: int, places: int) -> tuple[Practice, int]:
    """Let people claim a practice's places while they are put aside; give how many got one."""
    region = a_region()
    practice = a_practice(free=places, region=region)
    elsewhere = a_practice()
    seekers = [a_seeker(None, elsewhere, practice) for _ in range(clients)]
    round_ = closing(region)
    claims: list[Any] = [
        partial(admit_at_once, SYSTEM, seeker.request.pk, practice.pk, at=FROZEN_AT) for seeker in seekers
    ]
    answers = race([*claims[: clients // 2], partial(freeze, round_), *claims[clients // 2 :]])
    assert faults(answers) == []
    assert set(refusals(answers)) <= {RefusalCode.NO_PLACES}
    return practice, len(successes(answers)) - 1


@pytest.fixture
def turnless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody mind the turn, so that all rush for the places at once."""
    monkeypatch.setattr("huisartsplek.requests.services.takeable", lambda *_args, **_kwargs: iter(()))


@pytest.mark.usefixtures("turnless")
def test_a_place_is_held_for_a_round_or_given_at_once_and_never_both() -> None:
    for _ in range(5):
        practice, given = claims_beside_a_freeze(8, 5)
        free, held = free_and_held(practice)
        assert (free, held + given) == (0, 5)
        assert RoundPlaces.objects.get(practice=practice).held == held


@pytest.mark.usefixtures("turnless")
def test_control_without_the_lock_a_place_is_both_held_and_given(monkeypatch: pytest.MonkeyPatch) -> None:
    with without_constraint("practices_places", "free_places_never_negative"):
        switch_place_locks_off(monkeypatch)
        practice, given = claims_beside_a_freeze(8, 5)
        _, held = free_and_held(practice)
        assert held + given > 5


def a_claim_from_within_the_round(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Let somebody in the round, whose row is locked, claim a place while the round, which has it, is frozen."""
    region = a_region()
    practice = a_practice(free=1, region=region)
    seeker = a_seeker(None, practice)
    round_ = closing(region)
    each_has_its_first_lock = threading.Barrier(2)

    def meet(do: Callable[..., Any], *args: Any, **more: Any) -> Any:
        each_has_its_first_lock.wait(20)
        return do(*args, **more)

    monkeypatch.setattr("huisartsplek.requests.services.lock_places", partial(meet, lock_places))
    monkeypatch.setattr("huisartsplek.rounds.services.read_market", partial(meet, read_market))
    return race(
        [
            partial(admit_at_once, SYSTEM, seeker.request.pk, practice.pk, at=FROZEN_AT),
            partial(freeze, round_),
        ]
    )


def test_a_freeze_and_a_claim_by_somebody_in_the_round_never_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = a_claim_from_within_the_round(monkeypatch)
    assert faults(answers) == []
    assert refusals(answers) == [RefusalCode.NO_PLACES]
    assert Entry.objects.get().members.count() == 1


def test_control_with_people_locked_against_being_pointed_at_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def lock_wholly(person_ids: Iterable[UUID]) -> dict[UUID, Person]:
        return {person.pk: person for person in Person.objects.select_for_update().filter(pk__in=set(person_ids))}

    monkeypatch.setattr("huisartsplek.requests.locks.lock_people", lock_wholly)
    (deadlock,) = faults(a_claim_from_within_the_round(monkeypatch))
    assert "deadlock" in str(deadlock)


def a_claim_by_who_went_first(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Let somebody whom the round did not help, though they went first, claim a place while it is settled."""
    region = a_region()
    one_a_week = IntakePolicy(rule=OPEN.rule, valid_from=OPEN.valid_from, weekly=1)
    practice = a_practice(one_a_week, 2, region=region)
    mover, stays = a_seeker(None, practice), a_seeker(a_practice(SWAP_ONLY), practice)
    Request.objects.filter(pk=stays.request.pk).update(goes_first=True)
    round_ = published(region)
    answer(mover, True)
    at = after_answers(round_)
    each_is_half_way = threading.Barrier(2)

    def meet(do: Callable[..., Any], *args: Any, **more: Any) -> Any:
        with contextlib.suppress(threading.BrokenBarrierError):
            each_is_half_way.wait(2)
        return do(*args, **more)

    monkeypatch.setattr("huisartsplek.requests.services.grant", partial(meet, grant))
    monkeypatch.setattr("huisartsplek.rounds.settling.release_places", partial(meet, release_places))
    return race(
        [
            partial(admit_at_once, SYSTEM, stays.request.pk, practice.pk, at=at),
            partial(settle_round, SYSTEM, round_.pk, at=at),
        ]
    )


def test_settling_and_a_claim_by_somebody_who_went_first_never_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = a_claim_by_who_went_first(monkeypatch)
    assert faults(answers) == []
    assert set(refusals(answers)) <= {RefusalCode.WEEKLY_LIMIT_REACHED}
    assert not Request.objects.filter(goes_first=True).exists(), "it is used up by a round"


def test_control_without_the_lock_on_people_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huisartsplek.rounds.settling.lock_people", lambda _people: None)
    (deadlock,) = faults(a_claim_by_who_went_first(monkeypatch))
    assert "deadlock" in str(deadlock)


def settling_beside_lowering(guards: Callable[[], None] = lambda: None) -> tuple[Practice, list[Any]]:
    """Settle a round with one yes on two places while the practice says that it takes nobody more."""
    region = a_region()
    practice = a_practice(free=2, region=region)
    seeker = a_seeker(None, practice)
    round_ = published(region)
    answer(seeker, True)
    guards()

    def lower() -> None:
        version = Places.objects.get(pk=practice.pk).version
        set_intake(
            PRACTICE_STAFF,
            practice.pk,
            policy=OPEN,
            people_more=0,
            seen_version=version,
            at=after_answers(round_),
        )

    return practice, race([partial(settle_round, SYSTEM, round_.pk, at=after_answers(round_)), lower])


def test_a_practice_that_lowers_its_number_while_a_round_is_settled_keeps_what_it_promised() -> None:
    for _ in range(5):
        practice, answers = settling_beside_lowering()
        assert faults(answers) == []
        assert set(refusals(answers)) <= {RefusalCode.CHANGED_MEANWHILE}
        free, held = free_and_held(practice)
        kinds = list(PlaceEntry.objects.filter(practice=practice).order_by("pk").values_list("kind", flat=True))
        lowered_last = kinds[-1] == "set"
        assert (free, held) == (0 if lowered_last else 1, 0)
        assert Move.objects.filter(to_practice=practice).count() == 1


@pytest.mark.usefixtures("broken_on_purpose")
def test_control_without_lock_and_net_change_the_number_and_its_ledger_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    practice, answers = settling_beside_lowering(partial(read_and_write_without_guard, monkeypatch))
    assert len(successes(answers)) == 2
    entries = list(PlaceEntry.objects.filter(practice=practice))
    in_ledger = sum(entry.free_change for entry in entries), sum(entry.held_change for entry in entries)
    assert free_and_held(practice) != in_ledger


def read_and_write_without_guard(guards: pytest.MonkeyPatch) -> None:
    """Let both parties read the same numbers, and write down what they make of them."""

    def write_what_was_read(
        places: Places, kind: PlaceEntry.Kind, *, at: datetime, free: int = 0, held: int = 0, **more: Any
    ) -> None:
        places.free, places.held = places.free + free, places.held + held
        places.save()
        PlaceEntry.objects.create(
            practice_id=places.practice_id,
            kind=kind,
            free_change=free,
            held_change=held,
            people=more.get("people", 0),
            at=at,
        )

    both_have_read = threading.Barrier(2)

    def read_together(practice_ids: Iterable[UUID]) -> dict[UUID, Places]:
        found = Places.objects.in_bulk(list(practice_ids))
        both_have_read.wait(60)
        return found

    for module in ("huisartsplek.practices.services", "huisartsplek.rounds.services"):
        guards.setattr(f"{module}.lock_places", read_together)
        guards.setattr(f"{module}.change_places", write_what_was_read)
