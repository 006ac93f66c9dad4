# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""An offer tells from where to where and until when; each who decides says yes or no."""

from datetime import date, timedelta

import pytest
from tests.builders import (
    AT,
    SYSTEM,
    a_citizen,
    a_household,
    a_person,
    a_practice,
    a_region,
    a_request,
    hours_after,
)
from tests.integration.rounds.running import PUBLISHED_AT, a_swap, published
from tests.integration.web.citizen.conftest import SetClock
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.enrolments.models import Move
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import Offer, OfferAnswer
from huisartsplek.requests.offers import offer_to_first
from huisartsplek.requests.queries import offer_of, request_of
from huisartsplek.web.citizen.offer_map import what_one_wins

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Practice:
    return a_practice(name="Praktijk De Brink", place="Deventer", longitude=6.155, latitude=52.25)


@pytest.fixture
def there() -> Practice:
    return a_practice(free=4, name="Praktijk De Lindehof")


@pytest.fixture
def fatima(here: Practice) -> Person:
    return a_person(a_household(), given_name="Fatima", enrolled_at=here)


@pytest.fixture
def joris(fatima: Person, here: Practice) -> Person:
    return a_person(fatima.household, given_name="Joris", enrolled_at=here)


@pytest.fixture
def sami(fatima: Person, joris: Person, here: Practice) -> Person:
    parents = [fatima, joris]
    return a_person(
        fatima.household, given_name="Sami", birth_date=date(2018, 1, 1), parents=parents, enrolled_at=here
    )


@pytest.fixture
def offer(fatima: Person, joris: Person, sami: Person, there: Practice) -> Offer:
    a_request(fatima, wishes=[there], members=[fatima, joris, sami])
    made = offer_to_first(SYSTEM, there.pk, at=AT)
    assert made is not None
    return made


def test_the_page_says_from_where_to_where_until_when_and_who_answered(offer: Offer, fatima: Person) -> None:
    text = " ".join(browser_of(fatima).get(f"/mijn/aanbod/{offer.pk}").content.decode().split())
    for words in (
        "Er is plek voor uw gezin bij Praktijk De Lindehof",
        "Dit is uw eerste wens.",
        "<strong>donderdag 5 maart, 11.00 uur</strong>. U hebt nog 3 dagen.",
        "Praktijk De Brink, Deventer",
        "U bent nu aan de beurt",
        "kilometer dichterbij.",
        "Nu nog niets. De praktijk hoort pas dat u weggaat",
        "Zegt u nee, dan hoort de praktijk niets.",
        "data-hp-map",
        "Hoe werkt een ruilronde?",
        "Nee, wij blijven bij Praktijk De Brink",
        "Doet u <b>niets</b>? Dan telt dat als nee.",
    ):
        assert words in text, words


def test_the_offer_is_the_task_on_the_own_page_until_one_has_answered(offer: Offer, fatima: Person) -> None:
    browser = browser_of(fatima)
    assert browser.get("/mijn").context["task"].kind == "offer"
    browser.post(f"/mijn/aanbod/{offer.pk}", {"antwoord": "ja"})
    assert browser.get("/mijn").context["task"] is None


def test_every_yes_that_is_needed_plans_the_move(offer: Offer, fatima: Person, joris: Person) -> None:
    first = browser_of(fatima).post(f"/mijn/aanbod/{offer.pk}", {"antwoord": "ja"}, follow=True)
    assert "Nu wachten wij op de anderen in uw gezin" in first.content.decode()
    assert not Move.objects.exists()
    last = browser_of(joris).post(f"/mijn/aanbod/{offer.pk}", {"antwoord": "ja"}, follow=True)
    assert "U stapt op" in last.content.decode()
    assert Move.objects.filter(state="planned").count() == 3


def test_one_no_is_the_no_of_the_household(offer: Offer, fatima: Person, joris: Person) -> None:
    browser_of(fatima).post(f"/mijn/aanbod/{offer.pk}", {"antwoord": "ja"})
    done = browser_of(joris).post(f"/mijn/aanbod/{offer.pk}/nee", follow=True)
    assert "U houdt uw huisarts en uw plek in de rij" in done.content.decode()
    offer.refresh_from_db()
    assert offer.state == "declined"
    again = browser_of(fatima).post(f"/mijn/aanbod/{offer.pk}", {"antwoord": "ja"}, follow=True)
    assert "al afgehandeld" in again.content.decode()
    assert "Er is nee gezegd" in browser_of(fatima).get(f"/mijn/aanbod/{offer.pk}").content.decode()


def test_a_no_is_asked_once_more_with_what_one_keeps(offer: Offer, fatima: Person) -> None:
    browser = browser_of(fatima)
    asked = browser.post(f"/mijn/aanbod/{offer.pk}", {"antwoord": "nee"}, follow=True)
    assert not OfferAnswer.objects.exists(), "a page from before said no at once"
    text = " ".join(asked.content.decode().split())
    for words in (
        "Zegt u nee tegen Praktijk De Lindehof?",
        "er komt geen straf",
        "Uw huisarts van nu: Praktijk De Brink.",
        "met uw datum: 2 maart 2026",
        "telt één ronde niet mee",
        "Uw nee telt voor iedereen in uw verzoek",
        "Terug, ik wil nog kijken",
    ):
        assert words in text, words
    browser.post(f"/mijn/aanbod/{offer.pk}/nee")
    again = browser.get(f"/mijn/aanbod/{offer.pk}/nee")
    assert again.status_code == 302, "it was said"
    assert browser_of(a_person()).post(f"/mijn/aanbod/{offer.pk}/nee").status_code == 404


