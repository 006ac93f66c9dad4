# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changing whom a practice takes: looked at first, signed once, and never over somebody else's change."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import AT, CLOSED, OPEN, PRACTICE_STAFF, SYSTEM, a_person, a_practice, a_request
from tests.integration.web.practice.staff import browser_at, policy_form

from huisartsplek.practices.models import Places, PolicyVersion, Practice
from huisartsplek.practices.services import set_intake
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rules.intake import (
    Clause,
    Condition,
    FamilyReunification,
    FullStop,
    HouseholdMemberOfPatient,
    IntakePolicy,
    LivesIn,
    MovedIntoArea,
    NewbornSibling,
    Open,
    PartialStop,
    StopReason,
    ViaMediation,
    WithinKm,
    WithinMinutes,
    WithoutGp,
)

pytestmark = pytest.mark.django_db
URL = "/praktijk/beleid"


@pytest.fixture
def practice() -> Practice:
    return a_practice(OPEN, 3)


@pytest.fixture
def browser(practice: Practice) -> Client:
    return browser_at(practice)


def in_force(practice: Practice) -> IntakePolicy:
    return PolicyVersion.objects.get(practice=practice, replaced_at=None).value()


def free_of(practice: Practice) -> int:
    return Places.objects.get(pk=practice.pk).free


