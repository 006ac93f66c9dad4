# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A practice refuses before the switch date: for a listed reason, a whole household, and nobody loses anything."""

import pytest
from django.test import Client
from tests.builders import (
    AT,
    PRACTICE_STAFF,
    SYSTEM,
    a_household,
    a_person,
    a_practice,
    a_region,
    a_request,
    days_after,
)
from tests.integration.rounds.running import (
    Seeker,
    a_chain,
    a_swap,
    after_answers,
    answer,
    carried_out,
    free_and_held,
    published,
    settled,
    switch_morning,
)
from tests.integration.web.citizen.conftest import SetClock
from tests.integration.web.citizen.logged_in import browser_of
from tests.integration.web.practice.staff import browser_at

from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.models import Move
from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Places, Practice, Region
from huisartsplek.requests.models import Request
from huisartsplek.requests.moves import refuse_household, requests_due
from huisartsplek.requests.offers import offer_to_first
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rounds.models import Round
from huisartsplek.rules.refusals import AFTER_A_ROUND, PracticeRefusal, Refusal, RefusalCode

pytestmark = pytest.mark.django_db
SAID = "Bewaard. De overstap gaat niet door."


def a_family_on_its_way(practice: Practice, here: Practice) -> tuple[Request, list[Person]]:
    household = a_household()
    family = [a_person(household, enrolled_at=here) for _ in range(2)]
    request = a_request(family[0], members=family, wishes=[practice])
    admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    return request, family


def url_of(move: Move) -> str:
    return f"/praktijk/verplaatsing/{move.pk}"


def refuse(browser: Client, move: Move, because: str) -> str:
    answered = browser.post(url_of(move), {"because": because})
    assert answered.status_code == 302, answered.content.decode()
    return str(browser.get("/praktijk").content.decode())


@pytest.mark.parametrize("because", PracticeRefusal)
def test_a_household_is_refused_as_a_whole_and_everybody_keeps_what_they_have(because: PracticeRefusal) -> None:
    here, practice = a_practice(), a_practice(free=2)
    request, family = a_family_on_its_way(practice, here)
    moves = list(Move.objects.order_by("pk"))
    assert SAID in refuse(browser_at(practice), moves[0], because)
    assert {(m.state, m.refused_because) for m in Move.objects.all()} == {("cancelled", because.value)}
    assert Places.objects.get(pk=practice.pk).free == 2
    request.refresh_from_db()
    assert (request.state, request.since) == ("waiting", AT)
    for person in family:
        assert person.enrolments.get(ends_on=None).practice == here
        assert Notice.objects.filter(person_id=person.pk, kind=NoticeKind.MOVE_CANCELLED).count() == 1
    called_off = AuditEvent.objects.filter(kind="advanced", thing_type="enrolments.move", facts__event="cancel")
    assert {(event.person_id, event.facts["reason"]) for event in called_off} == {
        (person.pk, because.value) for person in family
    }
    assert requests_due(days_after(30)) == []


def test_a_refusal_counts_as_the_households_own_no_so_the_place_goes_to_the_next() -> None:
    practice = a_practice(free=1)
    first, second = a_person(), a_person()
    request = a_request(first, wishes=[practice])
    (move,) = admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    later = a_request(second, wishes=[practice], at=days_after(1))
    refuse(browser_at(practice), move, "identity_not_established")
    assert request.wishes.get().rests_rounds == 1
    offer = offer_to_first(SYSTEM, practice.pk, at=days_after(1))
    assert offer is not None
    assert offer.request == later


def test_the_page_repeats_who_and_what_follows_before_anything_happens() -> None:
    practice = a_practice(free=2)
    request, family = a_family_on_its_way(practice, a_practice())
    move = Move.objects.filter(request_id=request.pk)[0]
    browser = browser_at(practice)
    page = browser.get(url_of(move)).content.decode()
    for person in family:
        assert person.full_name in page
    assert "Zij houden de huisarts van nu" in page
    assert set(Move.objects.values_list("state", flat=True)) == {"planned"}
    listed = AuditEvent.objects.filter(kind="people_listed", facts__view="practice_arrival")
    assert {event.person_id for event in listed} == {person.pk for person in family}


@pytest.mark.parametrize("because", ["", "health", "age"])
def test_another_reason_or_none_is_no_reason(because: str) -> None:
    practice = a_practice(free=2)
    request, _family = a_family_on_its_way(practice, a_practice())
    move = Move.objects.filter(request_id=request.pk)[0]
    answered = browser_at(practice).post(url_of(move), {"because": because})
    assert answered.status_code == 200
    assert "Kies een reden" in answered.content.decode()
    assert set(Move.objects.values_list("state", flat=True)) == {"planned"}


def test_from_the_switch_date_on_nobody_is_refused(set_clock: SetClock) -> None:
    practice = a_practice(free=2)
    request, _family = a_family_on_its_way(practice, a_practice())
    move = Move.objects.filter(request_id=request.pk)[0]
    set_clock(days_after(14))
    browser = browser_at(practice)
    assert browser.get(url_of(move))["Location"] == "/praktijk"
    assert SAID not in refuse(browser, move, "full")
    with pytest.raises(Refusal) as refused:
        refuse_household(PRACTICE_STAFF, move.pk, practice.pk, because=PracticeRefusal.FULL, at=days_after(14))
    assert refused.value.code is RefusalCode.NOT_ALLOWED_NOW
    assert set(Move.objects.values_list("state", flat=True)) == {"planned"}


