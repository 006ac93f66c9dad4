# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opening, freezing, drawing and cancelling a round: who and what is in it, and what is held for it."""

from datetime import timedelta

import pytest
from tests.builders import (
    AT,
    COORDINATOR,
    OPEN,
    SWAP_ONLY,
    SYSTEM,
    a_person,
    a_practice,
    a_region,
    a_request,
    an_enrolment,
    days_after,
    hours_after,
)
from tests.integration.rounds.running import (
    BEACON,
    DRAWN_AT,
    FROZEN_AT,
    PUBLISHED_AT,
    a_seeker,
    a_swap,
    answer,
    carried_out,
    closing,
    computed,
    free_and_held,
    freeze,
    frozen,
    published,
    settled,
    stopped_at,
)

from huisartsplek.requests.offers import offer_to_first
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rounds.computing import compute, draw
from huisartsplek.rounds.models import Entry, Exchange, PlannedMove, Round
from huisartsplek.rounds.publishing import publish_round
from huisartsplek.rounds.services import cancel_round, freeze_round, open_round
from huisartsplek.rules.intake import IntakePolicy
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db


def test_a_round_holds_its_places_until_it_is_settled() -> None:
    region = a_region()
    practice = a_practice(free=3, region=region)
    seeker = a_seeker(None, practice)
    round_ = frozen(region)
    assert free_and_held(practice) == (0, 3)
    with pytest.raises(Refusal) as refused:
        admit_at_once(SYSTEM, seeker.request.pk, practice.pk, at=FROZEN_AT)
    assert refused.value.code is RefusalCode.NO_PLACES
    draw(SYSTEM, round_.pk, beacon=BEACON, at=DRAWN_AT)
    compute(SYSTEM, round_.pk, at=DRAWN_AT)
    round_ = publish_round(COORDINATOR, round_.pk, at=PUBLISHED_AT)
    answer(seeker, True)
    settled(round_)
    assert free_and_held(practice) == (2, 0)


def test_a_weekly_number_limits_what_a_practice_brings() -> None:
    region = a_region()
    practice = a_practice(IntakePolicy(rule=OPEN.rule, valid_from=OPEN.valid_from, weekly=2), 9, region=region)
    round_ = computed(region)
    assert free_and_held(practice) == (7, 2)
    carried_out(settled(publish_round(COORDINATOR, round_.pk, at=PUBLISHED_AT)))
    assert free_and_held(practice) == (9, 0)
    later = days_after(21, FROZEN_AT)
    frozen(region, at=later)
    assert free_and_held(practice) == (3, 6), "three weeks of two"


def test_a_cancelled_round_takes_no_weeks_of_a_practice() -> None:
    region = a_region()
    practice = a_practice(IntakePolicy(rule=OPEN.rule, valid_from=OPEN.valid_from, weekly=2), 9, region=region)
    carried_out(settled(published(region)))
    brought = []
    for days in (21, 22, 28):
        at = days_after(days, FROZEN_AT)
        round_ = frozen(region, at=at)
        brought.append(free_and_held(practice)[1])
        cancel_round(COORDINATOR, round_.pk, at=at)
    assert brought == [6, 6, 8], "two for each week since the round that was carried out"


def test_a_place_that_nobody_has_confirmed_frees_nothing() -> None:
    region = a_region()
    first, second = (a_practice(SWAP_ONLY, region=region) for _ in range(2))
    unconfirmed = a_person()
    an_enrolment(unconfirmed, first, confirmed=False)
    a_request(unconfirmed, wishes=[second])
    a_seeker(second, first)
    round_ = computed(region)
    assert not PlannedMove.objects.filter(round=round_).exists()


def test_only_wishes_that_the_practices_own_rule_admits_are_in_the_file() -> None:
    region, elsewhere = a_region(), a_region()
    wanted, full = a_practice(free=1, region=region), a_practice(SWAP_ONLY, region=region)
    seeker = a_seeker(None, wanted, full, a_practice(free=1, region=elsewhere))
    stranger = a_seeker(None, a_practice(free=1, region=elsewhere), wanted)
    round_ = frozen(region)
    (entry,) = Entry.objects.filter(round=round_)
    assert entry.request == seeker.request
    assert stranger.request.region == elsewhere
    assert entry.rows.count("\n") == 4, "a request, a member and two wishes in the region"


def test_who_misses_a_yes_or_has_an_offer_takes_no_part() -> None:
    region, elsewhere = a_region(), a_region()
    wanted, other = a_practice(free=5, region=region), a_practice(free=1, region=elsewhere)
    person = a_person()
    a_request(person, members=[person, a_person(person.household)], wishes=[wanted], consented=False)
    offered = a_seeker(None, wanted, other)
    offer_to_first(SYSTEM, other.pk, at=AT)
    assert offered.state == "offered"
    assert not Entry.objects.filter(round=frozen(region)).exists()


def test_a_round_waits_for_the_open_offers_of_its_region() -> None:
    region = a_region()
    practice = a_practice(free=1, region=region)
    a_seeker(None, practice)
    offer_to_first(SYSTEM, practice.pk, at=AT)
    round_ = closing(region)
    with pytest.raises(Refusal) as refused:
        freeze(round_)
    assert (refused.value.code, refused.value.facts) == (RefusalCode.ROUND_NOT_READY, {"offers": 1})


