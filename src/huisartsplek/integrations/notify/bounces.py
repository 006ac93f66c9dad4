# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading an e-mail that a mail server sends back because ours could not be delivered (RFC 3464)."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message as Part
from uuid import UUID

_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def bounced_key(raw: bytes) -> UUID | None:
    """Give the key of our message that will never arrive; nothing for any other mail, or a delay only."""
    parts = list(message_from_bytes(raw, policy=policy.compat32).walk())
    if not any(_is_final(fields) for fields in _status_fields(parts)):
        return None
    named = [fields.get("Original-Envelope-Id", "") for fields in _status_fields(parts)]
    named += [part.get("Message-ID", "") for part in parts[1:]]
    named += [_text(part) for part in parts if part.get_content_type() == "text/rfc822-headers"]
    found = next((match for text in named if (match := _KEY.search(str(text)))), None)
    return UUID(found.group()) if found else None


def _status_fields(parts: list[Part]) -> Iterator[Part]:
    for part in parts:
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (fields for fields in part.get_payload() if isinstance(fields, Part))


def _is_final(fields: Part) -> bool:
    action = str(fields.get("Action", "")).strip().lower()
    return action == "failed" and str(fields.get("Status", "")).strip().startswith("5")


def _text(part: Part) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("ascii", "replace") if isinstance(payload, bytes) else ""
