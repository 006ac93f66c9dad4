# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A yes given before there is an offer: from everybody, for its wish and its days, and never the last word."""

from datetime import date, timedelta

import pytest
from tests.builders import (
    AT,
    SWAP_ONLY,
    SYSTEM,
    TODAY,
    a_citizen,
    a_person,
    a_practice,
    a_region,
    a_request,
)
from tests.integration.rounds.running import (
    DRAWN_AT,
    PUBLISHED_AT,
    Seeker,
    a_seeker,
    a_swap,
    answer,
    computed,
    published,
    settled,
)

from huisartsplek.audit.models import AuditEvent
from huisartsplek.notices.models import Notice
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice, Region
from huisartsplek.requests.beforehand import ask_first, choices_of, say_yes_beforehand
from huisartsplek.requests.facts import facts_of
from huisartsplek.requests.models import OfferAnswer, YesBeforehand
from huisartsplek.requests.services import change_wishes
from huisartsplek.rounds.messages import tell_some
from huisartsplek.rounds.publishing import publish_round
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=60)


@pytest.fixture
def region() -> Region:
    return a_region()


def yes(seeker: Seeker, practice: Practice, *, by: Person | None = None, until: date = LATER) -> YesBeforehand:
    person = by or seeker.person
    return say_yes_beforehand(SYSTEM, seeker.request.pk, practice.pk, by=person, until=until, at=AT)


def test_an_offer_on_such_a_wish_is_accepted_at_once_by_the_system_on_the_ground_of_consent(region: Region) -> None:
    first, second, _, there = a_swap(region)
    yes(first, there)
    round_ = published(region)
    assert (first.offer.state, first.state) == ("accepted", "accepted")
    assert (second.offer.state, second.state) == ("open", "offered"), "who did not choose it is asked"
    event = AuditEvent.objects.get(kind="offer_answered")
    assert (event.actor_kind, event.ground, event.person_id) == ("system", "consent", first.person.pk)
    assert event.facts == {"says_yes": True, "beforehand": True}
    assert OfferAnswer.objects.get().is_beforehand
    tell_some(SYSTEM, round_.pk, at=PUBLISHED_AT)
    kinds = dict(Notice.objects.values_list("person_id", "kind"))
    assert kinds == {first.person.pk: "offer_accepted_beforehand", second.person.pk: "offer_made"}
    answer(second, says_yes=True)
    settled(round_)
    assert first.offer.state == second.offer.state == "standing"


def test_until_the_deadline_they_may_still_say_no_and_nobody_is_worse_off(region: Region) -> None:
    first, second, here, there = a_swap(region)
    yes(first, there)
    round_ = published(region)
    answer(first, says_yes=False)
    answer(second, says_yes=True)
    settled(round_)
    assert (first.offer.state, second.offer.state) == ("declined", "fallen")
    assert (first.practice, second.practice) == (here, there)
    assert choices_of(facts_of(first.request), first.person, at=AT) == {}, "who said no is asked first next time"


def test_an_own_yes_afterwards_is_one_own_answer(region: Region) -> None:
    first, _, _, there = a_swap(region)
    yes(first, there)
    published(region)
    answer(first, says_yes=True)
    kept = OfferAnswer.objects.get()
    assert (kept.says_yes, kept.is_beforehand) == (True, False)


@pytest.mark.parametrize("how", ["another wish", "over", "taken back", "not chosen"])
def test_without_a_yes_to_this_wish_on_this_day_they_are_asked(region: Region, how: str) -> None:
    first, _, _, there = a_swap(region)
    other = a_practice(SWAP_ONLY, region=region)
    change_wishes(SYSTEM, first.request.pk, wishes=[there.pk, other.pk], seen_version=first.request.version, at=AT)
    match how:
        case "another wish":
            yes(first, other)
        case "over":
            yes(first, there)
            YesBeforehand.objects.update(until=TODAY - timedelta(days=1))
        case "taken back":
            yes(first, there)
            ask_first(SYSTEM, first.request.pk, there.pk, by=first.person, at=AT)
    published(region)
    assert first.offer.state == "open"
    assert not OfferAnswer.objects.exists()


@pytest.mark.parametrize("is_everybody", [True, False])
def test_a_household_is_moved_without_asking_only_when_all_its_adults_chose_so(
    region: Region, is_everybody: bool
) -> None:
    here, there = a_practice(SWAP_ONLY, region=region), a_practice(free=3, region=region)
    mother = a_person(enrolled_at=here)
    father = a_person(mother.household, enrolled_at=here)
    child = a_person(mother.household, birth_date=date(2018, 1, 1), parents=[mother, father], enrolled_at=here)
    request = a_request(mother, wishes=[there], members=[mother, father, child])
    seeker = Seeker(mother, request)
    choice = choices_of(facts_of(request), mother, at=AT)
    assert choice == {}
    yes(seeker, there)
    assert choices_of(facts_of(request), mother, at=AT)[there.pk].is_complete is False
    if is_everybody:
        yes(seeker, there, by=father)
        assert choices_of(facts_of(request), mother, at=AT)[there.pk].is_complete
    published(region)
    assert seeker.offer.state == ("accepted" if is_everybody else "open")
    assert OfferAnswer.objects.count() == (2 if is_everybody else 0)


