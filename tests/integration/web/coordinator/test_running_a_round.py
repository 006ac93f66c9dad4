# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A coordinator brings a round of their own region from opening to outcome, and nobody else does."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.builders import (
    AT,
    COORDINATOR,
    OPEN,
    PRACTICE_STAFF,
    SYSTEM,
    a_person,
    a_practice,
    a_region,
    a_request,
    hours_after,
)
from tests.integration.rounds.running import (
    BEACON,
    DRAWN_AT,
    FROZEN_AT,
    PUBLISHED_AT,
    a_swap,
    after_answers,
    answer,
    closing,
    computed,
    frozen,
    published,
    settled,
    switch_morning,
)
from tests.integration.web.citizen.logged_in import browser_of
from tests.integration.web.coordinator.at_work import coordinator_of, staff_browser
from tests.unit.web.page import Element, parse

from huisartsplek.accounts.roles import Role
from huisartsplek.audit.models import AuditEvent
from huisartsplek.engine import run_round
from huisartsplek.integrations.beacon.port import BeaconRefused
from huisartsplek.practices.models import Places, Region
from huisartsplek.practices.services import set_intake
from huisartsplek.requests.offers import lapse_offer, offer_to_first
from huisartsplek.rounds import computing, jobs
from huisartsplek.rounds.halting import Halt
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.publishing import publish_round
from huisartsplek.rounds.services import cancel_round, open_round
from huisartsplek.rules.lifecycles import LIFECYCLES, Owner
from huisartsplek.web.components.wording import clock
from huisartsplek.web.coordinator.words import ALARMS, NEXT_STEPS, STATES, alarm_text

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]
ACTS = ("vastzetten", "openbaar", "annuleren", "opnieuw")


def main_of(client: Client, url: str) -> Element:
    answer_ = client.get(url)
    assert answer_.status_code == 200, url
    return parse(answer_.content.decode()).one("main")


def page_of(round_: Round) -> str:
    return f"/regio/rondes/{round_.pk}"


def post(client: Client, url: str, **form: Any) -> str:
    """Post and read the page one comes out at."""
    answer_ = client.post(url, form, follow=True)
    assert answer_.redirect_chain
    assert answer_.status_code == 200
    return parse(answer_.content.decode()).one("main").text


def test_a_coordinator_brings_a_round_from_opening_to_the_switch(set_clock: SetClock) -> None:
    region = a_region("haaglanden")
    first, second, here, there = a_swap(region)
    client = coordinator_of(region)
    set_clock(AT)
    assert "Er loopt geen ronde" in main_of(client, "/regio").text
    words = post(client, "/regio/rondes", region=str(region.pk))
    assert "De ronde is open" in words
    round_ = Round.objects.get(region=region)
    assert round_.state == "open"
    set_clock(FROZEN_AT)
    consequence = main_of(client, f"{page_of(round_)}/vastzetten").text
    assert "Wilt u de ronde vastzetten?" in consequence
    assert "Alleen annuleren kan nog" in consequence
    assert "De ronde wordt nu vastgezet" in post(client, f"{page_of(round_)}/vastzetten")
    jobs.go_on()
    words = main_of(client, page_of(round_)).text
    round_.refresh_from_db()
    assert round_.state == "frozen"
    assert "wacht op het lot" in words
    assert "voorbeeldloting" in words
    assert round_.input_sha256[:4] in words
    assert str(round_.beacon_round)[-3:] in words
    set_clock(DRAWN_AT)
    jobs.go_on()
    words = main_of(client, page_of(round_)).text
    assert "De proefuitslag is klaar en nagerekend" in words
    assert "Niemand staat lager dan met de wachtlijst" in words
    assert "Met alleen de wachtlijst waren het er minder dan 10" in words
    set_clock(PUBLISHED_AT)
    consequence = main_of(client, f"{page_of(round_)}/openbaar").text
    assert "Dat kan niet meer terug" in consequence
    assert "72 uur" in consequence
    assert "De uitslag is openbaar" in post(client, f"{page_of(round_)}/openbaar")
    round_.refresh_from_db()
    for seeker in (first, second):
        answer(seeker, True)
    set_clock(after_answers(round_))
    jobs.go_on()
    assert "De antwoorden zijn verwerkt" in main_of(client, page_of(round_)).text
    round_.refresh_from_db()
    set_clock(switch_morning(round_))
    jobs.go_on()
    assert "Deze ronde is klaar" in main_of(client, page_of(round_)).text
    assert (first.practice, second.practice) == (there, here)


