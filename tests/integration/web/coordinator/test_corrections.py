# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A turn comes back: one coordinator proposes it, another gives it, and the person reads that and why."""

import pytest
from tests.builders import CLOSED, SYSTEM, a_household, a_person, a_practice, a_region, a_request, days_after
from tests.integration.web.citizen.logged_in import browser_of
from tests.integration.web.coordinator.at_work import coordinator_of
from tests.integration.web.coordinator.conftest import SetClock

from huisartsplek.requests.models import Request, Review
from huisartsplek.requests.services import withdraw_request
from huisartsplek.rounds.models import Correction

pytestmark = pytest.mark.django_db


def test_from_the_question_to_the_turn_that_is_back(set_clock: SetClock) -> None:
    set_clock(days_after(10))
    region = a_region()
    practice = a_practice(CLOSED, region=region, name="Praktijk De Dam")
    fatima = a_person(a_household(), given_name="Fatima", family_name="Zonneveld")
    earlier = a_request(fatima, wishes=[practice])
    withdraw_request(SYSTEM, earlier.pk, by=fatima, at=days_after(1))
    request = a_request(fatima, wishes=[practice], at=days_after(9))
    browser, first, second = browser_of(fatima), coordinator_of(region), coordinator_of(region)
    stranger = coordinator_of(a_region())
    browser.post(f"/mijn/verzoek/{request.pk}/meekijken/wens/{practice.pk}", {"waarom": "order"})
    review = Review.objects.get()
    proposing = f"/regio/beoordelingen/{review.pk}/herstel"
    early = first.get(proposing, follow=True).content.decode()
    assert "Bij deze vraag is nu niets te herstellen." in early, "no error was found yet"
    first.post(f"/regio/beoordelingen/{review.pk}", {"antwoord": "data_wrong"})
    assert proposing in first.get("/regio/beoordelingen").content.decode()
    assert stranger.get(proposing).status_code == 404
    form = first.get(proposing).content.decode()
    assert "2 maart 2026" in form, "the date of the request that ended"
    assert "Zonneveld" not in form
    assert "Fout:" in first.post(proposing, {"fout": "ended_wrongly", "beurt": "both"}).content.decode()
    first.post(proposing, {"fout": "ended_wrongly", "beurt": "both", "datum": "0"})
    correction = Correction.objects.get()
    deciding = f"/regio/herstel/{correction.pk}"
    assert deciding in second.get("/regio/beoordelingen").content.decode()
    assert stranger.post(deciding, {"besluit": "ja"}).status_code == 404
    assert "U stelde dit zelf voor" in first.get(deciding).content.decode()
    own = first.post(deciding, {"besluit": "ja"}, follow=True).content.decode()
    assert "Een andere coördinator van de regio beslist erover" in own
    assert Request.objects.get(pk=request.pk).since == days_after(9)
    assert "Ja, geef de beurt terug" in second.get(deciding).content.decode()
    second.post(deciding, {"besluit": "ja"})
    after = Request.objects.get(pk=request.pk)
    assert (after.since, after.goes_first) == (earlier.since, True)
    home = " ".join(browser.get("/mijn").content.decode().split())
    for words in (
        "U hebt uw beurt terug.",
        "Een eerder verzoek was ten onrechte gestopt.",
        "Die datum is 2 maart 2026.",
        "Twee medewerkers van de regio keken dit na.",
    ):
        assert words in home, words
    assert "U hebt uw beurt terug" in browser.get("/mijn/berichten").content.decode()
    assert second.get(deciding).status_code == 302
    assert proposing not in first.get("/regio/beoordelingen").content.decode()


def test_without_an_earlier_request_only_going_first_can_come_back(set_clock: SetClock) -> None:
    set_clock(days_after(10))
    region = a_region()
    practice, person = a_practice(CLOSED, region=region), a_person()
    request = a_request(person, wishes=[practice])
    at_work, other = coordinator_of(region), coordinator_of(region)
    browser_of(person).post(f"/mijn/verzoek/{request.pk}/meekijken/wens/{practice.pk}", {"waarom": "rule"})
    review = Review.objects.get()
    at_work.post(f"/regio/beoordelingen/{review.pk}", {"antwoord": "rule_applied_wrongly"})
    url = f"/regio/beoordelingen/{review.pk}/herstel"
    assert "Welke datum telt weer?" not in at_work.get(url).content.decode()
    for gives in ("date", "both", "everything"):
        assert "Fout:" in at_work.post(url, {"fout": "data_wrong", "beurt": gives, "datum": "0"}).content.decode()
    at_work.post(url, {"fout": "rule_applied_wrongly", "beurt": "goes_first"})
    deciding = f"/regio/herstel/{Correction.objects.get().pk}"
    other.post(deciding, {"besluit": "nee"})
    assert not Request.objects.get(pk=request.pk).goes_first
    assert url in at_work.get("/regio/beoordelingen").content.decode(), "another proposal may be made"
