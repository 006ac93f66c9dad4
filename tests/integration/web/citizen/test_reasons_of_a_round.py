# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""After a round everybody reads for each wish why it was not had: in bands, without counts of places or people."""

import re
from datetime import timedelta

import pytest
from tests.builders import AT, SWAP_ONLY, a_person, a_practice, a_region, a_request
from tests.integration.rounds.running import PUBLISHED_AT, Seeker, a_seeker, a_swap, computed, published
from tests.integration.web.citizen.conftest import SetClock
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.rounds.models import Entry
from huisartsplek.rounds.reasons import Became, Lacks, reasons_of

pytestmark = pytest.mark.django_db


def kept(seeker: Seeker) -> list[dict[str, object]]:
    """What is kept with somebody's entry."""
    rows = Entry.objects.get(request=seeker.request).wish_reasons or []
    return list(rows)


def text_of(seeker: Seeker, address: str) -> str:
    """What somebody reads there, on one line."""
    return re.sub(r"\s+", " ", browser_of(seeker.person).get(address).content.decode())


def test_each_wish_is_kept_with_what_became_of_it() -> None:
    region = a_region()
    first, _second, _here, there = a_swap(region)
    full, home = (a_practice(SWAP_ONLY, region=region) for _ in range(2))
    seeker = a_seeker(None, there)
    last = a_seeker(home, full, there, at=AT + timedelta(minutes=5))
    computed(region)
    assert kept(first) == [{"practice": there.agb, "became": Became.GOT}]
    assert kept(last) == [
        {"practice": full.agb, "became": Became.OWN_ONLY, "ahead": 0, "lacks": Lacks.NO_LEAVER},
        {"practice": there.agb, "became": Became.OWN_ONLY, "ahead": 2, "lacks": Lacks.TAKER, "wishers": 0},
    ]
    assert [row["lacks"] for row in kept(seeker)] == [Lacks.NO_PRACTICE]


def test_who_got_nothing_reads_why_for_each_wish_on_the_outcome_and_on_the_card(set_clock: SetClock) -> None:
    region = a_region()
    full = a_practice(SWAP_ONLY, region=region)
    loser = a_seeker(a_practice(SWAP_ONLY, region=region), full)
    round_ = published(region)
    set_clock(PUBLISHED_AT)
    why = "Ruilen kon niet: niemand die hier een plek kon geven, wilde weg."
    outcome, home = text_of(loser, f"/mijn/rondes/{round_.pk}"), text_of(loser, "/mijn")
    assert "Uw wensen, één voor één" in outcome
    assert full.name in outcome
    assert why in outcome
    assert "<b>In de laatste ronde:</b> Vol: er was hier geen plek" in home
    assert why in home


def test_until_the_outcome_is_public_no_reason_is_told() -> None:
    region = a_region()
    loser = a_seeker(a_practice(SWAP_ONLY, region=region), a_practice(SWAP_ONLY, region=region))
    round_ = computed(region)
    assert kept(loser)
    assert "Ruilen kon niet" not in text_of(loser, f"/mijn/rondes/{round_.pk}") + text_of(loser, "/mijn")


def test_the_cards_of_who_got_an_offer_say_nothing_of_the_last_round(set_clock: SetClock) -> None:
    region = a_region()
    winner = a_swap(region)[0]
    published(region)
    set_clock(PUBLISHED_AT)
    assert "In de laatste ronde" not in text_of(winner, "/mijn")


def test_places_in_the_queue_are_told_in_tens_and_people_below_ten_are_not_counted(set_clock: SetClock) -> None:
    region = a_region()
    wished = a_practice(free=1, region=region)
    seekers = [a_seeker(None, wished) for _ in range(14)]
    round_ = published(region)
    set_clock(PUBLISHED_AT)
    losers = [seeker for seeker in seekers if Entry.objects.get(request=seeker.request).outcome == "waits"]
    texts = [text_of(loser, f"/mijn/rondes/{round_.pk}") for loser in losers]
    assert len(losers) == 13
    assert sum("Vóór u in de rij wacht niemand anders" in text for text in texts) == 1
    assert sum("minder dan 10 anderen op deze praktijk" in text for text in texts) == 9
    assert sum("ongeveer 10 anderen op deze praktijk" in text for text in texts) == 3
    assert sum("stonden allebei tussen plek 1 en 10" in text for text in texts) == 9
    assert sum("U stond tussen plek 11 en 20" in text for text in texts) == 4


def test_who_may_not_see_everybody_at_home_reads_nothing_about_places_to_give(set_clock: SetClock) -> None:
    region = a_region()
    wished, canary = a_practice(SWAP_ONLY, region=region), a_practice(SWAP_ONLY, region=region)
    person = a_person(enrolled_at=canary)
    hidden = a_person(person.household, enrolled_at=canary, is_protected=True)
    request = a_request(person, members=[person, hidden], wishes=[wished])
    round_ = published(region)
    set_clock(PUBLISHED_AT)
    entry = Entry.objects.get(request=request)
    assert all(reason.lacks is None for reason in reasons_of(entry, sees_everybody=False))
    assert all(reason.lacks is not None for reason in reasons_of(entry, sees_everybody=True))
    assert "Ruilen kon niet" not in text_of(Seeker(person, request), f"/mijn/rondes/{round_.pk}")
    assert "Ruilen kon niet" in text_of(Seeker(hidden, request), f"/mijn/rondes/{round_.pk}")