@pytest.mark.parametrize("bring", [frozen, computed, published])
def test_a_round_of_another_region_does_not_exist(bring: Callable[[Region], Round]) -> None:
    region = a_region()
    a_swap(region)
    round_ = bring(region)
    client = coordinator_of(a_region())
    before = round_.state
    assert client.get(page_of(round_)).status_code == 404
    for act in ACTS:
        assert client.post(f"{page_of(round_)}/{act}").status_code == 404
    assert client.post("/regio/rondes", {"region": str(region.pk)}).status_code == 404
    round_.refresh_from_db()
    assert round_.state == before
    assert str(round_.pk) not in client.get("/regio").content.decode()


def test_the_pages_are_for_coordinators_only() -> None:
    region = a_region()
    round_ = open_round(COORDINATOR, region.pk, at=AT)
    urls = ["/regio", page_of(round_), *(f"{page_of(round_)}/{act}" for act in ACTS[:3])]
    others = [browser_of(a_person()), staff_browser(Role.AUDITOR), staff_browser(Role.PRIVACY_OFFICER)]
    for url in urls:
        assert Client().get(url).status_code == 302, "a stranger logs in first"
        assert all(other.get(url).status_code == 404 for other in others)
    assert Client().post("/regio/rondes", {"region": str(region.pk)}).status_code == 302
    assert Round.objects.count() == 1


@pytest.mark.parametrize(
    ("bring", "act"),
    [
        (frozen, "vastzetten"),
        (frozen, "openbaar"),
        (computed, "vastzetten"),
        (published, "openbaar"),
        (published, "annuleren"),
        (frozen, "opnieuw"),
    ],
)
def test_a_step_out_of_turn_changes_nothing_and_says_so(bring: Callable[[Region], Round], act: str) -> None:
    region = a_region()
    a_swap(region)
    round_ = bring(region)
    client = coordinator_of(region)
    answer_ = client.post(f"{page_of(round_)}/{act}", follow=True)
    alert = parse(answer_.content.decode()).one("main").text
    before = round_.state
    round_.refresh_from_db()
    assert round_.state == before
    assert any(word in alert for word in ("al vastgezet", "nog niet aan toe", "Dat kan op dit moment niet"))
    if act != "opnieuw":
        shown = client.get(f"{page_of(round_)}/{act}", follow=True)
        assert shown.redirect_chain[-1][0] == page_of(round_), "there is nothing to confirm"


def test_of_two_coordinators_who_open_a_round_one_hears_that_there_is_one() -> None:
    region = a_region()
    one, other = coordinator_of(region), coordinator_of(region)
    assert "De ronde is open" in post(one, "/regio/rondes", region=str(region.pk))
    assert "loopt al een ronde" in post(other, "/regio/rondes", region=str(region.pk))
    assert Round.objects.filter(region=region).count() == 1


def test_the_second_of_two_coordinators_who_freeze_hears_that_it_is_done(set_clock: SetClock) -> None:
    region = a_region()
    a_swap(region)
    round_ = open_round(COORDINATOR, region.pk, at=AT)
    set_clock(FROZEN_AT)
    one, other = coordinator_of(region), coordinator_of(region)
    assert "De ronde wordt nu vastgezet" in post(one, f"{page_of(round_)}/vastzetten")
    assert "Dat kan op dit moment niet" in post(other, f"{page_of(round_)}/vastzetten")
    jobs.go_on()
    first = Round.objects.get(pk=round_.pk).input_sha256
    assert "al vastgezet" in post(other, f"{page_of(round_)}/vastzetten")
    assert Round.objects.get(pk=round_.pk).input_sha256 == first


