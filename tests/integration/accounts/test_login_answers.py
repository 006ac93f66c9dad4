# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in at a provider that lies: each forged answer is refused, and leaves nobody logged in."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.conf import LazySettings
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client
from tests.integration.accounts.forging_provider import (
    STRANGE_KEY,
    Claims,
    ForgingProvider,
    running,
    signed,
    signed_with_the_public_key,
    unsigned,
    with_another_body,
)

from huisartsplek.accounts import linking
from huisartsplek.accounts.models import User
from huisartsplek.audit.models import AuditEvent
from huisartsplek.integrations.login.port import LoginAnswer

pytestmark = pytest.mark.django_db
Forge = Callable[[Claims], str]
ETOEGANG = "urn:etoegang:core:assurance-class:"


@pytest.fixture(scope="module")
def server() -> Iterator[ForgingProvider]:
    """One provider for all these tests."""
    with running() as provider:
        yield provider


@pytest.fixture
def provider(server: ForgingProvider, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> ForgingProvider:
    """The provider at which both citizens and staff log in, in a test's own state."""
    settings.CITIZEN_ISSUER = settings.STAFF_ISSUER = server.issuer
    settings.CITIZEN_ASSURANCE = f"{ETOEGANG}loa3"
    monkeypatch.setattr(linking, "_links", [])
    cache.clear()
    server.codes.clear()
    server.verifiers.clear()
    server.token_status = 200
    return server


def begin(client: Client, path: str = "/inloggen") -> dict[str, str]:
    """Start a login and return what the browser is told to ask the provider."""
    response = client.get(path)
    assert response.status_code == 302, response.content
    return {name: values[0] for name, values in parse_qs(urlsplit(response["Location"]).query).items()}


def come_back(client: Client, which: str = "citizen", **query: str) -> HttpResponseBase:
    """Return from the provider with its answer."""
    response: HttpResponseBase = client.get(f"/inloggen/terug/{which}", query)
    return response


def is_logged_in(client: Client) -> bool:
    """Whether this browser has a session of somebody."""
    return "_auth_user_id" in client.session


def refusals() -> list[str]:
    """List why logins were refused, from the log."""
    return [line.facts["reason"] for line in AuditEvent.objects.filter(kind="login_refused").order_by("id")]


def test_a_true_answer_logs_in_with_a_fresh_session_and_a_line_in_the_log(provider: ForgingProvider) -> None:
    client = Client()
    asked = begin(client)
    before = client.session.session_key
    provider.token = signed(provider.claims(asked["nonce"]))

    response = come_back(client, code="c1", state=asked["state"])

    assert (response.status_code, response["Location"]) == (302, "/mijn")
    user = User.objects.get(subject="citizen-1")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.session.session_key != before
    assert AuditEvent.objects.get(kind="logged_in").facts == {"which": "citizen", "level": "loa3"}
    assert asked["code_challenge"] == create_s256_code_challenge(provider.verifiers[0])
    assert asked["code_challenge_method"] == "S256"


NOW = time.time
FORGERIES: dict[str, tuple[Forge, str]] = {
    "a signature by another key": (lambda c: signed(c, key=STRANGE_KEY), "bad_signature"),
    "another body under a true signature": (
        lambda c: with_another_body(signed(c), {**c, "sub": "somebody-else"}),
        "bad_signature",
    ),
    "a key nobody published": (lambda c: signed(c, kid="other"), "unknown_key"),
    "no signature at all": (unsigned, "bad_algorithm"),
    "a shared secret instead of a key": (signed_with_the_public_key, "bad_algorithm"),
    "no token": (lambda _: "not-a-token", "bad_token"),
    "another audience": (lambda c: signed({**c, "aud": "somebody-else"}), "wrong_audience"),
    "several audiences and another party": (
        lambda c: signed({**c, "aud": [c["aud"], "other"], "azp": "other"}),
        "wrong_audience",
    ),
    "several audiences and no party": (lambda c: signed({**c, "aud": [c["aud"], "other"]}), "wrong_audience"),
    "no audience": (lambda c: signed({**c, "aud": []}), "wrong_audience"),
    "another issuer": (lambda c: signed({**c, "iss": "https://login.example"}), "wrong_issuer"),
    "an issuer that only begins alike": (lambda c: signed({**c, "iss": c["iss"] + "/"}), "wrong_issuer"),
    "another nonce": (lambda c: signed({**c, "nonce": "another"}), "wrong_nonce"),
    "no nonce": (lambda c: signed({k: v for k, v in c.items() if k != "nonce"}), "wrong_nonce"),
    "expired": (lambda c: signed({**c, "exp": int(NOW()) - 1}), "expired"),
    "no expiry": (lambda c: signed({k: v for k, v in c.items() if k != "exp"}), "bad_token"),
    "issued long ago": (lambda c: signed({**c, "iat": int(NOW()) - 3600}), "expired"),
    "issued in the future": (lambda c: signed({**c, "iat": int(NOW()) + 120}), "from_the_future"),
    "not valid yet": (lambda c: signed({**c, "nbf": int(NOW()) + 120}), "from_the_future"),
    "too low a level": (lambda c: signed({**c, "acr": f"{ETOEGANG}loa2"}), "level_too_low"),
    "just too low a level": (lambda c: signed({**c, "acr": f"{ETOEGANG}loa2plus"}), "level_too_low"),
    "a level nobody knows": (lambda c: signed({**c, "acr": "very-high"}), "level_too_low"),
    "no level": (lambda c: signed({k: v for k, v in c.items() if k != "acr"}), "level_too_low"),
    "nobody": (lambda c: signed({k: v for k, v in c.items() if k != "sub"}), "bad_token"),
    "a subject that is not text": (lambda c: signed({**c, "sub": ["citizen-1"]}), "bad_token"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_answer_lets_nobody_in(provider: ForgingProvider, forgery: str) -> None:
    forge, reason = FORGERIES[forgery]
    client = Client()
    asked = begin(client)
    provider.token = forge(provider.claims(asked["nonce"]))

    response = come_back(client, code="c1", state=asked["state"])

    assert response.status_code == 403
    assert not is_logged_in(client)
    assert not User.objects.exists()
    assert refusals() == [reason]


@pytest.mark.parametrize(
    ("methods", "is_let_in"),
    [
        (["mfa"], True),
        (["pwd", "otp"], True),
        (["pin", "hwk"], True),
        (["pwd"], False),
        (["pwd", "pin"], False),
        (["hwk"], False),
        ([], False),
        (None, False),
        ("mfa", False),
    ],
)
def test_staff_need_a_second_factor(
    provider: ForgingProvider, settings: LazySettings, methods: Any, is_let_in: bool
) -> None:
    client = Client()
    asked = begin(client, "/inloggen/medewerker")
    claims = provider.claims(asked["nonce"], aud=settings.STAFF_CLIENT_ID, amr=methods, name="Anna Voorbeeld")
    provider.token = signed(claims)

    come_back(client, "staff", code="c1", state=asked["state"])

    assert is_logged_in(client) is is_let_in
    assert refusals() == ([] if is_let_in else ["no_second_factor"])


def test_an_answer_for_citizens_does_not_let_in_staff(provider: ForgingProvider) -> None:
    client = Client()
    asked = begin(client)
    provider.token = signed(provider.claims(asked["nonce"]))

    come_back(client, "staff", code="c1", state=asked["state"])

    assert not is_logged_in(client)
    assert refusals() == ["unknown_state"]


def test_a_state_is_good_once(provider: ForgingProvider) -> None:
    client = Client()
    asked = begin(client)
    provider.token = signed(provider.claims(asked["nonce"], sub="first"))
    come_back(client, code="c1", state=asked["state"])
    provider.token = signed(provider.claims(asked["nonce"], sub="second"))

    come_back(client, code="c2", state=asked["state"])

    assert refusals() == ["unknown_state"]
    assert list(User.objects.values_list("subject", flat=True)) == ["first"]


def test_a_code_is_good_once(provider: ForgingProvider) -> None:
    first, second = Client(), Client()
    asked = begin(first)
    provider.token = signed(provider.claims(asked["nonce"]))
    come_back(first, code="c1", state=asked["state"])

    asked_again = begin(second)
    provider.token = signed(provider.claims(asked_again["nonce"]))
    come_back(second, code="c1", state=asked_again["state"])

    assert is_logged_in(first)
    assert not is_logged_in(second)
    assert refusals() == ["code_not_accepted"]


def test_the_state_of_another_session_is_refused(provider: ForgingProvider) -> None:
    attacker, victim = Client(), Client()
    asked = begin(attacker)
    begin(victim)
    provider.token = signed(provider.claims(asked["nonce"]))

    come_back(victim, code="c1", state=asked["state"])

    assert not is_logged_in(victim)
    assert refusals() == ["unknown_state"]


def test_an_answer_to_another_login_of_the_same_session_is_refused(provider: ForgingProvider) -> None:
    client = Client()
    first, second = begin(client), begin(client)
    provider.token = signed(provider.claims(first["nonce"]))

    come_back(client, code="c1", state=second["state"])

    assert refusals() == ["wrong_nonce"]


def test_a_login_that_takes_too_long_is_begun_anew(provider: ForgingProvider, time_machine: Any) -> None:
    client = Client()
    asked = begin(client)
    provider.token = signed(provider.claims(asked["nonce"]))
    time_machine.move_to(datetime.now(UTC) + timedelta(minutes=16))

    come_back(client, code="c1", state=asked["state"])

    assert refusals() == ["too_late"]


def test_who_stops_half_way_is_told_that_nothing_changed(provider: ForgingProvider) -> None:
    client = Client()
    asked = begin(client)

    response = come_back(client, error="access_denied", state=asked["state"])

    assert response.status_code == 403
    assert "Er is niets veranderd" in str(getattr(response, "content", b""), "utf-8")


def test_a_provider_that_is_down_leaves_the_rest_working(provider: ForgingProvider, settings: LazySettings) -> None:
    settings.CITIZEN_ISSUER = "http://127.0.0.1:9"
    response = Client().get("/inloggen")
    assert response.status_code == 503
    assert refusals() == ["provider_down"]


def test_a_description_of_somebody_else_is_not_believed(provider: ForgingProvider, settings: LazySettings) -> None:
    settings.CITIZEN_ISSUER = provider.issuer.replace("127.0.0.1", "localhost")
    assert Client().get("/inloggen").status_code == 403
    assert refusals() == ["wrong_issuer"]


def test_who_was_stopped_cannot_log_in(provider: ForgingProvider) -> None:
    client = Client()
    asked = begin(client)
    User.objects.create(
        kind="citizen", issuer=provider.issuer, subject="citizen-1", is_active=False, created_at="2026-01-01T00:00Z"
    )
    provider.token = signed(provider.claims(asked["nonce"]))

    come_back(client, code="c1", state=asked["state"])

    assert not is_logged_in(client)
    assert refusals() == ["stopped"]


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        " /healthz",
        "/%09/evil.example",
        "/\t/evil.example",
        "/healthz\r\nSet-Cookie: a=b",
        "healthz",
        "/no-such-page",
        "/inloggen",
        "/uitloggen",
        "https:///evil.example",
        "/healthz@evil.example",
        "/" + "a" * 600,
    ],
)
def test_a_login_leads_to_no_other_site(provider: ForgingProvider, wanted: str) -> None:
    client = Client()
    response = client.get("/inloggen", {"next": wanted})
    asked = {name: values[0] for name, values in parse_qs(urlsplit(response["Location"]).query).items()}
    provider.token = signed(provider.claims(asked["nonce"]))

    assert come_back(client, code="c1", state=asked["state"])["Location"] == "/mijn"


def test_a_login_leads_back_to_the_page_that_asked_for_it(provider: ForgingProvider) -> None:
    client = Client()
    response = client.get("/inloggen", {"next": "/healthz?a=1"})
    asked = {name: values[0] for name, values in parse_qs(urlsplit(response["Location"]).query).items()}
    provider.token = signed(provider.claims(asked["nonce"]))

    assert come_back(client, code="c1", state=asked["state"])["Location"] == "/healthz?a=1"


def test_the_bsn_of_a_login_is_readable_in_its_own_session_only(
    provider: ForgingProvider, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[LoginAnswer] = []
    person_id = uuid4()

    def link(answer: LoginAnswer, **_about: object) -> object:
        seen.append(answer)
        return person_id

    monkeypatch.setattr(linking, "_links", [link])
    client = Client()
    asked = begin(client)
    provider.token = signed(provider.claims(asked["nonce"], bsn="999990019", represents=[{"bsn": "999993653"}]))
    come_back(client, code="c1", state=asked["state"])

    assert User.objects.get().person_id == person_id
    assert (seen[0].bsn, seen[0].represents[0].bsn) == ("999990019", "999993653")
    everything_kept = str(dict(client.session.items())) + str(list(AuditEvent.objects.values())) + caplog.text
    assert "999990019" not in everything_kept + repr(seen[0])
    assert "999993653" not in everything_kept + repr(seen[0])


def test_a_person_who_comes_in_by_another_login_leaves_the_former_one(
    provider: ForgingProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    person_id = uuid4()
    monkeypatch.setattr(linking, "_links", [lambda _answer, **_about: person_id])
    clients = [Client(), Client()]
    for number, client in enumerate(clients):
        asked = begin(client)
        provider.token = signed(provider.claims(asked["nonce"], sub=f"login-{number}"))
        come_back(client, code=f"c{number}", state=asked["state"])

    assert User.objects.get(person_id=person_id).subject == "login-1"
    clients[0].get("/uitgelogd")
    assert not is_logged_in(clients[0])
    assert is_logged_in(clients[1])


def test_logging_out_forgets_everything(provider: ForgingProvider) -> None:
    client = Client()
    asked = begin(client)
    provider.token = signed(provider.claims(asked["nonce"]))
    come_back(client, code="c1", state=asked["state"])
    old_cookie = client.cookies["hp-session"].value

    assert client.get("/uitloggen").status_code == 405
    response = client.post("/uitloggen")

    assert response["Location"] == "/uitgelogd"
    assert "Clear-Site-Data" in response
    assert not is_logged_in(client)
    client.cookies["hp-session"] = old_cookie
    assert not is_logged_in(client)
    assert AuditEvent.objects.filter(kind="logged_out").count() == 1


def test_logging_out_needs_a_form_of_ours(provider: ForgingProvider) -> None:
    assert Client(enforce_csrf_checks=True).post("/uitloggen").status_code == 403
