# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""At each wish one chooses to be asked first, or to say yes beforehand until a day; and it can always go."""

from datetime import date

import pytest
from tests.builders import SYSTEM, a_person, a_practice, a_region, a_request
from tests.integration.rounds.running import PUBLISHED_AT, a_swap, computed, published
from tests.integration.web.citizen.conftest import SetClock
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.requests.models import YesBeforehand
from huisartsplek.rounds.messages import tell_some

pytestmark = pytest.mark.django_db


def test_chosen_on_the_page_accepted_in_the_round_told_on_both_pages_and_taken_back(set_clock: SetClock) -> None:
    region = a_region()
    first, _second, _here, there = a_swap(region)
    browser = browser_of(first.person)
    url = f"/mijn/verzoek/{first.request.pk}/vooraf/{there.pk}"
    home = browser.get("/mijn").content.decode()
    assert "wij vragen het u eerst." in home
    assert url in home
    assert "tot en met welke dag" in browser.get(url).content.decode()
    done = browser.post(url, {"keuze": "vooraf", "tot": "1 juni 2026"}, follow=True).content.decode()
    assert "Bij een ruil zeggen wij ja voor u, tot en met 1 juni 2026." in done
    assert "wij zeggen ja voor u, tot en met 1 juni 2026." in done
    round_ = published(region)
    tell_some(SYSTEM, round_.pk, at=PUBLISHED_AT)
    set_clock(PUBLISHED_AT)
    offer = browser.get(f"/mijn/aanbod/{first.offer.pk}").content.decode()
    assert "Wij zeiden ja voor u, omdat u dat vooraf koos." in offer
    assert "Zei vooraf ja" in offer
    assert f"/mijn/aanbod/{first.offer.pk}/nee" in offer
    assert "Wij zeiden ja voor u" in browser.get("/mijn/berichten").content.decode()
    back = browser.post(url, {"keuze": "vraag"}, follow=True)
    assert "Wilt u dat niet? Zeg dan hier nee." in back.content.decode()
    assert back.redirect_chain[-1][0] == f"/mijn/aanbod/{first.offer.pk}"
    assert not YesBeforehand.objects.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Kies of wij het u eerst vragen"),
        ({"keuze": "vooraf"}, "Vul een dag in"),
        ({"keuze": "vooraf", "tot": "morgen"}, "Schrijf de datum zo"),
        ({"keuze": "vooraf", "tot": "1-3-2026"}, "Kies een dag van 2 maart 2026 tot en met 29 augustus 2026"),
        ({"keuze": "vooraf", "tot": "30-8-2026"}, "Kies een dag van 2 maart 2026 tot en met 29 augustus 2026"),
        ({"keuze": "altijd", "tot": "1-6-2026"}, "Kies één van de twee"),
    ],
)
def test_a_fault_is_told_and_keeps_nothing(typed: dict[str, str], said: str) -> None:
    person, practice = a_person(), a_practice()
    request = a_request(person, wishes=[practice])
    page = browser_of(person).post(f"/mijn/verzoek/{request.pk}/vooraf/{practice.pk}", typed)
    assert said in page.content.decode()
    assert "Fout:" in page.content.decode()
    assert not YesBeforehand.objects.exists()


def test_to_be_asked_first_needs_no_day() -> None:
    person, practice = a_person(), a_practice()
    request = a_request(person, wishes=[practice])
    url = f"/mijn/verzoek/{request.pk}/vooraf/{practice.pk}"
    browser = browser_of(person)
    browser.post(url, {"keuze": "vooraf", "tot": "1-6-2026"})
    page = browser.post(url, {"keuze": "vraag", "tot": "nooit"}, follow=True)
    assert "Bij een ruil vragen wij het u eerst." in page.content.decode()
    assert not YesBeforehand.objects.filter(withdrawn_at=None).exists()


def test_a_household_reads_that_not_everybody_chose_it() -> None:
    mother = a_person()
    father, practice = a_person(mother.household), a_practice()
    request = a_request(mother, wishes=[practice], members=[mother, father])
    url = f"/mijn/verzoek/{request.pk}/vooraf/{practice.pk}"
    chosen = {"keuze": "vooraf", "tot": "1-6-2026"}
    page = browser_of(mother).post(url, chosen, follow=True).content.decode()
    assert "Niet iedereen in uw huishouden koos dit." in page
    page = browser_of(father).post(url, chosen, follow=True).content.decode()
    assert "Niet iedereen in uw huishouden koos dit." not in page


def test_a_child_without_a_say_and_a_stranger_have_no_such_page() -> None:
    mother, practice = a_person(), a_practice()
    child = a_person(mother.household, birth_date=date(2018, 1, 1), parents=[mother])
    request = a_request(mother, wishes=[practice], members=[mother, child])
    url = f"/mijn/verzoek/{request.pk}/vooraf/{practice.pk}"
    for other in (child, a_person(mother.household), a_person()):
        assert browser_of(other).get(url).status_code == 404
    assert url not in browser_of(child).get("/mijn").content.decode()


def test_while_the_outcome_is_worked_out_the_choice_can_still_change() -> None:
    region = a_region()
    first, _second, _here, there = a_swap(region)
    browser, url = browser_of(first.person), f"/mijn/verzoek/{first.request.pk}/vooraf/{there.pk}"
    browser.post(url, {"keuze": "vooraf", "tot": "1-6-2026"})
    computed(region)
    assert (
        "Bij een ruil vragen wij het u eerst."
        in browser.post(url, {"keuze": "vraag"}, follow=True).content.decode()
    )
