# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""After a round everybody reads what became of their own request and why, and can prove that it took part."""

import hashlib
import json

import pytest
from tests.builders import SWAP_ONLY, a_person, a_practice, a_region, a_request
from tests.integration.rounds.running import (
    PUBLISHED_AT,
    a_chain,
    a_seeker,
    a_swap,
    after_answers,
    answer,
    computed,
    published,
    settled,
)
from tests.integration.web.citizen.conftest import SetClock
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.rounds.models import Entry
from huisartsplek.web.citizen.rounds import REASONS

pytestmark = pytest.mark.django_db


def test_before_it_is_published_nothing_of_the_outcome_is_told() -> None:
    region = a_region()
    first, _other, _here, there = a_swap(region)
    round_ = computed(region)
    page = browser_of(first.person).get(f"/mijn/rondes/{round_.pk}")
    assert "De ronde is nog bezig" in page.content.decode()
    assert there.name not in page.content.decode()


def test_who_got_a_place_reads_which_exchange_and_nobody_elses_name(set_clock: SetClock) -> None:
    region = a_region()
    seekers, _practices = a_chain(region, 3)
    round_ = published(region)
    set_clock(PUBLISHED_AT)
    text = browser_of(seekers[0].person).get(f"/mijn/rondes/{round_.pk}").content.decode()
    assert "Er is een plek bij" in text
    assert "U ruilde in een keten van 3 huishoudens" in text
    assert not any(other.person.given_name in text for other in seekers[1:])


def test_who_got_nothing_reads_why_and_that_everything_is_kept(set_clock: SetClock) -> None:
    region = a_region()
    full = a_practice(SWAP_ONLY, region=region)
    loser = a_seeker(a_practice(SWAP_ONLY, region=region), full)
    round_ = published(region)
    set_clock(PUBLISHED_AT)
    text = browser_of(loser.person).get(f"/mijn/rondes/{round_.pk}").content.decode()
    assert "Deze ronde is het niet gelukt" in text
    assert "met de datum van uw verzoek: 2 maart 2026" in text
    assert Entry.objects.get(request=loser.request).reason in REASONS
    assert "Voeg een wens toe" in text


def test_whose_swap_fell_by_anothers_no_reads_that_and_not_who(set_clock: SetClock) -> None:
    region = a_region()
    willing, unwilling, *_ = a_swap(region)
    round_ = published(region)
    answer(willing, says_yes=True)
    answer(unwilling, says_yes=False)
    settled(round_)
    set_clock(after_answers(round_))
    text = browser_of(willing.person).get(f"/mijn/rondes/{round_.pk}").content.decode()
    assert "De ruil ging niet door" in text
    assert "iemand anders in de ruil zei nee" in text
    assert unwilling.person.given_name not in text
    assert (
        "Er was een plek, maar het antwoord was nee"
        in browser_of(unwilling.person).get(f"/mijn/rondes/{round_.pk}").content.decode()
    )


def test_whose_swap_stands_reads_the_day_and_what_to_bring(set_clock: SetClock) -> None:
    region = a_region()
    both = a_swap(region)[:2]
    round_ = published(region)
    for seeker in both:
        answer(seeker, says_yes=True)
    settled(round_)
    set_clock(after_answers(round_))
    browser = browser_of(both[0].person)
    text = browser.get(f"/mijn/rondes/{round_.pk}").content.decode()
    assert "U stapt op" in text
    assert "paspoort of identiteitskaart" in text
    assert f"/mijn/rondes/{round_.pk}" in browser.get("/mijn").content.decode()


def test_the_proof_leads_from_ones_own_rows_to_the_published_root() -> None:
    region = a_region()
    seekers = [*a_swap(region)[:2], *a_chain(region, 5)[0]]
    round_ = computed(region)
    seen = set()
    for seeker in seekers:
        answered = browser_of(seeker.person).get(f"/mijn/rondes/{round_.pk}/bewijs")
        assert "attachment" in answered["Content-Disposition"]
        proof = json.loads(answered.content)
        digest = hashlib.sha256(b"\x00" + bytes.fromhex(proof["salt"]) + proof["rows"].encode()).digest()
        for step in proof["path"]:
            sibling = bytes.fromhex(step["sha256"])
            pair = sibling + digest if step["side"] == "left" else digest + sibling
            digest = hashlib.sha256(b"\x01" + pair).digest()
        assert digest.hex() == proof["leavesRoot"] == round_.leaves_root
        assert proof["inputSha256"] == round_.input_sha256
        assert seeker.person.family_name not in answered.content.decode()
        seen.add(proof["rows"])
    assert len(seen) == len(seekers)


def test_where_a_protected_housemate_is_a_patient_is_in_no_file_for_the_others() -> None:
    region = a_region()
    practice, canary = a_practice(SWAP_ONLY, region=region), a_practice(SWAP_ONLY, region=region)
    person = a_person(enrolled_at=canary)
    hidden = a_person(person.household, enrolled_at=canary, is_protected=True)
    a_request(person, members=[person, hidden], wishes=[practice])
    page = f"/mijn/rondes/{computed(region).pk}"
    assert browser_of(person).get(page).status_code == 404
    assert browser_of(person).get(f"{page}/bewijs").status_code == 404
    assert canary.agb in browser_of(hidden).get(f"{page}/bewijs").content.decode()
