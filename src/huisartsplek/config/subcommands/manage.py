# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek manage …`: Django's commands, each with the database and the role it needs."""

import argparse
import contextlib
import os

from django.core.management import execute_from_command_line

from huisartsplek.config.surroundings import (
    as_application,
    as_owner,
    database_addresses,
    read_environment,
    told_faults,
)

WITHOUT_DATABASE = frozenset(
    {
        "",
        "--help",
        "--version",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "document_lifecycles",
        "document_settings",
        "findstatic",
        "help",
        "makemessages",
    }
)
AS_OWNER = frozenset(
    {
        "makemigrations",
        "migrate",
        "optimizemigration",
        "prepare_demo",
        "showmigrations",
        "sqlmigrate",
        "squashmigrations",
    }
)


def run(arguments: argparse.Namespace) -> int:
    """Run one of Django's commands."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "huisartsplek.config.settings"
    command = arguments.arguments[0] if arguments.arguments else ""
    with told_faults(), contextlib.ExitStack() as stack:
        variables = read_environment()
        if command not in WITHOUT_DATABASE:
            addresses = stack.enter_context(database_addresses(variables))
            environment = as_owner(addresses) if command in AS_OWNER else as_application(addresses)
            os.environ.update(environment)
            for name in os.environ.keys() - environment.keys():
                del os.environ[name]
        execute_from_command_line(["huisartsplek manage", *arguments.arguments])
    return 0
