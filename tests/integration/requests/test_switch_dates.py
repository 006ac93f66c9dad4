# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""By whichever way somebody gets a place, they never begin on the first of a quarter, nor before all are sure."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.builders import AT, SYSTEM, a_person, a_practice, a_region, a_request
from tests.integration.rounds.running import PUBLISHED_AT, a_swap, after_answers, answer, published

from huisartsplek.enrolments.models import Move
from huisartsplek.requests.offers import answer_offer, offer_to_first
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rounds.settling import settle_round
from huisartsplek.rules.dates import day_in_amsterdam, is_first_of_quarter

pytestmark = pytest.mark.django_db
A_FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: AT + timedelta(minutes=minutes))
# Two weeks before the first of a quarter: at noon, and just after midnight here while it is yesterday in UTC.
NOON, NIGHT = datetime(2026, 6, 17, 10, tzinfo=UTC), datetime(2026, 9, 16, 22, 30, tzinfo=UTC)
LATE = timedelta(hours=71)
Path = Callable[[datetime], list[Move]]


@contextmanager
def and_undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def by_admission(at: datetime) -> list[Move]:
    there = a_practice(free=1, at=at)
    return admit_at_once(SYSTEM, a_request(a_person(), wishes=[there], at=at).pk, there.pk, at=at)


def by_the_queue(at: datetime, *, later: timedelta = LATE) -> list[Move]:
    there, person = a_practice(free=1, at=at), a_person()
    a_request(person, wishes=[there], at=at)
    offer = offer_to_first(SYSTEM, there.pk, at=at)
    assert offer is not None
    answer_offer(SYSTEM, offer.pk, person=person, answered_by=person, says_yes=True, at=at + later)
    return list(Move.objects.filter(request_id=offer.request_id))


@pytest.mark.parametrize("path", [by_admission, by_the_queue])
@A_FEW
@given(at=MOMENTS)
@example(at=NOON)
@example(at=NIGHT)
@example(at=NOON - LATE)
@example(at=datetime(2026, 12, 18, 12, tzinfo=UTC))
def test_outside_rounds(path: Path, at: datetime) -> None:
    with and_undone():
        moves = path(at)
        assert moves
        for move in moves:
            assert not is_first_of_quarter(move.switch_on)
            assert move.switch_on >= day_in_amsterdam(at)
            assert move.switch_on >= day_in_amsterdam(move.sure_at)


@A_FEW
@given(days=st.integers(0, 700))
@example(
    days=date(2026, 3, 25).toordinal() - date(2026, 3, 5).toordinal()
)  # settled a week before the first of April
@example(days=date(2026, 12, 25).toordinal() - date(2026, 3, 5).toordinal())
def test_in_a_round_settled_in_time_or_late(days: int) -> None:
    with and_undone():
        region = a_region()
        first, second, *_ = a_swap(region)
        round_ = published(region)
        for seeker in (first, second):
            answer(seeker, True, at=PUBLISHED_AT)
        at = after_answers(round_) + timedelta(days=days)
        assert settle_round(SYSTEM, round_.pk, at=at)
        days_chosen = set(Move.objects.values_list("switch_on", flat=True))
        assert len(days_chosen) == 1, "one agreed date for everybody"
        (switch_on,) = days_chosen
        assert not is_first_of_quarter(switch_on)
        assert switch_on > day_in_amsterdam(at)
