# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round from its opening to the switch date: who gets what, and what a no or silence does."""

from datetime import date, timedelta

import pytest
from tests.builders import (
    COORDINATOR,
    OPEN,
    SYSTEM,
    TODAY,
    a_person,
    a_practice,
    a_region,
    a_request,
    an_enrolment,
    days_after,
    hours_after,
)
from tests.integration.rounds.running import (
    DRAWN_AT,
    PUBLISHED_AT,
    Seeker,
    a_chain,
    a_seeker,
    a_swap,
    after_answers,
    answer,
    carried_out,
    computed,
    free_and_held,
    frozen,
    published,
    settled,
    switch_morning,
)

from huisartsplek.enrolments.models import Enrolment, Move
from huisartsplek.notices.models import Notice
from huisartsplek.people.models import Person
from huisartsplek.people.services import end_person
from huisartsplek.requests.models import Offer
from huisartsplek.requests.offers import answer_offer, lapse_offer, offer_to_first
from huisartsplek.requests.services import withdraw_request
from huisartsplek.rounds.messages import tell_some
from huisartsplek.rounds.models import Entry, Exchange, RoundPlaces
from huisartsplek.rounds.publishing import publish_round
from huisartsplek.rounds.settling import settle_round
from huisartsplek.rounds.switching import exchanges_due, switch_exchange
from huisartsplek.rules.intake import IntakePolicy
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db


def test_two_people_swap_and_each_gets_the_others_place() -> None:
    region = a_region()
    first, second, here, there = a_swap(region)
    round_ = published(region)
    assert (round_.number, round_.state, round_.is_verified, round_.is_example_draw) == (1, "published", True, True)
    assert round_.seed.startswith(f"example:{round_.beacon_round}:")
    assert round_.answers_until == hours_after(72, PUBLISHED_AT)
    assert round_.switch_on == date(2026, 3, 19)
    exchange = Exchange.objects.get()
    assert (exchange.kind, exchange.persons, exchange.state) == ("cycle", 2, "proposed")
    for seeker in (first, second):
        assert seeker.state == "offered"
        answer(seeker, True)
        assert seeker.state == "accepted"
        assert seeker.practice in {here, there}
    assert (first.practice, second.practice) == (here, there), "nothing ends before the new place stands"
    round_ = settled(round_)
    assert (first.state, second.state) == ("moving", "moving")
    round_ = carried_out(round_)
    assert (first.practice, second.practice) == (there, here)
    assert (first.state, second.state) == ("met", "met")
    assert (round_.state, round_.fell_below_floor) == ("carried_out", 0)
    assert free_and_held(here) == free_and_held(there) == (0, 0)


@pytest.mark.parametrize("refuses", ["says no", "says nothing", "takes it back"])
def test_one_no_lets_a_cycle_fall_whole(refuses: str) -> None:
    region = a_region()
    first, second, here, there = a_swap(region)
    round_ = published(region)
    answer(first, True)
    if refuses == "takes it back":
        answer(second, True)
    if refuses != "says nothing":
        answer(second, False)
    round_ = settled(round_)
    assert (first.state, second.state) == ("waiting", "waiting")
    assert (first.practice, second.practice) == (here, there)
    assert not Move.objects.exists()
    assert Exchange.objects.get().state == "fallen"
    assert first.offer.state == "fallen"
    assert second.offer.state == ("lapsed" if refuses == "says nothing" else "declined")
    assert carried_out(round_).state == "carried_out"


def test_who_fell_by_anothers_no_goes_first_next_time_and_is_counted_and_who_said_no_is_not() -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    round_ = published(region)
    answer(first, True)
    answer(second, False)
    round_ = settled(round_)
    for seeker in (first, second):
        seeker.request.refresh_from_db()
    assert (first.request.goes_first, second.request.goes_first) == (True, False)
    assert round_.fell_below_floor == 1
    assert Entry.objects.get(fell_below_floor=True).request == first.request
    assert first.request.wishes.get().rests_rounds == 0
    assert second.request.wishes.get().rests_rounds == 1, "who declines a practice they listed loses that wish"


def test_the_next_round_lets_them_go_first_within_their_class_and_a_rested_wish_back_in() -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    round_ = published(region)
    answer(first, True)
    answer(second, False)
    carried_out(settled(round_))
    later = days_after(30)
    round_ = frozen(region, at=later)
    entry = Entry.objects.get(round=round_, request=first.request)
    assert f"{entry.alias},4," in entry.rows, "class 2, first within it"
    assert Entry.objects.get(round=round_, request=second.request).rows.count("\n") == 2, "no wish is left"
    assert second.request.wishes.get().rests_rounds == 0, "it sat out one round"


def test_in_a_chain_those_nearer_the_free_place_go_on() -> None:
    region = a_region()
    (nearest, middle, last), practices = a_chain(region)
    homes = [seeker.practice for seeker in (nearest, middle, last)]
    round_ = published(region)
    assert Exchange.objects.get().kind == "chain"
    answer(nearest, True)
    answer(middle, False)
    answer(last, True)
    round_ = carried_out(settled(round_))
    assert nearest.practice == practices[0]
    assert [middle.practice, last.practice] == homes[1:]
    assert (nearest.state, middle.state, last.state) == ("met", "waiting", "waiting")
    last.request.refresh_from_db()
    assert last.request.goes_first
    assert round_.fell_below_floor == 1
    assert free_and_held(practices[0]) == (0, 0)


