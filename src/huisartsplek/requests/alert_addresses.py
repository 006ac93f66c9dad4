# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The address of somebody who wants to be told when a practice opens: sealed as long as it is needed.

It is sealed for its own alert, with a key that is derived from the ring for sealed numbers and serves nothing else;
an alert lives for months, so that a key that left the ring ends the few alerts it sealed. A keyed mark tells
whether an address, or a visitor, asked before, and is of no use without the key.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE_BYTES = 12
_PURPOSE = b"huisartsplek alert address"


@dataclass(frozen=True, slots=True)
class SealedAddress:
    """An address as it is stored, and the number of the key it was sealed with."""

    key_id: int
    content: bytes


def seal_address(address: str, alert_id: UUID) -> SealedAddress:
    """Seal an address for one alert with the newest key."""
    key_id = next(iter(settings.BSN_KEYS.as_dict))
    nonce = os.urandom(_NONCE_BYTES)
    return SealedAddress(key_id, nonce + AESGCM(_key(key_id)).encrypt(nonce, address.encode(), alert_id.bytes))


def open_address(sealed: SealedAddress, alert_id: UUID) -> str | None:
    """Open the address of this alert; nothing when it is another's, or its key is gone."""
    if sealed.key_id not in settings.BSN_KEYS.as_dict:
        return None
    nonce, content = sealed.content[:_NONCE_BYTES], sealed.content[_NONCE_BYTES:]
    try:
        return AESGCM(_key(sealed.key_id)).decrypt(nonce, content, alert_id.bytes).decode()
    except (InvalidTag, ValueError):
        return None


def mark_of(kind: str, text: str) -> str:
    """Give the mark by which the same address, or the same visitor, is known again."""
    said = f"{kind}\n{text.strip().casefold()}".encode()
    return hmac.new(settings.BSN_LOOKUP_KEY.encode(), _PURPOSE + said, hashlib.sha256).hexdigest()


def _key(key_id: int) -> bytes:
    return hmac.new(settings.BSN_KEYS.as_dict[key_id], _PURPOSE, hashlib.sha256).digest()