def test_a_cancelled_round_stays_listed_with_its_hash(set_clock: SetClock) -> None:
    region = a_region()
    a_swap(region)
    round_ = frozen(region)
    set_clock(FROZEN_AT)
    client = coordinator_of(region)
    assert "begint niet opnieuw" in main_of(client, f"{page_of(round_)}/annuleren").text
    words = post(client, f"{page_of(round_)}/annuleren")
    assert "Deze ronde is geannuleerd" in words
    assert round_.input_sha256[:4] in words
    overview = main_of(client, "/regio").text
    assert "Geannuleerd" in overview
    assert "Er loopt geen ronde" in overview


def test_an_open_offer_by_the_queue_holds_up_the_freeze_and_the_page_says_until_when(set_clock: SetClock) -> None:
    region = a_region()
    practice = a_practice(region=region)
    person = a_person()
    a_request(person, wishes=[practice])
    places = Places.objects.get(pk=practice.pk)
    set_intake(PRACTICE_STAFF, practice.pk, policy=OPEN, people_more=1, seen_version=places.version, at=AT)
    offer = offer_to_first(SYSTEM, practice.pk, at=AT)
    assert offer is not None
    round_ = open_round(COORDINATOR, region.pk, at=AT)
    set_clock(FROZEN_AT)
    client = coordinator_of(region)
    assert "De ronde gaat nog niet meteen vast" in main_of(client, f"{page_of(round_)}/vastzetten").text
    words = post(client, f"{page_of(round_)}/vastzetten")
    assert "De ronde wacht op de laatste antwoorden" in words
    assert "die nog op antwoord wachten: minder dan 10" in words
    assert clock(offer.answer_by) in words
    assert "u kunt nog heel even meedoen" in main_of(Client(), f"/rondes/{round_.pk}").text
    jobs.go_on()
    assert Round.objects.get(pk=round_.pk).state == "closing"
    lapse_offer(SYSTEM, offer.pk, at=offer.answer_by + timedelta(seconds=1))
    set_clock(offer.answer_by + timedelta(seconds=2))
    assert "De ronde wordt nu vastgezet" in main_of(client, page_of(round_)).text
    jobs.go_on()
    assert "De ronde staat vast" in main_of(client, page_of(round_)).text


def test_a_round_that_closes_can_be_cancelled_from_its_page(set_clock: SetClock) -> None:
    region = a_region()
    round_ = closing(region)
    set_clock(FROZEN_AT)
    client = coordinator_of(region)
    assert "Annuleer deze ronde" in main_of(client, page_of(round_)).text
    assert "Deze ronde is geannuleerd" in post(client, f"{page_of(round_)}/annuleren")


def test_a_freeze_that_does_not_come_shows_on_the_page_of_the_round(set_clock: SetClock) -> None:
    region = a_region()
    round_ = closing(region)
    set_clock(hours_after(2))
    assert "Het vastzetten duurt te lang" in main_of(coordinator_of(region), page_of(round_)).text


def test_a_page_tells_counts_and_nobodys_name_or_number() -> None:
    region = a_region()
    people = [seeker.person for _ in range(6) for seeker in a_swap(region)[:2]]
    practices = [practice.name for practice in region.practices.all()]
    round_ = computed(region)
    page = coordinator_of(region).get(page_of(round_)).content.decode()
    assert not [person.full_name for person in people if person.full_name in page]
    assert not [name for name in practices if f">{name}<" in page]
    words = parse(page).one("main").text
    assert "10 mensen krijgen een praktijk die zij liever willen" in words
    assert "minder dan 10" in words, "six swaps are too few to tell, and twelve people are told in tens"


def test_a_late_draw_shows_on_the_page_of_the_round(set_clock: SetClock) -> None:
    region = a_region()
    a_swap(region)
    round_ = frozen(region)
    client = coordinator_of(region)
    set_clock(FROZEN_AT)
    assert "te laat" not in main_of(client, page_of(round_)).text
    set_clock(hours_after(3, FROZEN_AT))
    assert "Het lot is te laat" in main_of(client, page_of(round_)).text


class _FalseBeacon:
    """A source that gives what is not its own."""

    def value_of(self, round_number: int, *, at: datetime) -> None:
        raise BeaconRefused(f"{round_number} at {at} is not ours")


