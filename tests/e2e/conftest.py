# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A running site and a browser for the tests that walk through it."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from tests.browser import ARGUMENTS, find_chromium
from tests.e2e.counting import Effort, counted
from tests.integration.conftest import committed, emptiable_log

__all__ = ["committed", "emptiable_log"]

# The browser is steered from a loop in this thread; the database is still used by one thread at a time.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

OTHER_SESSIONS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
PATIENCE = 8_000  # milliseconds for anything on a page to appear

Open = Callable[..., Page]
Count = Callable[[str, Page], AbstractContextManager[Effort]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as a test that needs a chromium."""
    for item in items:
        if "/tests/e2e/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Browser]:
    """One browser for the whole run; each test gets contexts of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()
    # A page that was left half-way keeps its session with the database, which then could not be dropped.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(OTHER_SESSIONS)


@pytest.fixture
def site(committed: None, request: pytest.FixtureRequest, settings: Any) -> str:
    """The address of the running site, which is its own login provider too."""
    # Asked for here and not by name above: so the rows of a test go while the log can still be emptied.
    server: LiveServer = request.getfixturevalue("live_server")
    settings.ORIGIN = server.url
    return str(server.url)


@pytest.fixture
def browse(chromium: Browser, site: str) -> Iterator[Open]:
    """Open a fresh browser window: `browse()`, `browse(width=360)`, `browse(javascript=False)`, or as one sees."""
    contexts = []

    def open_page(*, width: int = 1280, javascript: bool = True, **seen: Any) -> Page:
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            **seen,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Count:
    """Count what a task takes, `with count("what", page) as effort:`; the run prints it at its end."""

    @contextmanager
    def counting(task: str, page: Page) -> Iterator[Effort]:
        with counted(page) as effort:
            yield effort
        record_property("effort", [task, effort.fields, effort.clicks, effort.pages, round(effort.seconds, 1)])

    return counting
