# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A request keeps its place in the round it is in, whatever it wishes meanwhile."""

import pytest
from django.db import IntegrityError, transaction
from tests.builders import AT, COORDINATOR, SYSTEM, a_practice, a_region, days_after
from tests.integration.rounds.running import (
    DRAWN_AT,
    FROZEN_AT,
    PUBLISHED_AT,
    Seeker,
    a_seeker,
    a_swap,
    answer,
    computed,
    frozen,
    published,
    settled,
)

from huisartsplek.practices.models import Practice
from huisartsplek.requests.services import change_wishes
from huisartsplek.rounds.counts import contents_now
from huisartsplek.rounds.models import Entry, Round
from huisartsplek.rounds.publishing import publish_round
from huisartsplek.rounds.services import cancel_round, open_round

pytestmark = pytest.mark.django_db


def wants_first(seeker: Seeker, *practices: Practice) -> None:
    """Put another list in the place of somebody's wishes."""
    seeker.request.refresh_from_db()
    wishes = [practice.pk for practice in practices]
    change_wishes(SYSTEM, seeker.request.pk, wishes=wishes, seen_version=seeker.request.version, at=FROZEN_AT)
    seeker.request.refresh_from_db()


def rounds_of(seeker: Seeker) -> list[Round]:
    entries = (
        Entry.objects.filter(request=seeker.request).select_related("round").order_by("round__frozen_at", "pk")
    )
    return [entry.round for entry in entries]


def test_another_first_wish_in_another_region_costs_nobody_the_round_they_are_in() -> None:
    region, elsewhere = a_region(), a_region()
    first, second, _, there = a_swap(region)
    far = a_practice(free=1, region=elsewhere)
    round_ = computed(region)
    wants_first(first, far, there)
    assert first.request.region == elsewhere
    other = computed(elsewhere)
    assert rounds_of(first) == [round_], "the round of the other region has to do without them"
    publish_round(COORDINATOR, other.pk, at=PUBLISHED_AT)
    publish_round(COORDINATOR, round_.pk, at=PUBLISHED_AT)
    assert first.offer.round_id == round_.pk
    for seeker in (first, second):
        answer(seeker, True)
    settled(Round.objects.get(pk=round_.pk))
    assert (first.state, second.state) == ("moving", "moving"), "it did not count as a no"


@pytest.mark.parametrize("end", ["settled", "cancelled"])
def test_after_the_round_they_are_in_the_next_of_the_other_region(end: str) -> None:
    region, elsewhere = a_region(), a_region()
    full = a_practice(region=region)
    seeker = a_seeker(None, full)
    round_ = published(region) if end == "settled" else frozen(region)
    wants_first(seeker, a_practice(free=1, region=elsewhere))
    if end == "settled":
        settled(round_)
    else:
        cancel_round(COORDINATOR, round_.pk, at=FROZEN_AT)
    later = frozen(elsewhere, at=days_after(30))
    assert rounds_of(seeker) == [round_, later]


def test_an_open_round_does_not_count_who_is_in_another() -> None:
    region, elsewhere = a_region(), a_region()
    seeker = a_seeker(None, a_practice(free=1, region=region))
    round_ = frozen(region)
    wants_first(seeker, a_practice(free=1, region=elsewhere))
    other = open_round(COORDINATOR, elsewhere.pk, at=FROZEN_AT)
    assert contents_now(other, at=AT).requests == 0
    cancel_round(COORDINATOR, round_.pk, at=DRAWN_AT)
    assert contents_now(other, at=AT).requests == 1


def test_a_wish_does_not_sit_out_a_round_that_its_request_is_not_in() -> None:
    region, elsewhere = a_region(), a_region()
    seeker, far = a_seeker(None, a_practice(free=1, region=region)), a_practice(free=1, region=elsewhere)
    frozen(region)
    wants_first(seeker, far)
    seeker.request.wishes.update(rests_rounds=1)
    frozen(elsewhere)
    assert seeker.request.wishes.get().rests_rounds == 1


def test_the_database_lets_nobody_be_in_two_unsettled_rounds() -> None:
    region, elsewhere = a_region(), a_region()
    seeker = a_seeker(None, a_practice(free=1, region=region))
    frozen(region)
    other = open_round(COORDINATOR, elsewhere.pk, at=FROZEN_AT)
    with pytest.raises(IntegrityError, match="one_unsettled_round_each"), transaction.atomic():
        Entry.objects.create(round=other, request=seeker.request, alias="r", leaf=0, salt=b"", rows="")
