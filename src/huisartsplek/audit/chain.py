# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the lines of one month hang together: each hash covers the line and the hash before it."""

import hashlib
import json
from datetime import UTC, date, datetime

from huisartsplek.audit.models import AuditEvent

_FIELDS = tuple(sorted(field.attname for field in AuditEvent._meta.concrete_fields))


def start_of(month: date) -> bytes:
    """Return the hash before the first line of a month."""
    return hashlib.sha256(f"huisartsplek audit {month.isoformat()}".encode()).digest()


def link(previous: bytes, event: AuditEvent) -> bytes:
    """Return the hash of a line that follows the line with the previous hash."""
    return hashlib.sha256(previous + written_out(event)).digest()


def anchor_hash(previous: bytes, month: date, events: int, head: bytes) -> bytes:
    """Return the hash of a month's anchor that follows the previous anchor."""
    return hashlib.sha256(previous + f"{month.isoformat()} {events} {head.hex()}".encode()).digest()


def written_out(event: AuditEvent) -> bytes:
    """Return every column of a line as one unambiguous text."""
    values = {name: _plain(getattr(event, name)) for name in _FIELDS}
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if value is None or isinstance(value, str | int | dict):
        return value
    return str(value)
