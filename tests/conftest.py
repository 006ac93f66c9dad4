# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every test may ask for: a database, and the application's rights in it; and a count of what did not run."""

import contextlib
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from psycopg import sql
from tests.browser import find_chromium
from xdist.workermanage import WorkerController

from huisartsplek.config.database.launcher import running_database
from huisartsplek.config.values import DatabaseAddress, read_database_url

NOT_RUN = pytest.StashKey[list[str]]()

# A test says what must be true, not how fast.
hypothesis_settings.register_profile("unhurried", hypothesis_settings.default, deadline=None)
hypothesis_settings.load_profile("unhurried")


def pytest_configure(config: pytest.Config) -> None:
    """Begin the list of tests that cannot run on this machine."""
    config.stash[NOT_RUN] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Set the browser tests apart where there is no chromium: they are counted, not passed over in silence."""
    in_browser = [item for item in items if item.get_closest_marker("browser")]
    if in_browser and find_chromium() is None:
        config.stash[NOT_RUN] += [item.nodeid for item in in_browser]
        items[:] = [item for item in items if item not in in_browser]
        config.hook.pytest_deselected(items=in_browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail whatever skips itself: what cannot run here is set apart at collection, and the rest must run."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"A test may not skip itself: {report.longrepr}"
    return report


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what tasks took people in the browser, and what did not run."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    told = [one for report in reports for one in getattr(report, "user_properties", ())]
    efforts = sorted({tuple(value) for name, value in told if name == "effort"})
    if efforts:
        terminalreporter.section("what tasks take: fields, clicks, pages, seconds")
        for task, *figures in efforts:
            terminalreporter.write_line(f"{task:<50}" + "".join(f"{figure:>8}" for figure in figures))
    missing = config.stash[NOT_RUN]
    if missing:
        terminalreporter.section("DID NOT RUN: no chromium on this machine")
        for nodeid in missing:
            terminalreporter.write_line(nodeid)
        terminalreporter.write_line(f"{len(missing)} tests did not run.")


def pytest_testnodedown(node: WorkerController) -> None:
    """Take over what a process left out; each has looked at all tests."""
    node.config.stash[NOT_RUN] = getattr(node, "workeroutput", {}).get("not_run", [])


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in CI that left tests out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["not_run"] = session.config.stash[NOT_RUN]
        return
    if os.environ.get("CI") and session.config.stash[NOT_RUN] and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def in_dutch() -> Iterator[None]:
    """Begin every test in Dutch, whatever language the one before ended in."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def database_server() -> Iterator[tuple[DatabaseAddress, DatabaseAddress]]:
    """A server, as its owner and as its application: the one of DATABASE_URL, else a throw-away one."""
    if "DATABASE_URL" in os.environ:
        application = read_database_url(os.environ["DATABASE_URL"])
        owner = read_database_url(os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"])
        yield owner, application
        return
    bindir = os.environ.get("HP_PG_BINDIR")
    with running_database(
        Path(settings.DATA_DIR), bindir=Path(bindir) if bindir else None, durable=False
    ) as server:
        yield read_database_url(server.owner_url), read_database_url(server.app_url)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_server: tuple[DatabaseAddress, DatabaseAddress]) -> None:
    """Point Django at the server once a first test needs it, so that pure tests start none."""
    owner, _application = database_server
    connections["default"].settings_dict.update(
        HOST=owner.host, PORT=str(owner.port), NAME=owner.name, USER=owner.user, PASSWORD=owner.password
    )


@pytest.fixture
def application_url(database_server: tuple[DatabaseAddress, DatabaseAddress], django_db_setup: None) -> str:
    """The address of the test database as the application's role, for processes that a test starts."""
    _owner, application = database_server
    name = connections["default"].settings_dict["NAME"]
    return DatabaseAddress(
        host=application.host,
        port=application.port,
        name=name,
        user=application.user,
        password=application.password,
        options=application.options,
    ).url


@pytest.fixture
def as_application(db: None) -> Callable[[], AbstractContextManager[None]]:
    """Work for a while with no more rights than the application has: `with as_application(): …`."""

    @contextlib.contextmanager
    def act() -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(settings.APPLICATION_ROLE)))
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")

    return act