def test_a_false_draw_ends_with_an_alarm_and_not_in_trying_for_ever(
    set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    region, other = a_region(), a_region()
    for one in (region, other):
        a_swap(one)
    round_ = frozen(region)
    set_clock(DRAWN_AT)
    monkeypatch.setattr(jobs, "chosen_beacon", _FalseBeacon)
    jobs.go_on()
    jobs.go_on()
    round_.refresh_from_db()
    assert (round_.state, round_.halted_by, round_.alarmed_at) == ("frozen", Halt.DRAW_REFUSED, DRAWN_AT)
    alarms = AuditEvent.objects.filter(kind="alarm_raised", facts__alarm="draw_refused")
    assert alarms.count() == 1, "the second time nothing was tried"
    client = coordinator_of(region)
    assert "lot dat niet klopt" in main_of(client, page_of(round_)).text
    assert "Gestopt, iemand moet kijken" in main_of(client, "/regio").text
    monkeypatch.setattr(jobs, "chosen_beacon", lambda: BEACON)
    healthy = frozen(other)
    jobs.go_on()
    healthy.refresh_from_db()
    assert healthy.state == "computed", "one in trouble holds up no other"
    assert "probeert het opnieuw" in post(client, f"{page_of(round_)}/opnieuw")
    jobs.go_on()
    round_.refresh_from_db()
    assert (round_.state, round_.halted_by) == ("computed", "")


def test_a_round_that_breaks_a_rule_is_halted_before_anything_is_kept(
    set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    region = a_region()
    a_swap(region)
    round_ = frozen(region)
    set_clock(DRAWN_AT)

    class Tampered:
        def __init__(self, files: dict[str, bytes]) -> None:
            self._files = files

        def files(self) -> dict[str, bytes]:
            return self._files | {"moves.csv": self._files["moves.csv"].splitlines(keepends=True)[0]}

    monkeypatch.setattr(computing, "run_round", lambda *args, **named: Tampered(run_round(*args, **named).files()))
    jobs.go_on()
    round_.refresh_from_db()
    assert (round_.state, round_.halted_by) == ("drawn", Halt.ROUND_BROKEN)
    assert not round_.files.filter(is_input=False).exists()
    words = main_of(coordinator_of(region), page_of(round_)).text
    assert "klopte de uitslag niet" in words
    cancel_round(COORDINATOR, round_.pk, at=DRAWN_AT)


def test_after_a_no_the_page_tells_how_many_fell_by_it() -> None:
    region = a_region()
    pairs = [a_swap(region)[:2] for _ in range(10)]
    for _ in range(5):
        a_swap(region)  # people who say nothing
    round_ = published(region)
    for one, other in pairs:
        answer(one, True)
        answer(other, False)
    client = coordinator_of(region)
    words = main_of(client, page_of(round_)).text
    assert "Kregen een aanbod 30" in words
    assert "Zeiden ja 10" in words
    assert "Zeiden nee 10" in words
    assert "Nog geen antwoord 10" in words
    settled(round_)
    words = main_of(client, page_of(round_)).text
    assert "Gaven geen antwoord 10" in words
    assert "Verzoeken die doorgaan 0" in words
    assert "Al overgestapt 0" in words
    assert "Verzoeken die niet doorgaan 30" in words


def test_every_state_and_every_alarm_of_a_coordinator_has_words() -> None:
    rounds = next(lifecycle for lifecycle in LIFECYCLES if lifecycle.name == "round")
    assert set(STATES) == set(NEXT_STEPS) == set(rounds.states)
    shown = {watch.alarm for watch in rounds.watch.values()} | set(Halt)
    shown |= {
        watch.alarm
        for lifecycle in LIFECYCLES
        for watch in lifecycle.watch.values()
        if watch.owner is Owner.COORDINATOR
    }
    assert shown <= set(ALARMS)
    assert all(alarm_text(alarm) for alarm in shown)


def test_publishing_needs_the_page_that_says_what_follows() -> None:
    region = a_region()
    a_swap(region)
    round_ = computed(region)
    page = main_of(coordinator_of(region), page_of(round_))
    forms = [form for form in page.all("form") if form.attrs.get("method") == "post"]
    assert forms == [], "nothing heavy happens from the page of the round itself"
    publish_round(COORDINATOR, round_.pk, at=PUBLISHED_AT)
