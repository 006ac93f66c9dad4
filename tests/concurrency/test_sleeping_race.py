# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Waking against the job that lets a request sleep, and sleeping against an offer."""

from functools import partial
from typing import Any

import pytest
from django.db import transaction
from tests.builders import AT, PRACTICE_STAFF, SYSTEM, a_person, a_practice, a_request, days_after
from tests.concurrency.racing import faults, race, successes

from huisartsplek.practices.models import Practice
from huisartsplek.practices.places import return_places
from huisartsplek.practices.services import confirm_intake
from huisartsplek.requests.models import Offer, Request, StillLooking
from huisartsplek.requests.offers import offer_to_first
from huisartsplek.requests.still_looking import ask_still_looking, say_still_looking, take_silence

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed")]
LAST_DAY = days_after(118)


def about_to_sleep() -> tuple[Request, StillLooking, Practice]:
    practice = a_practice()
    request = a_request(a_person(), wishes=[practice])
    question = ask_still_looking(SYSTEM, request.pk, at=days_after(90))
    assert question is not None
    take_silence(SYSTEM, question.pk, at=days_after(104))
    return request, question, practice


def test_whoever_says_that_they_look_while_the_job_runs_is_awake_afterwards() -> None:
    for _ in range(8):
        request, question, _practice = about_to_sleep()
        clients: list[Any] = [
            partial(take_silence, SYSTEM, question.pk, at=LAST_DAY),
            partial(say_still_looking, SYSTEM, request.pk, at=LAST_DAY),
            partial(take_silence, SYSTEM, question.pk, at=LAST_DAY),
        ]
        answers = race(clients)
        assert faults(answers) == []
        assert len(successes(answers)) == 3
        request.refresh_from_db()
        assert (request.state, request.since) == ("waiting", AT)
        assert not StillLooking.objects.filter(request=request, state__in=["asked", "reminded"]).exists()


def test_an_offer_and_falling_asleep_never_both_happen() -> None:
    for _ in range(8):
        request, question, practice = about_to_sleep()
        confirm_intake(PRACTICE_STAFF, practice.pk, at=LAST_DAY)
        with_place(practice)
        clients: list[Any] = [
            partial(take_silence, SYSTEM, question.pk, at=LAST_DAY),
            partial(offer_to_first, SYSTEM, practice.pk, at=LAST_DAY),
        ]
        assert faults(race(clients)) == []
        request.refresh_from_db()
        is_offered = Offer.objects.filter(request=request, state="open").exists()
        assert request.state == ("offered" if is_offered else "sleeping")


def with_place(practice: Practice) -> None:

    with transaction.atomic():
        return_places(practice.pk, 1, reference=None, at=LAST_DAY)
