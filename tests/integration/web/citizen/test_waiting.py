# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one's own page offers while one waits: still looking, waking, keeping a place, and what would help."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import (
    AT,
    OPEN,
    SWAP_ONLY,
    SYSTEM,
    TODAY,
    a_person,
    a_practice,
    a_region,
    a_request,
    days_after,
    hours_after,
)
from tests.integration.web.citizen.conftest import SetClock
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.people.models import Person
from huisartsplek.practices.places import return_places
from huisartsplek.requests.models import Request
from huisartsplek.requests.offers import offer_to_first
from huisartsplek.requests.services import admit_at_once
from huisartsplek.requests.still_looking import ask_still_looking, take_silence
from huisartsplek.rules.intake import Clause, LivesIn, PartialStop, StopReason
from huisartsplek.web.citizen.drafts import is_step, rearranged

pytestmark = pytest.mark.django_db


def asked(request: Request) -> None:
    assert ask_still_looking(SYSTEM, request.pk, at=days_after(90)) is not None


def slept(request: Request) -> None:
    question = ask_still_looking(SYSTEM, request.pk, at=days_after(90))
    assert question is not None
    for day in (104, 118):
        take_silence(SYSTEM, question.pk, at=days_after(day))


def test_whether_one_still_looks_is_answered_with_one_button(set_clock: SetClock) -> None:
    person = a_person()
    request = a_request(person, wishes=[a_practice()])
    asked(request)
    set_clock(days_after(91))
    browser = browser_of(person)
    page = browser.get("/mijn")
    assert "Zoekt u nog een huisarts?" in page.content.decode()
    done = browser.post(page.context["task"].url, follow=True).content.decode()
    assert "U houdt de plek in de rij die u had" in done
    assert "Zoekt u nog een huisarts?" not in done


def test_a_sleeping_request_wakes_with_one_button_and_nothing_to_fill_in(set_clock: SetClock) -> None:
    person = a_person()
    request = a_request(person, wishes=[a_practice()])
    slept(request)
    set_clock(days_after(200))
    browser = browser_of(person)
    page = browser.get("/mijn")
    assert "Uw verzoek slaapt" in page.content.decode()
    assert "Uw plek in uw groep" not in page.content.decode()
    browser.post(page.context["task"].url)
    request.refresh_from_db()
    assert (request.state, request.since) == ("waiting", AT)


def test_nobody_else_answers_and_a_form_that_is_sent_twice_is_no_error(set_clock: SetClock) -> None:
    person = a_person()
    request = a_request(person, wishes=[a_practice()])
    asked(request)
    set_clock(days_after(91))
    url = f"/mijn/verzoek/{request.pk}/zoekt-nog"
    assert browser_of(a_person()).post(url).status_code == 404
    browser = browser_of(person)
    assert browser.post(url).status_code == browser.post(url).status_code == 302
    assert browser.get(url).status_code == 405


def test_a_place_below_ones_first_wish_may_be_taken_for_the_time_being() -> None:
    person, wanted, meanwhile = a_person(), a_practice(), a_practice()
    request = a_request(person, wishes=[wanted, meanwhile])
    return_places(meanwhile.pk, 1, reference=None, at=AT)
    offer = offer_to_first(SYSTEM, meanwhile.pk, at=AT)
    assert offer is not None
    browser = browser_of(person)
    page = browser.get(f"/mijn/aanbod/{offer.pk}")
    assert f"Wilt u blijven wachten op {wanted.name}?" in page.content.decode()
    done = browser.post(page.context["interim"].url, {"antwoord": "ja"}, follow=True).content.decode()
    assert f"U blijft wachten op {wanted.name}" in done
    assert Request.objects.get(pk=request.pk).interim_at == meanwhile
    browser.post(page.context["interim"].url, {"antwoord": "nee"})
    assert not Request.objects.filter(interim_at__isnull=False).exists()
    assert browser.post(page.context["interim"].url, {"antwoord": "misschien"}).status_code == 404
    assert browser_of(a_person()).post(page.context["interim"].url, {"antwoord": "ja"}).status_code == 404


def test_the_first_wish_asks_nothing_about_waiting_on() -> None:
    person, first = a_person(), a_practice(free=1)
    request = a_request(person, wishes=[first, a_practice()])
    admit_at_once(SYSTEM, request.pk, first.pk, at=AT)
    assert browser_of(person).get("/mijn").context["sections"][0].interim is None