def test_after_the_deadline_an_answer_is_refused_and_the_page_says_so(
    offer: Offer, fatima: Person, set_clock: SetClock
) -> None:
    set_clock(offer.answer_by + timedelta(seconds=1))
    browser = browser_of(fatima)
    assert "De tijd om te antwoorden is voorbij" in browser.get(f"/mijn/aanbod/{offer.pk}").content.decode()
    page = browser.post(f"/mijn/aanbod/{offer.pk}", {"antwoord": "ja"}, follow=True)
    assert "De tijd om te antwoorden is voorbij" in page.content.decode()
    assert not OfferAnswer.objects.exists()


def test_a_child_without_a_say_sees_the_offer_and_cannot_answer(offer: Offer, sami: Person) -> None:
    browser = browser_of(sami)
    assert "Wat is uw antwoord?" not in browser.get(f"/mijn/aanbod/{offer.pk}").content.decode()
    page = browser.post(f"/mijn/aanbod/{offer.pk}", {"antwoord": "ja"}, follow=True)
    assert "mag iemand anders over beslissen" in page.content.decode()
    assert not OfferAnswer.objects.exists()


@pytest.mark.parametrize("said", ["", "JA", "ja " * 2000])
def test_what_is_neither_yes_nor_no_is_no_answer(offer: Offer, fatima: Person, said: str) -> None:
    assert browser_of(fatima).post(f"/mijn/aanbod/{offer.pk}", {"antwoord": said}).status_code == 200
    assert not OfferAnswer.objects.exists()


def test_the_same_yes_twice_is_one_answer(offer: Offer, fatima: Person) -> None:
    browser = browser_of(fatima)
    for _ in range(2):
        browser.post(f"/mijn/aanbod/{offer.pk}", {"antwoord": "ja"})
    assert OfferAnswer.objects.count() == 1


def test_a_yes_in_a_round_can_become_a_no_until_the_deadline(set_clock: SetClock) -> None:
    region = a_region()
    first, *_ = a_swap(region)
    published(region)
    set_clock(PUBLISHED_AT)
    url = f"/mijn/aanbod/{first.offer.pk}"
    browser = browser_of(first.person)
    assert "Deze ruil is met 2 huishoudens" in browser.get(url).content.decode()
    yes = browser.post(url, {"antwoord": "ja"}, follow=True)
    assert "U kunt zich bedenken tot" in yes.content.decode()
    assert first.offer.state == "accepted"
    assert "U zei ja. Wilt u dat veranderen?" in browser.get(url).content.decode()
    set_clock(hours_after(70, PUBLISHED_AT))
    browser.post(f"{url}/nee")
    assert first.offer.state == "declined"
    assert first.state == "waiting"


def test_where_a_protected_housemate_is_and_lives_stays_out_of_the_offer(fatima: Person, there: Practice) -> None:
    canary = a_practice(name="Praktijk Kanarie", longitude=5.7, latitude=50.85)
    hidden = a_person(fatima.household, enrolled_at=canary, is_protected=True, longitude=5.7, latitude=50.85)
    Person.objects.filter(pk=fatima.pk).update(longitude=None, latitude=None)
    request = a_request(fatima, wishes=[there], members=[fatima, hidden])
    made = offer_to_first(SYSTEM, there.pk, at=AT)
    assert made is not None
    assert "Praktijk Kanarie" in browser_of(hidden).get(f"/mijn/aanbod/{made.pk}").content.decode()
    actor = a_citizen(fatima)
    assert offer_of(actor, made.pk, at=AT) is None, "it would tell where they go"
    assert request_of(actor, request.pk, at=AT) is None
    browser = browser_of(fatima)
    assert browser.get(f"/mijn/aanbod/{made.pk}").status_code == 404
    home = browser.get("/mijn").content.decode()
    assert there.name not in home
    assert "Praktijk Kanarie" not in home


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (5.0, 1.0, "U fietst ongeveer 19 minuten minder per rit."),
        (1.0, 5.0, "U fietst ongeveer 19 minuten langer per rit."),
        (25.0, 5.0, "minder per rit, met de auto."),
        (4.0, 4.0, "ongeveer even lang"),
        (127.0, 0.8, "126 kilometer dichterbij"),
        (0.8, 127.0, "126 kilometer verder weg"),
        (None, 1.0, ""),
        (1.0, None, ""),
    ],
)
def test_what_one_wins_is_an_estimate_and_says_so(now: float | None, then: float | None, said: str) -> None:
    text = what_one_wins(now, then)
    assert said in text
    assert bool(text) is bool(said)
    if "per rit" in text or "even lang" in text:
        assert "schatting" in text


def test_an_exchange_with_a_letter_says_why_there_is_more_time_and_names_nobody(set_clock: SetClock) -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    Person.objects.filter(pk=second.person.pk).update(channel=Person.Channel.LETTER)
    published(region)
    set_clock(PUBLISHED_AT)
    text = browser_of(first.person).get(f"/mijn/aanbod/{first.offer.pk}").content.decode()
    assert "want er moet een brief heen en weer: 7 werkdagen. Dat geldt voor iedereen in deze ruil." in text
    assert second.person.given_name not in text
