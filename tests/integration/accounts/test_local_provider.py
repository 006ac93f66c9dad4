# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in by hand at the local provider, over real HTTP between site, browser and provider."""

import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.conf import LazySettings
from django.core.cache import cache
from pytest_django.live_server_helper import LiveServer

from huisartsplek.accounts import linking
from huisartsplek.accounts.models import User
from huisartsplek.audit.models import AuditEvent
from huisartsplek.demo.apps import check_not_in_production
from huisartsplek.demo.provider import choices
from huisartsplek.demo.provider.choices import LoginChoice
from huisartsplek.demo.provider.models import IssuedCode
from huisartsplek.integrations.login.port import Audience

PEOPLE = (
    LoginChoice("noor", "Noor Voorbeeld", "Woont sinds kort hier.", Audience.CITIZEN, bsn="999990019"),
    LoginChoice("anna", "Anna Voorbeeld", "Assistent bij een praktijk.", Audience.STAFF),
)
VERIFIER = "v" * 60


@pytest.fixture
def site(committed: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The running site, with two people to be."""
    monkeypatch.setattr(choices, "_sources", [lambda: PEOPLE])
    monkeypatch.setattr(linking, "_links", [])
    cache.clear()
    server = LiveServer("localhost")
    settings.ORIGIN = server.url
    yield str(server.url)
    server.stop()


@pytest.fixture
def browser(site: str) -> Iterator[httpx.Client]:
    """Something that follows links and keeps cookies."""
    with httpx.Client(base_url=site, follow_redirects=True) as client:
        yield client


def form_of(page: httpx.Response) -> dict[str, str]:
    """Read the hidden fields of the first form on the page where one picks a person."""
    form = page.text[page.text.index('action="/demo-login/authorize"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


@pytest.mark.parametrize(
    ("path", "subject", "kind", "home"),
    [("/inloggen", "noor", "citizen", "/mijn"), ("/inloggen/medewerker", "anna", "staff", "/")],
)
def test_one_picks_a_person_and_is_logged_in_as_them(
    browser: httpx.Client, site: str, path: str, subject: str, kind: str, home: str
) -> None:
    page = browser.get(path)
    others = {choice.name for choice in PEOPLE if choice.audience != kind}
    assert page.url.path == "/demo-login/authorize"
    assert not any(name in page.text for name in others)

    sent = browser.post(page.url, data={**form_of(page), "subject": subject}, follow_redirects=False)
    back = browser.get(sent.headers["Location"], follow_redirects=False)

    assert back.headers["Location"] == home
    user = User.objects.get(subject=subject)
    assert (user.kind, user.issuer) == (kind, f"{site}/demo-login")
    assert AuditEvent.objects.get(kind="logged_in").actor_id == user.pk
    again = browser.get(sent.headers["Location"], follow_redirects=False)
    assert again.status_code == 403


def test_who_picks_nobody_of_the_list_is_not_let_in(browser: httpx.Client) -> None:
    page = browser.get("/inloggen")
    answer = browser.post(page.url, data={**form_of(page), "subject": "anna"})
    assert answer.status_code == 403
    assert not User.objects.exists()


def test_picking_needs_the_page_that_was_shown(browser: httpx.Client) -> None:
    page = browser.get("/inloggen")
    assert browser.post(page.url, data={"subject": "noor"}).status_code == 403
    forged = {**form_of(page), "subject": "noor", "asked": "x"}
    assert browser.post(page.url, data=forged).status_code == 400


def ask_for_a_code(browser: httpx.Client, settings: LazySettings, site: str) -> str:
    """Go through the page as some client would, and return the code in the answer."""
    query = {
        "response_type": "code",
        "scope": "openid",
        "client_id": settings.CITIZEN_CLIENT_ID,
        "redirect_uri": f"{site}/inloggen/terug/citizen",
        "state": secrets.token_urlsafe(8),
        "nonce": "n",
        "code_challenge": create_s256_code_challenge(VERIFIER),
        "code_challenge_method": "S256",
    }
    page = browser.get(f"/demo-login/authorize?{urlencode(query)}")
    sent = browser.post(page.url, data={**form_of(page), "subject": "noor"}, follow_redirects=False)
    return parse_qs(urlsplit(sent.headers["Location"]).query)["code"][0]


def exchange(browser: httpx.Client, settings: LazySettings, site: str, **changes: str) -> httpx.Response:
    """Exchange a code as the site does, with something changed."""
    secret = changes.pop("secret", settings.CITIZEN_CLIENT_SECRET)
    client_id = changes.pop("client_id", settings.CITIZEN_CLIENT_ID)
    data = {
        "grant_type": "authorization_code",
        "redirect_uri": f"{site}/inloggen/terug/citizen",
        "code_verifier": VERIFIER,
        **changes,
    }
    return browser.post("/demo-login/token", data=data, auth=(client_id, secret))


def test_a_code_is_good_once_and_for_who_asked_for_it(
    browser: httpx.Client, settings: LazySettings, site: str
) -> None:
    wrong = (
        {"code_verifier": "w" * 60},
        {"redirect_uri": f"{site}/elsewhere"},
        {"client_id": settings.STAFF_CLIENT_ID, "secret": settings.STAFF_CLIENT_SECRET},
        {"grant_type": "password"},
    )
    for change in wrong:
        code = ask_for_a_code(browser, settings, site)
        assert exchange(browser, settings, site, code=code, **change).json() == {"error": "invalid_grant"}
        assert exchange(browser, settings, site, code=code).status_code == 400, "a misused code is spent"
    code = ask_for_a_code(browser, settings, site)
    assert exchange(browser, settings, site, code=code, secret="guessed").status_code == 401
    first = exchange(browser, settings, site, code=code)
    assert first.status_code == 200
    assert exchange(browser, settings, site, code=code).status_code == 400
    told = browser.get("/demo-login/userinfo", headers={"Authorization": f"Bearer {first.json()['access_token']}"})
    assert (told.json()["sub"], told.json()["bsn"]) == ("noor", "999990019")
    assert browser.get("/demo-login/userinfo", headers={"Authorization": "Bearer x"}).status_code == 401


def test_a_code_expires(browser: httpx.Client, settings: LazySettings, site: str) -> None:
    code = ask_for_a_code(browser, settings, site)
    IssuedCode.objects.update(expires_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert exchange(browser, settings, site, code=code).status_code == 400


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"nonce": ""}, "invalid_request"),
        ({"redirect_uri": "https://evil.example/"}, None),
        ({"client_id": "nobody"}, None),
    ],
)
def test_a_question_that_is_not_as_it_should_be_shows_nobody(
    browser: httpx.Client, settings: LazySettings, site: str, change: dict[str, str], error: str | None
) -> None:
    query = {
        "response_type": "code",
        "scope": "openid",
        "client_id": settings.CITIZEN_CLIENT_ID,
        "redirect_uri": f"{site}/inloggen/terug/citizen",
        "state": "s",
        "nonce": "n",
        "code_challenge": "c" * 43,
        "code_challenge_method": "S256",
    } | change
    answer = browser.get(f"/demo-login/authorize?{urlencode(query)}", follow_redirects=False)
    if error is None:
        assert answer.status_code == 400
        assert "Location" not in answer.headers
    else:
        assert f"error={error}" in answer.headers["Location"]


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/uitloggen", ""])
def test_the_end_of_a_session_leads_to_no_other_site(
    browser: httpx.Client, settings: LazySettings, wanted: str
) -> None:
    query = urlencode({"client_id": settings.CITIZEN_CLIENT_ID, "post_logout_redirect_uri": wanted})
    answer = browser.get(f"/demo-login/end?{query}", follow_redirects=False)
    assert answer.headers["Location"] == "/"


def test_the_demo_refuses_to_start_where_real_people_are(settings: LazySettings) -> None:
    assert check_not_in_production(None) == []
    settings.IS_PRODUCTION = True
    assert [fault.id for fault in check_not_in_production(None)] == ["demo.E001"]
