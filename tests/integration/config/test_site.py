# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page gets: headers, a reference, a language; and whether the installation can work at all."""

from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from pytest_django import DjangoAssertNumQueries

from huisartsplek.config.middleware import VisitorAddress

HEARTBEAT = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))"


@pytest.fixture
def client() -> Client:
    """A visitor."""
    return Client()


def worker_silent_for(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(HEARTBEAT, [seconds])


@pytest.mark.django_db
def test_healthz_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_readyz_says_yes_with_a_migrated_database_and_a_worker_at_work(client: Client) -> None:
    worker_silent_for(1)
    assert client.get("/readyz").json() == {"status": "ready"}


@pytest.mark.django_db
def test_readyz_says_no_when_the_worker_is_silent(client: Client) -> None:
    worker_silent_for(3600)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["faults"] == ["the worker is silent"]


@pytest.mark.django_db
def test_readyz_says_no_before_any_worker(client: Client) -> None:
    assert client.get("/readyz").json()["faults"] == ["no worker has reported yet"]


@pytest.mark.django_db
def test_readyz_says_no_when_a_migration_waits(client: Client) -> None:
    worker_silent_for(1)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert client.get("/readyz").json()["faults"] == ["migrations are waiting"]


def test_readyz_says_no_without_a_database_and_gives_nothing_away(client: Client) -> None:
    with patch.object(connection, "ensure_connection", side_effect=OperationalError("host 10.1.2.3 password x")):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["faults"] == ["the database does not answer"]


def test_the_content_policy_is_strict(client: Client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert rules["default-src"] == ["'self'"]
    assert rules["frame-ancestors"] == ["'none'"]
    assert rules["form-action"] == ["'self'"]
    assert rules["worker-src"] == ["'self'", "blob:"]
    assert rules["img-src"] == ["'self'", "data:"]
    assert "unsafe" not in policy
    assert "http" not in policy


def test_pages_may_not_be_framed_sniffed_or_told_to_others(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_every_request_has_a_reference_of_its_own(client: Client) -> None:
    references = {client.get("/healthz")["X-Request-Reference"] for _ in range(5)}
    assert len(references) == 5


def test_dutch_is_the_language_until_somebody_chooses(client: Client) -> None:
    assert client.get("/healthz")["Content-Language"] == "nl"


def test_a_chosen_language_is_followed_at_once_and_remembered(client: Client) -> None:
    assert client.get("/healthz?taal=en")["Content-Language"] == "en"
    assert client.get("/healthz")["Content-Language"] == "en"
    assert client.get("/healthz?taal=nl")["Content-Language"] == "nl"
    assert client.get("/healthz")["Content-Language"] == "nl"


def test_a_language_we_do_not_have_changes_nothing(client: Client) -> None:
    answer = client.get("/healthz?taal=xx")
    assert answer["Content-Language"] == "nl"
    assert not answer.cookies


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: Client) -> None:
    with override_settings(LANGUAGE_COOKIE_SECURE=True):
        cookie = client.get("/healthz?taal=en").cookies["hp-language"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("trusts_proxy", "forwarded", "believed"),
    [
        (True, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (True, "198.51.100.7", "198.51.100.7"),
        (True, "", "127.0.0.1"),
        (False, "198.51.100.7", "127.0.0.1"),
    ],
)
def test_the_visitors_address_is_what_the_trusted_proxy_itself_wrote(
    rf: RequestFactory, trusts_proxy: bool, forwarded: str, believed: str
) -> None:
    seen: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    with override_settings(TRUSTS_PROXY=trusts_proxy):
        VisitorAddress(page)(rf.get("/", headers={"x-forwarded-for": forwarded}))
    assert seen == [believed]