def test_the_place_in_the_queue_is_a_band_of_ones_own_group_and_the_wait_is_not_made_up() -> None:
    practice, home = a_practice(), a_practice()
    for number in range(12):
        a_request(a_person(enrolled_at=home), wishes=[practice], at=hours_after(-2 - number))
    a_request(a_person(), wishes=[practice], at=hours_after(-1))
    person = a_person(enrolled_at=home)
    a_request(person, wishes=[practice])
    page = browser_of(person).get("/mijn").content.decode()
    assert "plek 11 tot 25" in page
    assert "Mensen zonder huisarts gaan voor. Dat zijn er hier minder dan 10." in page
    assert "Hoe lang het duurt, weten wij nog niet." in page
    without = Person.objects.exclude(enrolments__isnull=False).get()
    assert "plek 1 tot 10" in browser_of(without).get("/mijn").content.decode()


def test_what_would_help_is_named_only_where_it_is_so() -> None:
    region = a_region()
    busy, quiet = a_practice(region=region), a_practice(region=region, name="Praktijk Stil")
    elsewhere = replace(
        OPEN, rule=PartialStop((Clause((LivesIn(((1000, 1100),)),)),)), stop_reason=StopReason.FULL_LIST
    )
    a_practice(elsewhere, region=region, name="Praktijk Verboden")
    home = a_practice(SWAP_ONLY, region=region)
    for number in range(11):
        a_request(a_person(enrolled_at=home), wishes=[busy], at=hours_after(-1 - number))
    person = a_person(enrolled_at=home, confirmed=False)
    a_request(person, wishes=[busy])
    page = browser_of(person).get("/mijn")
    told = page.content.decode()
    assert "Bij Praktijk Stil" in told
    assert "Praktijk Verboden" not in told
    assert f"{home.name} heeft nog niet gezegd dat u daar patiënt bent" in told
    link = page.context["sections"][0].advice[0].url
    browser = browser_of(person)
    assert quiet.slug in link
    assert browser.post(f"{link}?gezien=1").status_code == 302
    assert Request.objects.get(filed_by=person).wishes.filter(practice=quiet).exists()
    assert "Bij Praktijk Stil" not in browser.get("/mijn").content.decode()


def test_a_place_that_is_free_and_a_place_to_swap_are_named() -> None:
    region = a_region()
    full, home = a_practice(region=region), a_practice(SWAP_ONLY, region=region)
    swapping = a_practice(SWAP_ONLY, region=region, name="Praktijk Ruil")
    open_ = a_practice(free=2, region=region, name="Praktijk Ruim")
    person = a_person(enrolled_at=home)
    a_request(person, wishes=[full])
    told = browser_of(person).get("/mijn").content.decode()
    assert f"Bij {open_.name}" in told
    assert "is nu plek" in told
    assert f"{swapping.name}" in told
    newcomer = a_person(enrolled_at=home, enrolled_on=TODAY - timedelta(days=30))
    a_request(newcomer, wishes=[full])
    assert "kunt u ruilen vanaf" in browser_of(newcomer).get("/mijn").content.decode()


def test_a_wish_that_is_dragged_to_a_place_lands_there() -> None:
    person, practices = a_person(), [a_practice() for _ in range(4)]
    request = a_request(person, wishes=practices)
    browser = browser_of(person)
    page = browser.get("/mijn").content.decode()
    assert f'id="wensen{request.pk}"' in page
    assert "data-order" in page
    browser.post(f"/mijn/verzoek/{request.pk}/wens/{practices[3].pk}/naar-2?gezien=1")
    now = [practices[0].pk, practices[3].pk, practices[1].pk, practices[2].pk]
    assert list(request.wishes.order_by("rank").values_list("practice_id", flat=True)) == now
    assert browser.post(f"/mijn/verzoek/{request.pk}/wens/{practices[3].pk}/naar-0?gezien=2").status_code == 404


@given(st.integers(1, 10), st.integers(1, 10), st.data())
def test_moving_to_a_place_keeps_everything_else_in_order(count: int, to: int, data: st.DataObject) -> None:
    row = list(range(count))
    thing = data.draw(st.sampled_from(row))
    found = rearranged(row, thing, f"naar-{to}")
    assert found.index(thing) == min(to, count) - 1
    assert [one for one in found if one != thing] == [one for one in row if one != thing]
    assert is_step(f"naar-{to}")
