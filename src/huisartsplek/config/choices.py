# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an environment variable may choose between."""

from enum import StrEnum


class Environment(StrEnum):
    """Where this installation runs: for real, as a demo on one machine, or under test."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class DatabaseRole(StrEnum):
    """As whom the process works: the application, or the owner of the schema who migrates it."""

    APPLICATION = "application"
    OWNER = "owner"


class Beacon(StrEnum):
    """Where the public value of a draw comes from."""

    DRAND = "drand"
    EXAMPLE = "example"


class Addresses(StrEnum):
    """Where it is known where a house lies."""

    PDOK = "pdok"
    EXAMPLE = "example"


class LogLevel(StrEnum):
    """How serious a line must be to reach the log."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"
