# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Codes and signed answers of the local provider."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.conf import settings
from joserfc import jwt

from huisartsplek.demo.provider.choices import LoginChoice
from huisartsplek.demo.provider.clients import Client, issuer
from huisartsplek.demo.provider.keys import signing_key
from huisartsplek.demo.provider.models import IssuedCode
from huisartsplek.integrations.login.port import Audience

_CODE_LIVES = timedelta(minutes=1)
_ANSWER_LIVES = timedelta(minutes=5)


def issue_code(client: Client, choice: LoginChoice, *, nonce: str, challenge: str, at: datetime) -> str:
    """Return a code for one choice; only its hash is kept."""
    IssuedCode.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()
    code = secrets.token_urlsafe(32)
    IssuedCode.objects.create(
        code_hash=_hash(code),
        client_id=client.client_id,
        redirect_uri=client.redirect_uri,
        nonce=nonce,
        challenge=challenge,
        subject=choice.subject,
        expires_at=at + _CODE_LIVES,
    )
    return code


def take_code(client: Client, code: str, *, redirect_uri: str, verifier: str, at: datetime) -> IssuedCode | None:
    """Return what a code stands for, once, to who asked for it; otherwise nothing."""
    codes = IssuedCode.objects.filter(code_hash=_hash(code), used_at__isnull=True, expires_at__gt=at)
    if not codes.update(used_at=at):
        return None
    found = IssuedCode.objects.get(code_hash=_hash(code))
    is_asker = found.client_id == client.client_id and found.redirect_uri == redirect_uri
    proof = create_s256_code_challenge(verifier)
    return found if is_asker and secrets.compare_digest(proof, found.challenge) else None


def answer_for(client: Client, choice: LoginChoice, *, nonce: str, at: datetime) -> str:
    """Sign who was chosen, for one client and one login."""
    issued = int(at.timestamp())
    claims: dict[str, Any] = {
        "iss": issuer(),
        "sub": choice.subject,
        "aud": client.client_id,
        "iat": issued,
        "exp": issued + int(_ANSWER_LIVES.total_seconds()),
        "auth_time": issued,
        "nonce": nonce,
        **proven(choice),
    }
    key = signing_key()
    return jwt.encode({"alg": "RS256", "kid": key.kid or ""}, claims, key)


def proven(choice: LoginChoice) -> dict[str, Any]:
    """Return what the provider says of somebody, as DigiD does of citizens or an employer of staff."""
    if choice.audience is Audience.STAFF:
        return {"acr": "mfa", "amr": ["pwd", "hwk", "mfa"], "name": choice.name}
    claims: dict[str, Any] = {"acr": settings.CITIZEN_ASSURANCE, "amr": ["pwd", "hwk", "mfa"]}
    if choice.bsn:
        claims["bsn"] = choice.bsn
    if choice.represents:
        claims["represents"] = [{"bsn": bsn} for bsn in choice.represents]
    return claims


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
