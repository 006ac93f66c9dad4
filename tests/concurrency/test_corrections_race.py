# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two coordinators decide at the same moment on one proposal; and one proposes it twice."""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest
from tests.builders import AT, CLOSED, COORDINATOR, SYSTEM, a_person, a_practice, a_request
from tests.concurrency.racing import faults, race, refusals, successes

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.models import AuditEvent
from huisartsplek.requests.facts import Facts, facts_of
from huisartsplek.requests.models import Request, Review
from huisartsplek.requests.reviews import answer_review, ask_about_practice
from huisartsplek.rounds.corrections import confirm_correction, propose_correction, reject_correction
from huisartsplek.rounds.models import Correction
from huisartsplek.rules.corrections import ProvenError, TurnBack
from huisartsplek.rules.refusals import RefusalCode
from huisartsplek.rules.reviews import ReviewAnswer, Reviewed, ReviewReason

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed")]
OTHERS = [replace(COORDINATOR, user_id=UUID(int=number)) for number in range(60, 64)]


def an_error_found() -> Review:
    practice = a_practice(CLOSED)
    request = a_request(a_person(), wishes=[practice])
    asked = ask_about_practice(
        SYSTEM,
        request.pk,
        practice.pk,
        outcome=Reviewed.WISH,
        by=request.filed_by,
        reason=ReviewReason.RULE,
        at=AT,
    )
    return answer_review(COORDINATOR, asked.pk, [practice.region_id], answer=ReviewAnswer.DATA_WRONG, at=AT)


def proposing(review: Review) -> Callable[[], Correction]:
    return partial(
        propose_correction,
        COORDINATOR,
        review.pk,
        [review.region_id],
        error=ProvenError.DATA_WRONG,
        gives=TurnBack.GOES_FIRST,
        since=None,
        at=AT,
    )


def decide_at_once(review: Review, correction: Correction) -> list[Correction | Exception]:
    return race(
        [
            partial(
                reject_correction if number % 2 else confirm_correction,
                actor,
                correction.pk,
                [review.region_id],
                at=AT,
            )
            for number, actor in enumerate(OTHERS)
        ]
    )


def test_of_those_who_decide_at_once_one_does_and_what_they_said_is_what_happened() -> None:
    for _ in range(3):
        review = an_error_found()
        correction = proposing(review)()
        answers = decide_at_once(review, correction)
        assert faults(answers) == []
        (decided,) = successes(answers)
        assert refusals(answers) == [RefusalCode.ALREADY_ANSWERED] * (len(OTHERS) - 1)
        correction.refresh_from_db()
        assert correction.decided_by == decided.decided_by
        is_first = Request.objects.get(pk=review.request_id).goes_first
        assert is_first is (correction.state == "confirmed")
        assert AuditEvent.objects.filter(kind="turn_restored", thing_id=str(correction.pk)).count() == is_first


def test_the_same_proposal_sent_in_at_once_is_one() -> None:
    review = an_error_found()
    answers = race([proposing(review)] * 4)
    assert len(successes(answers)) == 1
    assert Correction.objects.filter(review=review).count() == 1


def test_control_without_the_lock_more_than_one_finds_it_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the last guard is left then: a state that another has changed is not advanced."""
    together = threading.Barrier(len(OTHERS))

    def without_lock(request_id: UUID) -> Facts:
        return facts_of(Request.objects.get(pk=request_id))

    def wait_for_all(actor: Actor) -> UUID | None:
        together.wait(20)
        return actor.user_id

    review = an_error_found()
    correction = proposing(review)()
    monkeypatch.setattr("huisartsplek.rounds.corrections.lock_request", without_lock)
    monkeypatch.setattr("huisartsplek.rounds.corrections._coordinator", wait_for_all)
    answers = decide_at_once(review, correction)
    assert refusals(answers) != [RefusalCode.ALREADY_ANSWERED] * (len(OTHERS) - 1)
    assert RefusalCode.CHANGED_MEANWHILE in refusals(answers)