def test_a_no_next_to_the_free_place_lets_the_whole_chain_fall_and_releases_the_place_to_the_queue() -> None:
    region = a_region()
    (nearest, middle, last), practices = a_chain(region)
    round_ = published(region)
    assert free_and_held(practices[0]) == (0, 1)
    waiting = a_seeker(None, practices[0], at=hours_after(4))
    answer(nearest, False)
    for seeker in (middle, last):
        answer(seeker, True)
    settled(round_)
    assert free_and_held(practices[0]) == (1, 0)
    row = RoundPlaces.objects.get(practice=practices[0])
    assert (row.held, row.used, row.released) == (1, 0, 1)
    offer = offer_to_first(SYSTEM, practices[0].pk, at=after_answers(round_))
    assert offer is not None
    assert offer.request == waiting.request


def test_a_household_answers_as_one_and_moves_as_one() -> None:
    region = a_region()
    wanted = a_practice(free=2, region=region)
    mother = a_person()
    partner = a_person(mother.household)
    family = Seeker(mother, a_request(mother, members=[mother, partner], wishes=[wanted]))
    round_ = published(region)
    answer(family, True)
    assert family.state == "offered"
    answer_offer(SYSTEM, family.offer.pk, person=partner, answered_by=partner, says_yes=False, at=PUBLISHED_AT)
    assert (family.state, family.offer.state) == ("waiting", "declined")
    round_ = settled(round_)
    assert free_and_held(wanted) == (2, 0)
    assert round_.fell_below_floor == 0


def test_a_household_that_says_yes_moves_whole() -> None:
    region = a_region()
    wanted = a_practice(free=2, region=region)
    mother = a_person()
    partner = a_person(mother.household)
    family = Seeker(mother, a_request(mother, members=[mother, partner], wishes=[wanted]))
    round_ = published(region)
    for person in (mother, partner):
        answer_offer(SYSTEM, family.offer.pk, person=person, answered_by=person, says_yes=True, at=PUBLISHED_AT)
    carried_out(settled(round_))
    assert Move.objects.filter(state="switched", to_practice=wanted).count() == 2
    assert RoundPlaces.objects.get().used == 2


def test_everybody_hears_of_their_offer_and_of_how_it_ended_once() -> None:
    region = a_region()
    (nearest, middle, last), _ = a_chain(region)
    round_ = published(region)
    for _ in range(2):
        tell_some(SYSTEM, round_.pk, at=PUBLISHED_AT)
    assert Notice.objects.filter(kind="offer_made").count() == 3
    answer(nearest, True)
    answer(last, True)
    round_ = settled(round_)
    for _ in range(2):
        tell_some(SYSTEM, round_.pk, at=after_answers(round_))
    told = dict(Notice.objects.exclude(kind="offer_made").values_list("person_id", "kind"))
    assert told == {
        nearest.person.pk: "move_planned",
        middle.person.pk: "offer_lapsed",
        last.person.pk: "offer_fell",
    }


@pytest.mark.parametrize("by_letter", [{"channel": Person.Channel.LETTER}, {"email": ""}])
def test_a_letter_gives_the_whole_exchange_seven_working_days(by_letter: dict[str, str]) -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    other = a_seeker(None, a_practice(free=1, region=region))
    Person.objects.filter(pk=first.person.pk).update(**by_letter)
    round_ = published(region)
    assert first.offer.answer_by == second.offer.answer_by == round_.answers_until
    assert other.offer.answer_by == hours_after(72, PUBLISHED_AT)
    assert round_.answers_until is not None
    assert round_.answers_until.date() == date(2026, 3, 11)
    with pytest.raises(Refusal) as refused:
        answer(other, True, at=days_after(5))
    assert refused.value.code is RefusalCode.DEADLINE_PASSED
    assert lapse_offer(SYSTEM, other.offer.pk, at=days_after(5)) is None, "a round's offers end together"


def test_a_round_is_settled_after_its_last_answer_and_once() -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    round_ = published(region)
    for seeker in (first, second):
        answer(seeker, True)
    assert round_.answers_until is not None
    assert not settle_round(SYSTEM, round_.pk, at=round_.answers_until)
    assert settle_round(SYSTEM, round_.pk, at=after_answers(round_))
    assert not settle_round(SYSTEM, round_.pk, at=after_answers(round_))
    assert Move.objects.count() == 2


def test_a_round_that_is_settled_late_switches_later_too() -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    round_ = published(region)
    for seeker in (first, second):
        answer(seeker, True)
    settle_round(SYSTEM, round_.pk, at=days_after(60))
    round_.refresh_from_db()
    assert round_.switch_on == date(2026, 5, 8)
    assert set(Move.objects.values_list("switch_on", flat=True)) == {date(2026, 5, 8)}