def faults_of(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return [fault.text for fault in answer.context["faults"]]


def test_a_policy_under_conditions_is_signed_as_it_was_filled_in(practice: Practice, browser: Client) -> None:
    second = {
        "regels": "2",
        "regel-0-km": "on",
        "regel-0-km_detail": "2,5",
        "regel-1-newborn": "on",
        "regel-1-newborn_detail": "365",
        "regel-1-without_gp": "on",
    }
    form = policy_form(practice, **second, valid_until="31 januari 2027", swaps="on", stop_reason_public="on")
    assert browser.post(URL, form)["Location"] == "/praktijk"
    assert in_force(practice) == IntakePolicy(
        rule=PartialStop(
            (
                Clause((LivesIn(((2512, 2518), (2521, 2521))), WithinKm(Decimal("2.5")))),
                Clause((NewbornSibling(365), WithoutGp())),
            )
        ),
        valid_from=date(2026, 3, 1),
        valid_until=date(2027, 1, 31),
        swaps=True,
        waiting_list=True,
        weekly=2,
        stop_reason=StopReason.FULL_LIST,
        stop_reason_public=True,
    )
    assert free_of(practice) == 5
    assert "Bewaard" in browser.get("/praktijk").content.decode()


def test_an_open_practice_needs_no_reason_and_no_conditions(practice: Practice, browser: Client) -> None:
    browser.post(URL, policy_form(practice, standing="open", stop_reason="staff", weekly=""))
    policy = in_force(practice)
    assert policy.rule == Open()
    assert (policy.stop_reason, policy.weekly) == (None, None)


def test_a_full_stop_keeps_its_reason_to_itself_unless_told(practice: Practice, browser: Client) -> None:
    browser.post(URL, policy_form(practice, standing="gesloten", people_more="0"))
    policy = in_force(practice)
    assert policy.rule == FullStop()
    assert policy.public_stop_reason() is None


def test_looking_first_shows_what_everybody_will_read_and_saves_nothing(
    practice: Practice, browser: Client
) -> None:
    answer = browser.post(URL, policy_form(practice, stap="bekijk"))
    page = answer.content.decode()
    assert "u woont in postcode 2512 tot en met 2518 of 2521" in page
    assert "Zo leest iedereen het als u bewaart" in page
    assert page.index("voorbeeld") < page.index("Bewaar en maak openbaar")
    assert 'value="2512-2518, 2521"' in page
    assert in_force(practice) == OPEN
    assert free_of(practice) == 3


def test_the_preview_holds_no_number_of_places(practice: Practice, browser: Client) -> None:
    page = browser.post(URL, policy_form(practice, stap="bekijk", people_more="4321")).content.decode()
    preview = page[page.index('id="voorbeeld"') : page.index("</aside>")]
    assert "4321" not in preview


def test_everything_wrong_is_said_at_once_and_what_was_typed_stays(practice: Practice, browser: Client) -> None:
    wrong = {
        "people_more": "-1",
        "weekly": "0",
        "valid_from": "ooit",
        "valid_until": "1-1-2020",
        "stop_reason": "",
        "regel-0-postcodes_detail": "25l2",
        "regel-0-km": "on",
        "regel-0-km_detail": "1000",
        "regel-0-minutes": "on",
        "regel-0-minutes_detail": "-4",
    }
    answer = browser.post(URL, policy_form(practice, **wrong))
    assert len(faults_of(answer)) == 8
    page = answer.content.decode()
    assert "<title>" in page
    assert "Fout:" in page[: page.index("</title>")]
    for typed in ("-1", "ooit", "1-1-2020", "25l2", "1000", "-4"):
        assert f'value="{typed}"' in page
    assert in_force(practice) == OPEN


def test_an_empty_form_is_told_what_to_fill_in(practice: Practice, browser: Client) -> None:
    faults = faults_of(browser.post(URL, {"stap": "bewaar"}))
    assert faults[0] == "Kies een stand"
    assert len(faults) == 3
    assert in_force(practice) == OPEN


@pytest.mark.parametrize("number", ["-5", "2,5", "1e3", "veel", "99999999999999999999", "10000"])
def test_a_number_that_cannot_be_is_refused_in_words(number: str, practice: Practice, browser: Client) -> None:
    answer = browser.post(URL, policy_form(practice, people_more=number))
    assert len(faults_of(answer)) == 1
    assert free_of(practice) == 3


@pytest.mark.parametrize(
    ("postcodes", "wanted"),
    [
        ("2512-2518", ((2512, 2518),)),
        ("2512 – 2518; 2521,", ((2512, 2518), (2521, 2521))),
        ("2512 t/m 2518", ((2512, 2518),)),
        ("2518-2512", None),
        ("0999", None),
        ("2512 GL", None),
        ("", None),
        (",,", None),
        ("2512, " * 300, None),
        ("2512, " * 9000, None),
    ],
)
def test_postcodes_are_read_as_people_write_them(
    postcodes: str, wanted: tuple[tuple[int, int], ...] | None, practice: Practice, browser: Client
) -> None:
    answer = browser.post(URL, policy_form(practice, **{"regel-0-postcodes_detail": postcodes}))
    if wanted is None:
        assert len(faults_of(answer)) == 1
        assert in_force(practice) == OPEN
    else:
        assert in_force(practice).rule == PartialStop((Clause((LivesIn(wanted),)),))


def test_what_was_filled_in_but_not_ticked_is_not_silently_left_out(practice: Practice, browser: Client) -> None:
    form = policy_form(practice, **{"regel-0-postcodes": None, "regel-0-without_gp": "on"})
    assert len(faults_of(browser.post(URL, form))) == 1
    assert in_force(practice) == OPEN


def test_a_rule_without_conditions_admits_nobody_by_accident(practice: Practice, browser: Client) -> None:
    form = policy_form(practice, regels="2")
    assert faults_of(browser.post(URL, form)) == ["Kies een voorwaarde, of haal deze regel weg"]


def test_conditions_are_left_alone_while_the_practice_is_not_under_conditions(
    practice: Practice, browser: Client
) -> None:
    form = policy_form(practice, standing="open", **{"regel-0-postcodes_detail": "onzin"})
    assert browser.post(URL, form).status_code == 302


def test_rules_are_added_and_taken_away_without_losing_what_was_typed(practice: Practice, browser: Client) -> None:
    added = browser.post(URL, policy_form(practice, stap="regel-erbij", people_more="onzin"))
    assert len(added.context["clauses"]) == 2
    assert faults_of(added) == []
    assert 'value="onzin"' in added.content.decode()
    both = policy_form(
        practice, regels="2", stap=None, weg="0", **{"regel-1-minutes": "on", "regel-1-minutes_detail": "7"}
    )
    left = browser.post(URL, both)
    assert len(left.context["clauses"]) == 1
    page = left.content.decode()
    assert 'value="7"' in page
    assert "2512-2518" not in page
    assert in_force(practice) == OPEN


@pytest.mark.parametrize("said", ["", "-1", "0", "9999999", "tien"])
def test_a_form_that_lies_about_its_rules_breaks_nothing(said: str, practice: Practice, browser: Client) -> None:
    for step in ({"stap": "bekijk"}, {"stap": "regel-erbij"}, {"stap": None, "weg": said}):
        answer = browser.post(URL, policy_form(practice, regels=said, **step))
        assert answer.status_code == 200
        assert 1 <= len(answer.context["clauses"]) <= 10


def test_of_two_colleagues_the_second_sees_both_before_saving_over_it(practice: Practice, browser: Client) -> None:
    form = policy_form(practice, people_more="8")
    places = Places.objects.get(pk=practice.pk)
    set_intake(PRACTICE_STAFF, practice.pk, policy=CLOSED, people_more=6, seen_version=places.version, at=AT)
    answer = browser.post(URL, form)
    page = answer.content.decode()
    assert "intussen veranderd" in page
    assert "De praktijk neemt nu niemand aan." in page
    assert "Nog 6 plekken vrij" in page
    assert "u woont in postcode 2512" in page
    assert (in_force(practice), free_of(practice)) == (CLOSED, 6)
    again = browser.post(URL, {**form, "gezien": answer.context["shown"].seen_version})
    assert again.status_code == 302
    assert free_of(practice) == 8


def test_a_place_given_meanwhile_is_not_given_again(practice: Practice, browser: Client) -> None:
    form = policy_form(practice, people_more="3")
    request = a_request(a_person(), wishes=[practice])
    admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    assert "intussen veranderd" in browser.post(URL, form).content.decode()
    assert free_of(practice) == 2


def test_the_back_button_and_a_second_click_do_not_save_twice(practice: Practice, browser: Client) -> None:
    form = policy_form(practice)
    assert browser.post(URL, form).status_code == 302
    again = browser.post(URL, form)
    assert again.status_code == 200
    assert again.context["shown"].has_conflict
    assert PolicyVersion.objects.filter(practice=practice).count() == 2


@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999"])
def test_a_version_that_cannot_be_read_never_matches(seen: str, practice: Practice, browser: Client) -> None:
    assert browser.post(URL, policy_form(practice, gezien=seen)).context["shown"].has_conflict
    assert free_of(practice) == 3


def test_earlier_versions_are_listed_with_who_signed_them(practice: Practice, browser: Client) -> None:
    assert "Eerdere versies" not in browser.get(URL).content.decode()
    browser.post(URL, policy_form(practice))
    browser.post(URL, policy_form(practice, standing="open"))
    page = browser.get(URL).content.decode()
    earlier = page[page.index("Eerdere versies") :]
    assert "ondertekend door Anna Wiersma" in earlier
    assert "u woont in postcode 2512 tot en met 2518 of 2521" in earlier


def test_a_practice_that_never_said_anything_says_it_here() -> None:
    practice = a_practice(None)
    browser = browser_at(practice)
    assert "Zeg wie u aanneemt" in browser.get("/praktijk").content.decode()
    assert browser.get(URL).status_code == 200
    assert browser.post(URL, policy_form(practice)).status_code == 302
    assert free_of(practice) == 5


conditions: dict[str, st.SearchStrategy[Condition]] = {
    "lives in": st.lists(
        st.tuples(st.integers(1000, 9999), st.integers(1000, 9999)).map(lambda ends: (min(ends), max(ends))),
        min_size=1,
        max_size=5,
    ).map(lambda ranges: LivesIn(tuple(ranges))),
    "moved": st.integers(1, 120).map(MovedIntoArea),
    "newborn": st.integers(1, 730).map(NewbornSibling),
    "km": st.integers(1, 1000).map(lambda tenths: WithinKm(Decimal(tenths) / 10)),
    "minutes": st.integers(1, 120).map(WithinMinutes),
    "others": st.sampled_from([HouseholdMemberOfPatient(), WithoutGp(), FamilyReunification(), ViaMediation()]),
}
clauses = st.lists(st.one_of(*conditions.values()), min_size=1, max_size=6, unique_by=type).map(
    lambda found: Clause(tuple(found))
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(admits=st.lists(clauses, min_size=1, max_size=3))
def test_saving_a_policy_unchanged_admits_exactly_whom_it_did(
    admits: list[Clause], practice: Practice, browser: Client
) -> None:
    signed = IntakePolicy(
        rule=PartialStop(tuple(admits)), valid_from=date(2026, 1, 1), stop_reason=StopReason.HOUSING
    )
    version = Places.objects.get(pk=practice.pk).version
    set_intake(PRACTICE_STAFF, practice.pk, policy=signed, people_more=3, seen_version=version, at=AT)
    page = browser.get(URL)
    sent: dict[str, Any] = {
        "stap": "bewaar",
        "gezien": page.context["shown"].seen_version,
        "regels": len(page.context["clauses"]),
    }
    for form in (page.context["main"], *page.context["clauses"]):
        sent |= {bound.html_name: bound.value() for bound in form if bound.value() not in {None, False, ""}}
    assert browser.post(URL, sent).status_code == 302
    rule = in_force(practice).rule
    assert isinstance(rule, PartialStop)
    assert [set(clause.conditions) for clause in rule.admits] == [set(clause.conditions) for clause in admits]