def test_a_region_has_one_running_round_and_numbers_them() -> None:
    region = a_region()
    first = open_round(COORDINATOR, region.pk, at=AT)
    with pytest.raises(Refusal) as refused:
        open_round(COORDINATOR, region.pk, at=AT)
    assert refused.value.code is RefusalCode.ROUND_ALREADY_OPEN
    cancel_round(COORDINATOR, first.pk, at=AT)
    assert open_round(COORDINATOR, region.pk, at=AT).number == 2
    assert open_round(COORDINATOR, a_region().pk, at=AT).number == 1


def test_a_frozen_round_is_never_frozen_again_nor_opened() -> None:
    region = a_region()
    a_seeker(None, a_practice(free=1, region=region))
    round_ = frozen(region)
    before = (round_.input_sha256, round_.leaves_root, round_.beacon_round)
    with pytest.raises(Refusal) as refused:
        freeze(round_, at=hours_after(5))
    assert refused.value.code is RefusalCode.ROUND_FROZEN
    cancel_round(COORDINATOR, round_.pk, at=hours_after(6))
    with pytest.raises(Refusal):
        freeze(round_, at=hours_after(7))
    round_.refresh_from_db()
    assert (round_.input_sha256, round_.leaves_root, round_.beacon_round) == before, "it stays listed with its hash"


@pytest.mark.parametrize("bring", [frozen, computed])
def test_cancelling_frees_what_was_held_and_leaves_no_exchange_waiting(bring: object) -> None:
    region = a_region()
    practice = a_practice(free=2, region=region)
    seeker = a_seeker(None, practice)
    assert callable(bring)
    round_ = bring(region)
    cancel_round(COORDINATOR, round_.pk, at=hours_after(6))
    assert free_and_held(practice) == (2, 0)
    assert seeker.state == "waiting"
    assert not Exchange.objects.exclude(state="fallen").exists()


def test_what_is_public_cannot_be_cancelled() -> None:
    region = a_region()
    a_swap(region)
    round_ = published(region)
    with pytest.raises(Refusal) as refused:
        cancel_round(COORDINATOR, round_.pk, at=hours_after(6))
    assert refused.value.code is RefusalCode.NOT_ALLOWED_NOW


def test_nothing_is_published_that_was_not_computed_and_verified() -> None:
    region = a_region()
    a_swap(region)
    round_ = frozen(region)
    with pytest.raises(Refusal) as refused:
        publish_round(COORDINATOR, round_.pk, at=PUBLISHED_AT)
    assert refused.value.code is RefusalCode.ROUND_NOT_READY
    draw(SYSTEM, round_.pk, beacon=BEACON, at=DRAWN_AT)
    compute(SYSTEM, round_.pk, at=DRAWN_AT)
    Round.objects.filter(pk=round_.pk).update(is_verified=False)
    with pytest.raises(Refusal):
        publish_round(COORDINATOR, round_.pk, at=PUBLISHED_AT)
    Round.objects.filter(pk=round_.pk).update(is_verified=True)


def test_the_draw_waits_for_its_moment_and_is_drawn_once() -> None:
    region = a_region()
    a_swap(region)
    round_ = frozen(region)
    assert round_.beacon_round is not None
    assert not draw(SYSTEM, round_.pk, beacon=BEACON, at=BEACON.due_at(round_.beacon_round) - timedelta(seconds=1))
    round_.refresh_from_db()
    assert (round_.state, round_.seed) == ("frozen", "")
    assert draw(SYSTEM, round_.pk, beacon=BEACON, at=DRAWN_AT)
    round_.refresh_from_db()
    seed = round_.seed
    assert draw(SYSTEM, round_.pk, beacon=BEACON, at=hours_after(9))
    round_.refresh_from_db()
    assert (round_.state, round_.seed) == ("drawn", seed)


def test_the_draw_of_a_freeze_is_made_well_after_it() -> None:
    round_ = frozen(a_region())
    assert round_.beacon_round is not None
    assert BEACON.due_at(round_.beacon_round) > FROZEN_AT + BEACON.lead
    assert round_.own_moment_at == BEACON.due_at(round_.beacon_round)


def test_a_freeze_that_ends_when_its_draw_is_known_already_is_refused() -> None:
    region = a_region()
    practice = a_practice(free=3, region=region)
    round_ = closing(region)
    drawn_at = BEACON.due_at(BEACON.round_after(FROZEN_AT + BEACON.lead))
    with pytest.raises(Refusal) as refused:
        freeze_round(COORDINATOR, round_.pk, beacon=BEACON, at=FROZEN_AT, clock=stopped_at(drawn_at))
    assert (refused.value.code, refused.value.facts) == (RefusalCode.ROUND_NOT_READY, {"drawn_at": drawn_at})
    round_.refresh_from_db()
    assert (round_.state, round_.input_sha256, free_and_held(practice)) == ("closing", "", (3, 0))
    just_before = stopped_at(drawn_at - timedelta(microseconds=1))
    freeze_round(COORDINATOR, round_.pk, beacon=BEACON, at=FROZEN_AT, clock=just_before)


def test_present_practices_elsewhere_are_in_the_file_without_places() -> None:
    region, elsewhere = a_region(), a_region()
    far, near = a_practice(free=4, region=elsewhere), a_practice(free=1, region=region)
    seeker = a_seeker(far, near)
    round_ = published(region)
    rows = bytes(round_.files.get(name="practices.csv", is_input=True).content).decode().splitlines()
    assert f"{far.agb},0,yes," in rows
    assert f"{near.agb},1,yes,{region.slug}" in rows
    answer(seeker, True)
    carried_out(settled(round_))
    assert seeker.practice == near
    assert free_and_held(far) == (5, 0), "what is left there goes to that practice's queue"
