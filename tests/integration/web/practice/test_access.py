# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A practice's pages are for its own staff; for everybody else nothing is there."""

from uuid import UUID

import pytest
from django.test import Client
from tests.builders import AT, SYSTEM, a_person, a_practice, a_request
from tests.integration.web.citizen.logged_in import browser_of, client_of
from tests.integration.web.practice.staff import browser_at, policy_form, somebody_at
from tests.unit.web.page import parse

from huisartsplek.accounts.roles import Role
from huisartsplek.accounts.services import revoke_role
from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.models import Confirmation, Move
from huisartsplek.practices.models import Places, PolicyVersion, Practice
from huisartsplek.requests.services import admit_at_once

pytestmark = pytest.mark.django_db

OWN_PAGES = ("/praktijk", "/praktijk/beleid", "/praktijk/kies")


@pytest.fixture
def practice() -> Practice:
    return a_practice(free=3, name="Praktijk De Lindehof")


def posts_at(practice: Practice) -> list[tuple[str, dict[str, str]]]:
    """Give every form of the practice's pages that is about one person, with an answer."""
    a_person(enrolled_at=practice, confirmed=False)
    request = a_request(a_person(), wishes=[practice])
    (move,) = admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    question = Confirmation.objects.get(state="asked")
    return [
        (f"/praktijk/patient/{question.pk}", {"antwoord": "ja"}),
        (f"/praktijk/verplaatsing/{move.pk}", {"because": "too_far"}),
        (f"/praktijk/verplaatsing/{move.pk}/ingeschreven", {}),
    ]


def all_states() -> list[str]:
    return [*Move.objects.values_list("state", flat=True), *Confirmation.objects.values_list("state", flat=True)]


@pytest.mark.parametrize("url", OWN_PAGES)
def test_a_stranger_is_sent_to_log_in_as_staff_and_back(url: str) -> None:
    answer = Client().get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen/medewerker?next=%2Fpraktijk")


@pytest.mark.parametrize("url", OWN_PAGES)
@pytest.mark.parametrize("role", [Role.PRACTICE_OWNER, Role.PRACTICE_ASSISTANT])
def test_owner_and_assistant_open_the_pages_of_their_practice(url: str, role: Role, practice: Practice) -> None:
    answer = browser_at(practice, role=role).get(url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", OWN_PAGES)
def test_for_a_citizen_and_for_other_staff_there_is_no_page(url: str) -> None:
    assert browser_of(a_person()).get(url).status_code == 404
    assert client_of(somebody_at(a_practice(), role=Role.MEDIATOR)).get(url).status_code == 404


def test_what_is_another_practices_is_not_found_and_not_changed(practice: Practice) -> None:
    posts, before = posts_at(practice), all_states()
    for browser in (browser_at(a_practice()), browser_of(a_person())):
        for url, data in posts:
            assert browser.post(url, data).status_code == 404, url
    assert browser_at(a_practice()).get(posts[1][0]).status_code == 404
    assert all_states() == before


def test_a_stranger_changes_nothing(practice: Practice) -> None:
    posts, before = posts_at(practice), all_states()
    for url, data in posts:
        assert Client().post(url, data)["Location"].startswith("/inloggen")
    assert all_states() == before


@pytest.mark.parametrize("path", ["patient/{}", "verplaatsing/{}", "verplaatsing/{}/ingeschreven"])
def test_what_was_never_there_is_not_found(path: str, practice: Practice) -> None:
    url = f"/praktijk/{path.format(UUID(int=7))}"
    assert browser_at(practice).post(url, {"antwoord": "ja", "because": "full"}).status_code == 404


def test_another_practices_people_and_numbers_are_on_no_page(practice: Practice) -> None:
    other = a_practice(free=77)
    stranger = a_person(enrolled_at=other, confirmed=False, family_name="Elders")
    page = browser_at(practice).get("/praktijk").content.decode()
    assert stranger.family_name not in page
    assert "77" not in parse(page).one("main").text, "what a browser alone reads may hold any digits"


def test_who_works_at_two_practices_is_asked_which_and_may_change_their_mind(practice: Practice) -> None:
    second = a_practice(name="Praktijk De Vlonder")
    browser = browser_at(practice, second)
    assert browser.get("/praktijk")["Location"] == "/praktijk/kies"
    asked = browser.get("/praktijk/kies").content.decode()
    assert "Praktijk De Lindehof" in asked
    assert "Praktijk De Vlonder" in asked
    for chosen, left_out in ((second, practice), (practice, second)):
        browser.post("/praktijk/kies", {"praktijk": chosen.pk})
        page = browser.get("/praktijk").content.decode()
        assert chosen.name in page
        assert left_out.name not in page


@pytest.mark.parametrize("wanted", [str(UUID(int=9)), "", "geen nummer"])
def test_nobody_picks_a_practice_where_they_do_not_work(wanted: str, practice: Practice) -> None:
    browser = browser_at(practice, a_practice())
    assert browser.post("/praktijk/kies", {"praktijk": wanted}).status_code == 404
    assert browser.get("/praktijk")["Location"] == "/praktijk/kies"


def test_a_picked_practice_is_gone_once_the_role_there_is(practice: Practice) -> None:
    second, third = a_practice(name="Praktijk De Vlonder"), a_practice()
    user = somebody_at(practice, second, third)
    browser = client_of(user)
    browser.post("/praktijk/kies", {"praktijk": second.pk})
    revoke_role(user, Role.PRACTICE_OWNER, scope_id=second.pk, actor=SYSTEM, at=AT)
    assert browser.get("/praktijk")["Location"] == "/praktijk/kies"
    assert "Praktijk De Vlonder" not in browser.get("/praktijk/kies").content.decode()


def test_a_form_made_for_one_practice_does_nothing_at_the_other(practice: Practice) -> None:
    second = a_practice(free=1)
    browser = browser_at(practice, second)
    browser.post("/praktijk/kies", {"praktijk": second.pk})
    form = policy_form(second, people_more="9", praktijk=str(practice.pk))
    assert browser.post("/praktijk/beleid", form)["Location"] == "/praktijk"
    assert "andere praktijk" in browser.get("/praktijk").content.decode()
    assert Places.objects.get(pk=second.pk).free == 1


def test_the_log_names_the_role_held_at_this_practice(practice: Practice) -> None:
    second = a_practice()
    user = somebody_at(practice)
    other = somebody_at(second, role=Role.PRACTICE_ASSISTANT)
    other.role_grants.update(user=user)
    browser = client_of(user)
    browser.post("/praktijk/kies", {"praktijk": second.pk})
    browser.post("/praktijk/beleid", policy_form(second))
    assert PolicyVersion.objects.get(practice=second, replaced_at=None).signed_by == user.pk
    assert AuditEvent.objects.get(kind="policy_signed", actor_id=user.pk).role == "practice_assistant"