def test_a_second_refusal_finds_nothing_left_to_refuse() -> None:
    practice = a_practice(free=2)
    request, _family = a_family_on_its_way(practice, a_practice())
    move = Move.objects.filter(request_id=request.pk)[0]
    browser = browser_at(practice)
    refuse(browser, move, "full")
    assert browser.post(url_of(move), {"because": "too_far"}).status_code == 404
    assert set(Move.objects.values_list("refused_because", flat=True)) == {"full"}
    assert Places.objects.get(pk=practice.pk).free == 2


def test_only_the_practice_they_go_to_refuses() -> None:
    here, practice = a_practice(), a_practice(free=2)
    request, _family = a_family_on_its_way(practice, here)
    move = Move.objects.filter(request_id=request.pk)[0]
    assert browser_at(here).get(url_of(move)).status_code == 404
    with pytest.raises(Refusal) as refused:
        refuse_household(PRACTICE_STAFF, move.pk, here.pk, because=PracticeRefusal.FULL, at=AT)
    assert refused.value.code is RefusalCode.UNKNOWN_PRACTICE


def standing(region: Region, seekers: list[Seeker]) -> Round:
    round_ = published(region)
    for seeker in seekers:
        answer(seeker, says_yes=True)
    return settled(round_)


@pytest.mark.parametrize("because", sorted(set(PracticeRefusal) - AFTER_A_ROUND))
def test_the_outcome_of_a_round_was_accepted_beforehand(because: PracticeRefusal, set_clock: SetClock) -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    round_ = standing(region, [first, second])
    set_clock(after_answers(round_))
    move = Move.objects.get(person=first.person)
    browser = browser_at(move.to_practice)
    assert f'value="{because}"' not in browser.get(url_of(move)).content.decode()
    assert browser.post(url_of(move), {"because": because}).status_code == 200
    with pytest.raises(Refusal):
        refuse_household(PRACTICE_STAFF, move.pk, move.to_practice_id, because=because, at=after_answers(round_))
    carried_out(round_)
    assert {first.state, second.state} == {"met"}


@pytest.mark.parametrize("because", sorted(AFTER_A_ROUND))
def test_in_a_swap_the_other_side_stays_too_and_loses_nothing(
    because: PracticeRefusal, set_clock: SetClock
) -> None:
    region = a_region()
    first, second, here, there = a_swap(region)
    round_ = standing(region, [first, second])
    set_clock(after_answers(round_))
    refuse(browser_at(there), Move.objects.get(person=first.person), because)
    set_clock(switch_morning(round_))
    carried_out(round_)
    assert (first.practice, second.practice) == (here, there)
    assert {first.state, second.state} == {"waiting"}
    assert Move.objects.get(person=second.person).refused_because == ""
    assert first.request.wishes.get().rests_rounds == 1
    assert second.request.wishes.get().rests_rounds == 0


def test_in_a_chain_those_nearer_the_free_place_go_on(set_clock: SetClock) -> None:
    region = a_region()
    seekers, practices = a_chain(region, 3)
    round_ = standing(region, seekers)
    set_clock(after_answers(round_))
    refuse(browser_at(practices[1]), Move.objects.get(person=seekers[1].person), "identity_not_established")
    carried_out(round_)
    assert [seeker.practice for seeker in seekers] == [practices[0], practices[2], None]
    assert [seeker.state for seeker in seekers] == ["met", "waiting", "waiting"]


def test_a_free_place_of_a_round_comes_back_to_the_practice_that_refused(set_clock: SetClock) -> None:
    region = a_region()
    seekers, practices = a_chain(region, 2)
    round_ = standing(region, seekers)
    set_clock(after_answers(round_))
    refuse(browser_at(practices[0]), Move.objects.get(person=seekers[0].person), "earlier_breach_of_trust")
    assert free_and_held(practices[0]) == (0, 0), "until the switch date the round's places stay where they are"
    carried_out(round_)
    assert free_and_held(practices[0]) == (1, 0)
    assert [seeker.practice for seeker in seekers] == [practices[1], None]


def test_the_person_reads_the_reason_on_their_own_page_and_others_do_not() -> None:
    practice = a_practice(free=1, name="Praktijk De Vlonder")
    person, other = a_person(), a_person()
    request = a_request(person, wishes=[practice, a_practice()])
    (move,) = admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    a_request(other, wishes=[practice])
    refuse(browser_at(practice), move, "earlier_breach_of_trust")
    page = browser_of(person).get("/mijn").content.decode()
    assert "Praktijk De Vlonder kan u niet aannemen" in page
    assert "Het vertrouwen tussen u en de praktijk is eerder geschaad." in page
    assert "kan u niet aannemen" not in browser_of(other).get("/mijn").content.decode()
