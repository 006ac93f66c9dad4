# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every no says why, by which rule, where to complain and who helps; and stands in a list to take along."""

import json

import pytest
from tests.builders import (
    CLOSED,
    OPEN,
    PRACTICE_STAFF,
    SWAP_ONLY,
    a_person,
    a_practice,
    a_region,
    a_request,
    hours_after,
)
from tests.integration.rounds.running import PUBLISHED_AT, a_seeker, a_swap, answer, computed, published, settled
from tests.integration.web.citizen.conftest import SetClock
from tests.integration.web.citizen.logged_in import browser_of
from tests.integration.web.coordinator.at_work import staff_browser

from huisartsplek.accounts.roles import Role
from huisartsplek.practices.models import Insurer, Places
from huisartsplek.practices.services import set_intake
from huisartsplek.requests.prospects import Why
from huisartsplek.requests.refused import REFUSED_AT_ONCE, REFUSED_BY_THE_RULE
from huisartsplek.rules.refusals import PracticeRefusal
from huisartsplek.rules.reviews import Reviewed
from huisartsplek.web.citizen.refusals import because_text
from huisartsplek.web.components.status import say

pytestmark = pytest.mark.django_db
HELP = ("klachtenregeling", "geschilleninstantie", "Vraag hulp aan mijn verzekeraar")


def test_whatever_can_be_kept_has_words() -> None:
    kept: list[tuple[Reviewed, str]] = [(Reviewed.WISH, why) for why in REFUSED_BY_THE_RULE]
    kept += [(Reviewed.AT_ONCE, code) for code in REFUSED_AT_ONCE]
    kept += [(Reviewed.PRACTICE_NO, because) for because in PracticeRefusal]
    for outcome, code in kept:
        assert because_text(outcome, code).endswith(".")
    assert Why.RESTS not in REFUSED_BY_THE_RULE, "that was their own no"


def test_a_no_is_listed_with_its_day_practice_reason_and_the_rule_as_it_was_then() -> None:
    person, closed = a_person(), a_practice(CLOSED, name="Praktijk De Dam")
    a_request(person, wishes=[closed])
    seen = Places.objects.get(pk=closed.pk).version
    set_intake(PRACTICE_STAFF, closed.pk, policy=OPEN, people_more=1, seen_version=seen, at=hours_after(1))
    browser = browser_of(person)
    home = browser.get("/mijn").content.decode()
    assert "2 maart 2026, Praktijk De Dam: De praktijk nam niemand aan en ruilde niet." in home
    page = browser.get("/mijn/nee").content.decode()
    for words in ("Praktijk De Dam", "2 maart 2026", "De praktijk nam niemand aan", say(CLOSED), *HELP):
        assert words in page, words
    assert say(OPEN) not in page
    file = json.loads(browser.get("/mijn/gegevens/meenemen/json").content)
    assert "requests.RecordedRefusal" in json.dumps(file)
    assert '"reason": "closed"' in json.dumps(file)
    assert "U hoorde nog nergens nee" in browser_of(a_person()).get("/mijn/nee").content.decode()


def test_a_no_at_once_shows_the_rule_and_who_helps() -> None:
    person, full = a_person(), a_practice(OPEN)
    request = a_request(person, wishes=[full])
    browser = browser_of(person)
    page = browser.post(f"/mijn/verzoek/{request.pk}/nu/{full.slug}", follow=True).content.decode()
    for words in (say(OPEN), *HELP):
        assert words in page, words
    assert "De praktijk had niet genoeg plek." in browser.get("/mijn/nee").content.decode()


def test_not_this_round_is_listed_once_it_is_public_with_the_rules_of_its_day(set_clock: SetClock) -> None:
    region = a_region()
    full = a_practice(SWAP_ONLY, region=region)
    loser = a_seeker(a_practice(SWAP_ONLY, region=region), full)
    browser = browser_of(loser.person)
    computed(region)
    assert "U hoorde nog nergens nee" in browser.get("/mijn/nee").content.decode()
    other = a_region()
    mine = a_practice(SWAP_ONLY, region=other)
    again = a_seeker(a_practice(SWAP_ONLY, region=other), mine)
    round_ = published(other)
    seen = Places.objects.get(pk=mine.pk).version
    set_intake(PRACTICE_STAFF, mine.pk, policy=OPEN, people_more=0, seen_version=seen, at=PUBLISHED_AT)
    set_clock(PUBLISHED_AT)
    browser = browser_of(again.person)
    page = browser.get("/mijn/nee").content.decode()
    assert f"/mijn/rondes/{round_.pk}" in page
    outcome = browser.get(f"/mijn/rondes/{round_.pk}").content.decode()
    for words in (mine.name, say(SWAP_ONLY), *HELP, "Laat een mens meekijken", "Hoe werkt een ruilronde?"):
        assert words in outcome, words
    assert say(OPEN) not in outcome


def test_ones_own_no_is_no_refusal_and_somebody_elses_is(set_clock: SetClock) -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    round_ = published(region)
    answer(first, says_yes=False)
    answer(second, says_yes=True)
    settled(round_)
    set_clock(PUBLISHED_AT)
    address = f"/mijn/rondes/{round_.pk}"
    assert address not in browser_of(first.person).get("/mijn/nee").content.decode()
    page = browser_of(second.person).get("/mijn/nee").content.decode()
    assert address in page
    assert first.person.given_name not in page


def test_the_insurers_help_begins_with_one_yes_and_ends_with_one_button() -> None:
    person = a_person()
    a_request(person, wishes=[a_practice(CLOSED)])
    insurer = Insurer.objects.create(uzovi="0901", name="Waterland Zorg")
    other = Insurer.objects.create(uzovi="0902", name="De Molen")
    browser, url = browser_of(person), "/mijn/verzekeraar"
    at_work, elsewhere = (staff_browser(Role.MEDIATOR, one.pk) for one in (insurer, other))
    for typed in (
        {},
        {"verzekeraar": str(insurer.pk)},
        {"toestemming": "on"},
        {"verzekeraar": "x", "toestemming": "on"},
    ):
        assert "Fout:" in browser.post(url, typed).content.decode()
    assert person.family_name not in at_work.get("/verzekeraar").content.decode()
    told = browser.post(url, {"verzekeraar": str(insurer.pk), "toestemming": "on"}, follow=True).content.decode()
    assert "Waterland Zorg ziet nu dat u een huisarts zoekt." in told
    assert "Hulp van Waterland Zorg" in browser.get("/mijn").content.decode()
    assert "Hulp van uw zorgverzekeraar" in browser.get("/mijn/gegevens").content.decode()
    seen = at_work.get("/verzekeraar").content.decode()
    assert person.full_name in seen
    assert person.postcode not in seen
    assert person.full_name not in elsewhere.get("/verzekeraar").content.decode()
    assert "bemiddelaar van een verzekeraar" in browser.get("/mijn/inzage").content.decode().lower()
    browser.post(url, {"stop": "ja"})
    assert person.full_name not in at_work.get("/verzekeraar").content.decode()
