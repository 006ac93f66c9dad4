# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everybody wants the last places of a practice at the same moment: exactly those places are given."""

import contextlib
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from tests.builders import AT, OPEN, PRACTICE_STAFF, SYSTEM, a_person, a_practice, a_region, a_request, hours_after
from tests.concurrency.racing import (
    faults,
    race,
    refusals,
    successes,
    switch_place_locks_off,
    without_constraint,
)

from huisartsplek.enrolments.models import Move
from huisartsplek.practices.models import PlaceEntry, Places, Practice
from huisartsplek.practices.services import set_intake
from huisartsplek.requests.models import Offer, Request
from huisartsplek.requests.offers import offer_to_first
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed")]


@pytest.fixture
def turnless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody mind the turn, so that all rush for the places at once and only the lock is between them."""
    monkeypatch.setattr("huisartsplek.requests.services.takeable", lambda *_args, **_kwargs: iter(()))


def rush(clients: int, places: int) -> tuple[Practice, list[Request]]:
    """Make a practice with some places, and more people who want one."""
    practice = a_practice(free=places)
    requests = [a_request(a_person(), wishes=[practice], at=hours_after(-n)) for n in range(clients)]
    return practice, requests


def claim_all(practice: Practice, requests: list[Request]) -> list[list[Move] | Exception]:
    return race([partial(admit_at_once, SYSTEM, request.pk, practice.pk, at=AT) for request in requests])


def check_rush(clients: int, places: int) -> None:
    practice, requests = rush(clients, places)
    answers = claim_all(practice, requests)
    assert faults(answers) == []
    assert len(successes(answers)) == places
    assert refusals(answers) == [RefusalCode.NO_PLACES] * (clients - places)
    assert Move.objects.filter(to_practice=practice, state="planned").count() == places
    assert Places.objects.get(pk=practice.pk).free == 0


@pytest.mark.usefixtures("turnless")
@pytest.mark.parametrize(("places", "runs"), [(1, 7), (5, 7), (11, 6)])
def test_exactly_the_places_there_are_are_given_in_twenty_runs(places: int, runs: int) -> None:
    for _ in range(runs):
        check_rush(12, places)


@pytest.mark.usefixtures("turnless")
def test_two_hundred_clients_get_ten_places() -> None:
    check_rush(200, 10)


@pytest.mark.soak
@pytest.mark.usefixtures("turnless")
@pytest.mark.parametrize(("places", "runs"), [(1, 7), (10, 7), (199, 6)])
def test_two_hundred_clients_get_exactly_the_places_there_are_in_twenty_runs(places: int, runs: int) -> None:
    for _ in range(runs):
        check_rush(200, places)


@pytest.fixture
def oversold(committed: None) -> Iterator[None]:
    """Let the number go below zero too."""
    with without_constraint("practices_places", "free_places_never_negative"):
        yield


@pytest.mark.usefixtures("turnless", "oversold")
def test_control_without_the_lock_more_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    switch_place_locks_off(monkeypatch)
    practice, requests = rush(12, 1)
    answers = claim_all(practice, requests)
    assert len(successes(answers)) > 1
    assert Places.objects.get(pk=practice.pk).free < 0


@pytest.mark.usefixtures("turnless")
def test_control_without_the_lock_the_database_still_refuses_but_not_politely(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    switch_place_locks_off(monkeypatch)
    practice, requests = rush(12, 1)
    answers = claim_all(practice, requests)
    assert len(successes(answers)) == 1
    assert faults(answers), "somebody met a fault instead of a no"


def test_in_a_rush_the_places_go_to_those_whose_turn_it_is() -> None:
    practice, requests = rush(20, 7)

    def claim(request: Request) -> None:
        with contextlib.suppress(Refusal):
            admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
        offer_to_first(SYSTEM, practice.pk, at=AT)

    assert faults(race([partial(claim, request) for request in requests])) == []
    given = set(Move.objects.values_list("request_id", flat=True)) | set(
        Offer.objects.values_list("request_id", flat=True)
    )
    assert given == {request.pk for request in requests[-7:]}, "they waited longest"
    assert Places.objects.get(pk=practice.pk).free == 0


@pytest.mark.usefixtures("turnless")
def test_whoever_claims_while_the_practice_stops_gets_a_place_or_a_no_and_none_is_given_after() -> None:
    for _ in range(3):
        practice, requests = rush(10, 5)

        def stop(practice: Practice = practice) -> list[Move]:
            for _ in range(50):
                version = Places.objects.get(pk=practice.pk).version
                try:
                    set_intake(PRACTICE_STAFF, practice.pk, policy=OPEN, people_more=0, seen_version=version, at=AT)
                except Refusal:
                    continue
                return []
            raise AssertionError("the practice never got its word in")

        claims: list[Any] = [partial(admit_at_once, SYSTEM, request.pk, practice.pk, at=AT) for request in requests]
        answers = race([*claims, stop])
        assert faults(answers) == []
        assert Places.objects.get(pk=practice.pk).free == 0
        entries = list(PlaceEntry.objects.filter(practice=practice).order_by("pk").values_list("kind", flat=True))
        assert entries[-1] == "set", "nothing was granted after the practice stopped"


def two_assistants(practice: Practice) -> list[Places | Exception]:
    version = Places.objects.get(pk=practice.pk).version
    say = partial(set_intake, PRACTICE_STAFF, practice.pk, policy=OPEN, at=AT)
    return race([partial(say, people_more=people, seen_version=version) for people in (4, 9)])


def test_of_two_assistants_who_change_the_number_one_is_told_that_it_changed() -> None:
    for _ in range(5):
        practice = a_practice(free=1, region=a_region())
        answers = two_assistants(practice)
        assert refusals(answers) == [RefusalCode.CHANGED_MEANWHILE]
        (places,) = successes(answers)
        assert Places.objects.get(pk=practice.pk).free == places.free


@pytest.mark.usefixtures("broken_on_purpose")
def test_control_without_the_lock_the_number_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    switch_place_locks_off(monkeypatch)
    practice = a_practice(free=1)
    answers = two_assistants(practice)
    assert len(successes(answers)) == 2
    assert Places.objects.get(pk=practice.pk).free not in {4, 9}
