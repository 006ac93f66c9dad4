# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A session ends after a while without a request, says so beforehand, and what was typed is there again."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.builders import a_citizen, a_person, a_practice
from tests.integration.web.citizen.logged_in import browser_of, browser_of_staff, client_of

from huisartsplek.accounts.models import User
from huisartsplek.accounts.roles import Role
from huisartsplek.accounts.session import LOGGED_IN_AT, SEEN_AT
from huisartsplek.people.models import Person
from huisartsplek.practices.models import PolicyVersion, Practice
from huisartsplek.requests.models import Request

pytestmark = pytest.mark.django_db
BACK = "Wat u invulde staat er nog"


def user_of(person: Person) -> User:
    user_id = a_citizen(person).user_id
    assert user_id is not None
    return User.objects.get(pk=user_id)


def let_it_be(client: Client, minutes: float) -> None:
    """Let somebody stay away from their browser."""
    session = client.session
    session[SEEN_AT] -= minutes * 60
    session.save()


def log_in_again(client: Client, user: User) -> None:
    """Log in within the same browser, as the way back from the login does."""
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session[LOGGED_IN_AT] = session[SEEN_AT] = timezone.now().timestamp()
    session.save()


def a_filled_form(person: Person, practice: Practice) -> dict[str, str]:
    return {
        "wens": practice.slug,
        "members": str(person.pk),
        "key": "0b0e0c0a-0000-4000-8000-000000000001",
    }


@pytest.mark.parametrize(("who", "minutes"), [("citizen", 15), ("staff", 30)])
def test_a_session_ends_after_its_idle_time_and_every_page_says_until_when(who: str, minutes: int) -> None:
    browser, page = (browser_of(a_person()), "/mijn") if who == "citizen" else (browser_of_staff(), "/beheer")
    found = browser.get(page)
    (seconds,) = re.findall(r'data-seconds="(\d+)"', found.content.decode())
    assert minutes * 60 - 10 < int(seconds) <= minutes * 60
    until = timezone.localtime(timezone.now() + timedelta(seconds=int(seconds)))
    assert f"U blijft ingelogd tot {until:%-H.%M}" in found.content.decode()
    let_it_be(browser, minutes - 0.5)
    assert browser.get(page).status_code == 200
    let_it_be(browser, minutes)
    assert browser.get(page).status_code == 302


def test_one_button_keeps_somebody_in_with_and_without_a_script() -> None:
    browser = browser_of(a_person())
    let_it_be(browser, 14)
    assert browser.post("/ingelogd-blijven", headers={"accept": "application/json"}).json()["seconds"] > 890
    let_it_be(browser, 14)
    assert browser.post("/ingelogd-blijven", {"terug": "/mijn"})["Location"] == "/mijn"
    assert browser.post("/ingelogd-blijven", {"terug": "https://elders.example"})["Location"] == "/"
    let_it_be(browser, 14)
    assert browser.get("/mijn").status_code == 200
    assert browser.get("/ingelogd-blijven").status_code == 405
    assert Client().post("/ingelogd-blijven").status_code == 302


def test_no_page_of_a_visitor_speaks_of_a_session() -> None:
    page = Client().get("/").content.decode()
    assert "data-seconds" not in page
    assert "U blijft ingelogd" not in page


def test_a_request_sent_after_the_session_ended_is_there_again_and_not_filed() -> None:
    person, practice = a_person(), a_practice()
    user = user_of(person)
    browser = client_of(user)
    let_it_be(browser, 16)
    answer = browser.post("/mijn/verzoek", a_filled_form(person, practice))
    assert answer["Location"] == "/inloggen?next=%2Fmijn%2Fverzoek"
    log_in_again(browser, user)
    page = browser.get("/mijn/verzoek").content.decode()
    assert BACK in page
    assert practice.name in page
    assert "0b0e0c0a-0000-4000-8000-000000000001" in page
    assert not Request.objects.exists()
    assert BACK not in browser.get("/mijn/verzoek").content.decode(), "once"


def test_what_one_person_typed_is_never_shown_to_another() -> None:
    person, other, practice = a_person(), a_person(), a_practice()
    user = user_of(person)
    browser = client_of(user)
    let_it_be(browser, 16)
    browser.post("/mijn/verzoek", a_filled_form(person, practice))
    log_in_again(browser, user_of(other))
    page = browser.get("/mijn/verzoek").content.decode()
    assert BACK not in page
    assert practice.name not in page
    log_in_again(browser, user)
    assert BACK not in browser.get("/mijn/verzoek").content.decode(), "it is gone"


def test_a_stranger_and_a_form_that_is_not_kept_leave_nothing_behind() -> None:
    person = a_person()
    stranger = Client()
    stranger.post("/mijn/verzoek", {"wens": "x"})
    log_in_again(stranger, user_of(person))
    assert BACK not in stranger.get("/mijn/verzoek").content.decode()
    browser = browser_of(person)
    let_it_be(browser, 16)
    assert browser.post("/mijn/huisarts", {"practice": "1"})["Location"] == "/inloggen"
    browser = browser_of(person)
    let_it_be(browser, 16)
    assert browser.post("/mijn/verzoek", {"wens": "x" * 30_000})["Location"] == "/inloggen"


def test_a_policy_sent_after_the_session_ended_is_there_again_and_not_signed() -> None:
    practice = a_practice()
    user = User.objects.create(
        kind=User.Kind.STAFF,
        issuer="https://werk.example",
        subject="p",
        display_name="P",
        created_at=timezone.now(),
    )
    user.role_grants.create(
        role=Role.PRACTICE_OWNER, scope_type="practice", scope_id=practice.pk, granted_at=timezone.now()
    )
    browser = client_of(user)
    let_it_be(browser, 31)
    form = {"praktijk": str(practice.pk), "people_more": "37", "stap": "bewaar", "gezien": "1"}
    before = PolicyVersion.objects.filter(practice=practice).count()
    assert "next=%2Fpraktijk%2Fbeleid" in browser.post("/praktijk/beleid", form)["Location"]
    log_in_again(browser, user)
    page = browser.get("/praktijk/beleid").content.decode()
    assert BACK in page
    assert 'value="37"' in page
    assert PolicyVersion.objects.filter(practice=practice).count() == before
