# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a process of ours needs around it: its settings, a database, and only the rights of its role."""

import contextlib
import os
import sys
from collections.abc import Iterator

from huisartsplek.config.choices import Environment
from huisartsplek.config.database.launcher import running_database
from huisartsplek.config.database.programs import DatabaseUnavailable
from huisartsplek.config.places import default_data_dir
from huisartsplek.config.production import refuse_unsafe
from huisartsplek.config.variables import Variables, WrongVariables, read_variables

COMMAND = (sys.executable, "-m", "huisartsplek")


def tell(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def told_faults() -> Iterator[None]:
    """End with the plain text of a fault in the surroundings instead of a trace."""
    try:
        yield
    except (WrongVariables, DatabaseUnavailable) as fault:
        tell(str(fault))
        sys.exit(1)


def read_environment() -> Variables:
    """Read the present environment; in production only a safe one."""
    variables = read_variables(os.environ)
    if variables.environment is Environment.PRODUCTION:
        refuse_unsafe(variables)
    return variables


@contextlib.contextmanager
def database_addresses(variables: Variables) -> Iterator[dict[str, str]]:
    """Give the addresses of the database as variables; start the embedded one where none is named."""
    if variables.database_url is not None:
        yield {name: os.environ[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL") if os.environ.get(name)}
        return
    with running_database(variables.data_dir or default_data_dir(), bindir=variables.pg_bindir) as found:
        yield {"DATABASE_URL": found.app_url, "DATABASE_OWNER_URL": found.owner_url}


def as_application(addresses: dict[str, str]) -> dict[str, str]:
    """Give the environment of a process that has the application's rights and no way in as the owner."""
    present = {key: value for key, value in os.environ.items() if key != "DATABASE_OWNER_URL"}
    return {**present, "DATABASE_URL": addresses["DATABASE_URL"], "HP_DATABASE_ROLE": "application"}


def as_owner(addresses: dict[str, str]) -> dict[str, str]:
    """Give the environment of a process that changes the schema."""
    return {**os.environ, **addresses, "HP_DATABASE_ROLE": "owner"}