def test_who_died_between_freeze_and_publishing_gets_no_offer_and_counts_as_a_no() -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    round_ = computed(region)
    end_person(SYSTEM, first.person, Person.End.DIED, TODAY, DRAWN_AT)
    round_ = publish_round(COORDINATOR, round_.pk, at=PUBLISHED_AT)
    assert Offer.objects.get().request == second.request
    answer(second, True)
    settled(round_)
    assert second.state == "waiting"


@pytest.mark.parametrize("what", ["died", "withdrew", "was enrolled elsewhere"])
def test_what_happens_between_the_yes_and_the_settlement_is_a_no(what: str) -> None:
    region = a_region()
    (nearest, middle, last), practices = a_chain(region)
    round_ = published(region)
    for seeker in (nearest, middle, last):
        answer(seeker, True)
    happens(what, last)
    round_ = settled(round_)
    assert (nearest.state, middle.state) == ("moving", "moving")
    assert last.state == ("withdrawn" if what == "withdrew" else "waiting")
    assert round_.fell_below_floor == 0, "it was their own no"
    assert free_and_held(practices[0]) == (0, 0)
    carried_out(round_)
    assert middle.practice == practices[1]


@pytest.mark.parametrize("what", ["died", "withdrew", "was enrolled elsewhere"])
def test_what_happens_between_the_settlement_and_the_switch_is_a_no_too(what: str) -> None:
    region = a_region()
    (nearest, middle, last), practices = a_chain(region)
    homes = [nearest.practice, middle.practice, last.practice]
    round_ = published(region)
    for seeker in (nearest, middle, last):
        answer(seeker, True)
    round_ = settled(round_)
    happens(what, nearest)
    round_ = carried_out(round_)
    assert [middle.practice, last.practice] == homes[1:]
    assert (middle.state, last.state) == ("waiting", "waiting")
    assert free_and_held(practices[0]) == (1, 0), "the free place goes back to its practice"
    assert Exchange.objects.get().state == "fallen"
    middle.request.refresh_from_db()
    assert middle.request.goes_first
    assert round_.fell_below_floor == 2


@pytest.mark.parametrize("is_elsewhere", [False, True])
@pytest.mark.parametrize(
    ("swaps", "is_confirmed", "left"), [(True, True, 1), (False, True, 0), (True, False, 0)], ids=str
)
def test_a_leavers_place_that_nobody_takes_goes_to_the_queue_of_a_practice_that_refills_it(
    is_elsewhere: bool, swaps: bool, is_confirmed: bool, left: int
) -> None:
    region = a_region()
    policy = IntakePolicy(rule=OPEN.rule, valid_from=OPEN.valid_from, swaps=swaps)
    old = a_practice(policy, region=a_region() if is_elsewhere else region)
    new = a_practice(free=1, region=region)
    person = a_person()
    an_enrolment(person, old, confirmed=is_confirmed)
    leaver = Seeker(person, a_request(person, wishes=[new]))
    round_ = published(region)
    answer(leaver, True)
    round_ = settled(round_)
    waiting = a_seeker(None, old, at=switch_morning(round_))
    assert free_and_held(old) == (0, 0), "it is theirs until the switch"
    carried_out(round_)
    assert leaver.practice == new
    assert free_and_held(old) == (left, 0)
    offer = offer_to_first(SYSTEM, old.pk, at=switch_morning(round_))
    assert (offer.request if offer else None) == (waiting.request if left else None)


def test_who_says_no_to_a_leavers_place_leaves_it_to_the_queue() -> None:
    region = a_region()
    (nearest, middle, last), practices = a_chain(region)
    round_ = published(region)
    for seeker in (nearest, middle):
        answer(seeker, True)
    answer(last, False)
    carried_out(settled(round_))
    assert [free_and_held(practice) for practice in practices] == [(0, 0), (0, 0), (1, 0)]


def happens(what: str, seeker: Seeker) -> None:
    """Let something happen to somebody that no offer can wait for."""
    match what:
        case "died":
            end_person(SYSTEM, seeker.person, Person.End.DIED, TODAY, PUBLISHED_AT)
        case "withdrew":
            withdraw_request(SYSTEM, seeker.request.pk, by=seeker.person, at=PUBLISHED_AT)
        case _ if seeker.practice is None:
            an_enrolment(seeker.person, a_practice())
        case _:
            # A register says so: no service of ours does that.
            Enrolment.objects.filter(person=seeker.person).update(practice=a_practice())


def test_nothing_switches_before_the_switch_date_and_nothing_twice() -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    round_ = published(region)
    for seeker in (first, second):
        answer(seeker, True)
    round_ = settled(round_)
    exchange = Exchange.objects.get()
    early = switch_morning(round_) - timedelta(days=1)
    assert exchanges_due(round_.pk, at=early) == []
    assert not switch_exchange(SYSTEM, exchange.pk, at=early)
    carried_out(round_)
    assert not switch_exchange(SYSTEM, exchange.pk, at=switch_morning(round_))
    assert Move.objects.filter(state="switched").count() == 2


def test_an_empty_round_runs_too() -> None:
    assert carried_out(settled(published(a_region()))).state == "carried_out"
