# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every test may ask for: a database of our own, and to be nobody but the application in it."""

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from huisartsplek.config.database.launcher import running_database
from huisartsplek.config.values import DatabaseAddress, read_database_url


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
