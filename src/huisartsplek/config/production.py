# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must be so before this may run for real people; every fault is named at once."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from huisartsplek.config.choices import Addresses, Beacon
from huisartsplek.config.values import LOOPBACK, DatabaseAddress
from huisartsplek.config.variables import Variables, WrongVariables, declarations

REQUIRED = (
    "secret_key",
    "bsn_keys",
    "bsn_lookup_key",
    "citizen_issuer",
    "citizen_client_secret",
    "staff_issuer",
    "staff_client_secret",
    "database_url",
)


def _missing(variables: Variables) -> Iterator[str]:
    declared = declarations()
    for field in REQUIRED:
        if getattr(variables, field) is None:
            yield f"{declared[field].name} is not set"


def _switches(variables: Variables) -> Iterator[str]:
    if variables.debug:
        yield "HP_DEBUG shows visitors what is in memory"
    if variables.demo:
        yield "HP_DEMO lets anyone log in as anyone"
    if variables.beacon is Beacon.EXAMPLE:
        yield "HP_BEACON is example: whoever knows the secret knows the draw beforehand"
    if variables.addresses is Addresses.EXAMPLE:
        yield "HP_ADDRESSES is example: distances would be made up"


def _addresses(variables: Variables) -> Iterator[str]:
    origin = urlsplit(variables.origin)
    if origin.scheme != "https":
        yield "HP_ORIGIN is not https"
    if origin.hostname in LOOPBACK:
        yield "HP_ORIGIN is this machine's own address; nobody else can reach it"
    if "*" in variables.hosts:
        yield "HP_HOSTS accepts every name"
    if urlsplit(variables.beacon_url).scheme != "https":
        yield "HP_BEACON_URL is not https"
    if urlsplit(variables.addresses_url).scheme != "https":
        yield "HP_ADDRESSES_URL is not https"
    for name, issuer in (
        ("HP_CITIZEN_ISSUER", variables.citizen_issuer),
        ("HP_STAFF_ISSUER", variables.staff_issuer),
    ):
        if issuer is not None and urlsplit(issuer).scheme != "https":
            yield f"{name} is not https"


def _messages(variables: Variables) -> Iterator[str]:
    declared = declarations()
    templates = ("notify_email_template", "notify_sms_template", "notify_letter_template")
    named = [field for field in templates if getattr(variables, field) is not None]
    if variables.mail_host is None and variables.notify_email_template is None:
        yield "HP_MAIL_HOST is not set, nor HP_NOTIFY_EMAIL_TEMPLATE: no e-mail can go out"
    if variables.mail_host is not None and bool(variables.mail_user) != bool(variables.mail_password):
        yield "HP_MAIL_USER and HP_MAIL_PASSWORD go together; one of them is not set"
    if variables.mail_host is not None and variables.mail_from.endswith("@localhost"):
        yield "HP_MAIL_FROM is an address of this machine; nothing can come back to it"
    if variables.notify_key is None:
        for field in named:
            yield f"{declared[field].name} is set without HP_NOTIFY_KEY"
    elif not named:
        yield "HP_NOTIFY_KEY is set without a template: nothing would go out through it"
    if urlsplit(variables.notify_url).scheme != "https":
        yield "HP_NOTIFY_URL is not https"


def _database(variables: Variables) -> Iterator[str]:
    for name, address in (
        ("DATABASE_URL", variables.database_url),
        ("DATABASE_OWNER_URL", variables.database_owner_url),
    ):
        if address is None:
            continue
        if not address.is_local and dict(address.options).get("sslmode") != "verify-full":
            yield f"{name} leaves this machine without sslmode=verify-full"
        if not address.password:
            yield f"{name} has no password"
    if _same_role(variables.database_url, variables.database_owner_url):
        yield "DATABASE_URL is the role of the owner, who can rewrite the audit log"


def _same_role(one: DatabaseAddress | None, other: DatabaseAddress | None) -> bool:
    return one is not None and other is not None and one.user == other.user


def _secrets(variables: Variables) -> Iterator[str]:
    declared = declarations()
    seen: dict[str, str] = {}
    for field in ("secret_key", "bsn_lookup_key", "citizen_client_secret", "staff_client_secret"):
        secret = getattr(variables, field)
        if secret is None:
            continue
        name = declared[field].name
        if len(set(secret)) < 8:
            yield f"{name} can be guessed: it repeats a few characters"
        if secret in seen:
            yield f"{name} is the same as {seen[secret]}"
        seen[secret] = name
    for number, key in variables.bsn_keys.keys if variables.bsn_keys else ():
        if len(set(key)) < 8:
            yield f"HP_BSN_KEYS holds a key, number {number}, that can be guessed"


CHECKS: tuple[Callable[[Variables], Iterator[str]], ...] = (
    _missing,
    _switches,
    _addresses,
    _messages,
    _database,
    _secrets,
)


def production_faults(variables: Variables) -> list[str]:
    """List everything that makes these settings unsafe for real people."""
    return [fault for check in CHECKS for fault in check(variables)]


def refuse_unsafe(variables: Variables) -> None:
    """Raise `WrongVariables` with every fault unless these settings are safe for real people."""
    faults = production_faults(variables)
    if faults:
        raise WrongVariables(faults)
