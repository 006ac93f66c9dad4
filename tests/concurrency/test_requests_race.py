# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same form twice, and an answer against its deadline."""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import models
from tests.builders import AT, SYSTEM, a_person, a_practice
from tests.builders import a_request as build_request
from tests.concurrency.racing import faults, race, refusals, successes

from huisartsplek.audit import services as audit_services
from huisartsplek.enrolments.models import Move
from huisartsplek.people.models import Consent, Person
from huisartsplek.practices.models import Places, Practice
from huisartsplek.requests.facts import Facts, facts_of
from huisartsplek.requests.models import Offer, Request, Wish
from huisartsplek.requests.offers import answer_offer, lapse_offer, offer_to_first
from huisartsplek.requests.services import file_request
from huisartsplek.rules.refusals import RefusalCode

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed")]


def submit(times: int) -> tuple[list[Request | Exception], Person]:
    """Send the same form in so many times at once."""
    person, practice = a_person(), a_practice()
    send = partial(
        file_request,
        SYSTEM,
        filer=person,
        member_ids=[person.pk],
        wishes=[practice.pk],
        key=uuid4(),
        at=AT,
    )
    return race([send] * times), person


def test_a_form_that_is_sent_fifty_times_has_one_effect_and_gets_fifty_equal_answers() -> None:
    answers, person = submit(50)
    assert len(successes(answers)) == 50
    assert len({request.pk for request in successes(answers)}) == 1
    assert Request.objects.filter(filed_by=person).count() == 1
    assert Wish.objects.count() == 1
    assert Consent.objects.count() == 1


def test_control_without_its_key_the_sender_is_told_two_things(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huisartsplek.requests.services.claim_key", lambda *_args, **_kwargs: None)
    answers, _ = submit(10)
    assert refusals(answers) == [RefusalCode.ALREADY_REQUESTED] * 9


def test_two_members_of_a_household_who_file_at_once_have_one_request() -> None:
    for _ in range(5):
        mother, practice = a_person(), a_practice()
        father = a_person(mother.household)
        answers = race(
            [
                partial(
                    file_request,
                    SYSTEM,
                    filer=filer,
                    member_ids=[mother.pk, father.pk],
                    wishes=[practice.pk],
                    key=uuid4(),
                    at=AT,
                )
                for filer in (mother, father)
            ]
        )
        assert len(successes(answers)) == 1
        assert refusals(answers) == [RefusalCode.ALREADY_REQUESTED]


def an_offer() -> tuple[Practice, Person, Offer]:
    practice, person = a_practice(free=1), a_person()
    build_request(person, wishes=[practice])
    offer = offer_to_first(SYSTEM, practice.pk, at=AT)
    assert offer is not None
    return practice, person, offer


def at_the_deadline(person: Person, offer: Offer) -> list[Offer | Exception | None]:
    """Let a yes of the last moment and the job of the next second meet."""
    return race(
        [
            partial(
                answer_offer,
                SYSTEM,
                offer.pk,
                person=person,
                answered_by=person,
                says_yes=True,
                at=offer.answer_by,
            ),
            partial(lapse_offer, SYSTEM, offer.pk, at=offer.answer_by + timedelta(seconds=1)),
        ]
    )


def test_a_yes_at_the_last_moment_counts_or_comes_too_late_and_never_half() -> None:
    for _ in range(10):
        practice, person, offer = an_offer()
        answers = at_the_deadline(person, offer)
        assert faults(answers) == []
        offer.refresh_from_db()
        free = Places.objects.get(pk=practice.pk).free
        moves = Move.objects.filter(to_practice=practice).count()
        if refusals(answers):
            assert refusals(answers) == [RefusalCode.ALREADY_ANSWERED]
            assert (offer.state, free, moves) == ("lapsed", 1, 0)
        else:
            assert (offer.state, free, moves) == ("standing", 0, 1)


@pytest.mark.usefixtures("broken_on_purpose")
def test_control_without_the_guards_a_place_is_both_given_and_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_read = threading.Barrier(2)

    def look_without_lock(request_id: UUID) -> Facts:
        return facts_of(Request.objects.get(pk=request_id))

    def write_unconditionally(
        model: type[models.Model],
        things: Sequence[models.Model],
        old: str,
        new: str,
        at: datetime,
        deadline_at: datetime | None,
    ) -> None:
        if model is Offer and old == "open":
            both_have_read.wait(20)
        rows = model._default_manager.filter(pk__in=[thing.pk for thing in things])
        rows.update(state=new, state_since=at, deadline_at=deadline_at)

    practice, person, offer = an_offer()
    with monkeypatch.context() as guards:
        guards.setattr("huisartsplek.requests.offers.lock_request", look_without_lock)
        guards.setattr(audit_services, "_move_rows", write_unconditionally)
        answers: list[Any] = at_the_deadline(person, offer)
    assert len(successes(answers)) == 2
    assert Places.objects.get(pk=practice.pk).free == 1
    assert Move.objects.filter(to_practice=practice, state="planned").count() == 1
