# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of value a variable can have. Each reader raises `ValueError` with what the value must be."""

import base64
import binascii
import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit
from uuid import UUID

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
YES = frozenset({"1", "yes", "true", "on", "ja"})
NO = frozenset({"0", "no", "false", "off", "nee"})


@dataclasses.dataclass(frozen=True, kw_only=True)
class DatabaseAddress:
    """Where a PostgreSQL database is, and as whom it is entered."""

    host: str
    port: int
    name: str
    user: str
    password: str = dataclasses.field(repr=False)
    options: tuple[tuple[str, str], ...] = ()

    @property
    def is_local(self) -> bool:
        """Tell whether the traffic stays on this machine."""
        return self.host in LOOPBACK or self.host.startswith("/")

    @property
    def url(self) -> str:
        """Write the address, password included, as a URL."""
        host = f"[{self.host}]" if ":" in self.host else quote(self.host, safe="")
        query = f"?{urlencode(self.options)}" if self.options else ""
        return (
            f"postgresql://{quote(self.user, safe='')}:{quote(self.password, safe='')}"
            f"@{host}:{self.port}/{quote(self.name, safe='')}{query}"
        )


@dataclasses.dataclass(frozen=True)
class KeyRing:
    """Numbered keys: the first one encrypts, all of them decrypt."""

    keys: tuple[tuple[int, bytes], ...] = dataclasses.field(repr=False)

    @property
    def as_dict(self) -> dict[int, bytes]:
        """Give the keys by number, the current one first."""
        return dict(self.keys)


def read_text(least: int) -> Callable[[str], str]:
    """Accept text of at least so many characters."""

    def read(text: str) -> str:
        if len(text) < least:
            raise ValueError(f"must have at least {least} characters; it has {len(text)}")
        return text

    return read


def read_uuid(text: str) -> str:
    """Accept the id of something elsewhere."""
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError("must be a UUID") from None


def read_service_key(text: str) -> str:
    """Accept a key of NotifyNL: whatever its name, it ends in two ids."""
    if not re.fullmatch(r".+(-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){2}", text, re.IGNORECASE):
        raise ValueError("must be a key as NotifyNL shows it: a name, the id of the service and a secret")
    return text


def read_flag(text: str) -> bool:
    """Accept yes or no in the usual spellings."""
    word = text.lower()
    if word not in YES | NO:
        raise ValueError("must be yes or no")
    return word in YES


def read_whole_number(least: int, most: int) -> Callable[[str], int]:
    """Accept a whole number within bounds."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def read_list(text: str) -> tuple[str, ...]:
    """Accept texts separated by commas."""
    items = tuple(item.strip() for item in text.split(","))
    if not all(items):
        raise ValueError("has an empty item between its commas")
    return items


def read_path(text: str) -> Path:
    """Accept a folder, given in full or from the present one."""
    return Path(text).expanduser().absolute()


def read_origin(text: str) -> str:
    """Accept the address of a site: scheme, host and port, nothing behind it."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.username:
        raise ValueError("must be an address such as https://huisartsplek.example, without anything behind it")
    return text


def read_database_url(text: str) -> DatabaseAddress:
    """Accept `postgresql://user:password@host:port/name?sslmode=verify-full`."""
    parts = urlsplit(text)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("must start with postgresql://; other databases are not supported")
    try:
        port = parts.port or 5432
    except ValueError:
        raise ValueError("has a port that is no number from 1 to 65535") from None
    name = unquote(parts.path.removeprefix("/"))
    if not parts.hostname or not parts.username or not name:
        raise ValueError("must name a user, a host and a database: postgresql://user:password@host:port/name")
    return DatabaseAddress(
        host=unquote(parts.hostname),
        port=port,
        name=name,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        options=tuple(parse_qsl(parts.query)),
    )


def read_key_ring(text: str) -> KeyRing:
    """Accept numbered keys of 32 bytes: `2:base64,1:base64`."""
    keys: dict[int, bytes] = {}
    for item in read_list(text):
        number, separator, encoded = item.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not separator or not (number.isascii() and number.isdigit()) or len(key) != 32:
            raise ValueError("must hold items such as 1:KEY, each KEY being 32 bytes in base64")
        if int(number) in keys:
            raise ValueError(f"has key {int(number)} twice")
        keys[int(number)] = key
    return KeyRing(tuple(keys.items()))
