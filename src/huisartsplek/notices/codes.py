# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Codes that a message carries. They are kept nowhere: each follows from its message and a secret of ours.

A message that is handed over twice so carries the same code, and a copy of the database tells none of them.
"""

from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

SIGNS = "BCDFGHJKLMNPQRSTVWXZ23456789"  # read aloud and written down without mistakes; no words come out of it
CODE_LENGTH = 10  # 48 bits
DIGITS = 6
_SALT = "huisartsplek.notices.codes"


def code_of(notice_id: UUID) -> str:
    """Give the code that a letter carries, with which its matter can be answered by telephone."""
    number, signs = _number("letter", notice_id, settings.SECRET_KEY), ""
    for _ in range(CODE_LENGTH):
        number, rest = divmod(number, len(SIGNS))
        signs += SIGNS[rest]
    return signs


def digits_of(notice_id: UUID) -> str:
    """Give the code that a text message carries, with which a number is confirmed within minutes."""
    return f"{_number('phone', notice_id, settings.SECRET_KEY) % 10**DIGITS:0{DIGITS}}"


def digests_of(code: str) -> list[str]:
    """Give what a typed code may be kept as: by the present secret, and by those before it."""
    plain = "".join(sign for sign in code.upper() if sign in SIGNS)
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac(f"{_SALT}.kept", plain, secret=secret, algorithm="sha256").hexdigest() for secret in secrets
    ]


def _number(kind: str, notice_id: UUID, secret: str) -> int:
    drawn = salted_hmac(f"{_SALT}.{kind}", str(notice_id), secret=secret, algorithm="sha256")
    return int.from_bytes(drawn.digest())