def test_a_child_of_thirteen_must_have_chosen_it_too(region: Region) -> None:
    here, there = a_practice(SWAP_ONLY, region=region), a_practice(free=3, region=region)
    mother = a_person(enrolled_at=here)
    child = a_person(mother.household, birth_date=date(2013, 1, 1), parents=[mother], enrolled_at=here)
    seeker = Seeker(mother, a_request(mother, wishes=[there], members=[mother, child]))
    yes(seeker, there)
    assert not choices_of(facts_of(seeker.request), mother, at=AT)[there.pk].is_complete
    yes(seeker, there, by=child)
    assert choices_of(facts_of(seeker.request), mother, at=AT)[there.pk].is_complete


def test_taking_it_back_after_the_outcome_leads_to_the_offer_and_changes_no_answer(region: Region) -> None:
    first, _, _, there = a_swap(region)
    yes(first, there)
    published(region)
    assert ask_first(SYSTEM, first.request.pk, there.pk, by=first.person, at=PUBLISHED_AT) == first.offer
    assert first.offer.state == "accepted"
    assert ask_first(SYSTEM, first.request.pk, there.pk, by=first.person, at=first.offer.answer_by) == first.offer
    late = first.offer.answer_by + timedelta(seconds=1)
    assert ask_first(SYSTEM, first.request.pk, there.pk, by=first.person, at=late) is None


def test_a_wish_that_goes_takes_its_yes_along_and_does_not_bring_it_back(region: Region) -> None:
    first, _, _, there = a_swap(region)
    other = a_practice(SWAP_ONLY, region=region)
    yes(first, there)
    for version, wishes in enumerate(([other.pk], [there.pk]), start=first.request.version):
        change_wishes(SYSTEM, first.request.pk, wishes=wishes, seen_version=version, at=AT)
    assert choices_of(facts_of(first.request), first.person, at=AT) == {}
    kinds = AuditEvent.objects.filter(kind__startswith="yes_beforehand").order_by("id")
    assert list(kinds.values_list("kind", flat=True)) == ["yes_beforehand_given", "yes_beforehand_withdrawn"]


def test_another_day_takes_the_place_of_the_first_and_the_same_day_twice_is_once(region: Region) -> None:
    first, _, _, there = a_swap(region)
    assert yes(first, there) == yes(first, there)
    yes(first, there, until=LATER + timedelta(days=1))
    assert choices_of(facts_of(first.request), first.person, at=AT)[there.pk].until == LATER + timedelta(days=1)
    assert YesBeforehand.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize("days", [-1, 181])
def test_a_day_before_today_or_past_the_maximum_is_refused(region: Region, days: int) -> None:
    first, _, _, there = a_swap(region)
    with pytest.raises(Refusal) as refused:
        yes(first, there, until=TODAY + timedelta(days=days))
    assert refused.value.code is RefusalCode.NOT_ALLOWED_NOW


def test_nobody_says_it_for_somebody_else_or_of_a_practice_they_did_not_wish(region: Region) -> None:
    first, second, _, there = a_swap(region)
    with pytest.raises(Refusal):
        yes(first, there, by=second.person)
    with pytest.raises(Refusal):
        yes(first, a_practice())
    with pytest.raises(Refusal):
        say_yes_beforehand(
            a_citizen(second.person), first.request.pk, there.pk, by=first.person, until=LATER, at=AT
        )
    with pytest.raises(Refusal):
        ask_first(a_citizen(second.person), first.request.pk, there.pk, by=first.person, at=AT)


def test_whoever_took_it_back_while_the_outcome_waited_is_asked(region: Region) -> None:
    first, _, _, there = a_swap(region)
    yes(first, there)
    round_ = computed(region)
    ask_first(SYSTEM, first.request.pk, there.pk, by=first.person, at=DRAWN_AT)
    publish_round(SYSTEM, round_.pk, at=PUBLISHED_AT)
    assert first.offer.state == "open"


def test_the_practice_one_has_is_the_last_wish_whatever_happens(region: Region) -> None:
    """It stands on no list: nobody can put it there, and every outcome but a move leaves it as it was."""
    here, full = a_practice(SWAP_ONLY, region=region), a_practice(SWAP_ONLY, region=region)
    with pytest.raises(Refusal) as refused:
        a_seeker(here, full, here)
    assert refused.value.code is RefusalCode.ALREADY_THERE
    waits = a_seeker(here, full)
    with pytest.raises(Refusal):
        change_wishes(
            SYSTEM, waits.request.pk, wishes=[here.pk, full.pk], seen_version=waits.request.version, at=AT
        )
    silent, declines, *_ = a_swap(region)
    before = [seeker.practice for seeker in (waits, silent, declines)]
    round_ = published(region)
    answer(declines, says_yes=False)
    settled(round_)
    assert [seeker.practice for seeker in (waits, silent, declines)] == before
    assert {seeker.state for seeker in (waits, silent, declines)} == {"waiting"}
