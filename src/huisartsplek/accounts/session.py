# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a login leaves in its own session: when it was, and, encrypted, what the provider told.

It is used in that session only. Jobs work from our own record of a request.
"""

import base64
import json
import secrets
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from huisartsplek.accounts.acting import end_acting
from huisartsplek.accounts.models import User
from huisartsplek.integrations.login.port import Audience, Begun, LoginAnswer, Represented

LOGGED_IN_AT = "logged_in_at"
SEEN_AT = "seen_at"
_ANSWER = "login_answer"
_BEGUN = "logins_begun"
_MOST_BEGUN = 5
_IDLE = {User.Kind.CITIZEN.value: timedelta(minutes=15), User.Kind.STAFF.value: timedelta(minutes=30)}
_WHOLE = {User.Kind.CITIZEN.value: timedelta(hours=2), User.Kind.STAFF.value: timedelta(hours=8)}


def session_ends_at(request: HttpRequest, user: User) -> datetime:
    """Give when this session ends if nothing more is asked in it: after a while, or after its whole time."""
    seen, logged_in = _moment(request, SEEN_AT), _moment(request, LOGGED_IN_AT)
    return min(seen + _IDLE[user.kind], logged_in + _WHOLE[user.kind])


def _moment(request: HttpRequest, key: str) -> datetime:
    return datetime.fromtimestamp(float(request.session.get(key, 0)), UTC)


def start_session(request: HttpRequest, user: User, answer: LoginAnswer, *, at: datetime) -> None:
    """Log somebody in, in a session with a new key, and keep the provider's answer there, and no other."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    end_acting(request)
    request.session[LOGGED_IN_AT] = request.session[SEEN_AT] = at.timestamp()
    request.session[_ANSWER] = _sealed(answer, user)


def login_answer(request: HttpRequest) -> LoginAnswer | None:
    """Return what the provider told at the login of this session."""
    sealed = request.session.get(_ANSWER)
    if not isinstance(sealed, str) or not isinstance(request.user, User):
        return None
    return _opened(sealed, request.user)


def remember_begun(request: HttpRequest, begun: Begun, audience: Audience, back: str, *, at: datetime) -> None:
    """Keep what only this session may know of a login that was begun; a browser has a few at most."""
    known: dict[str, Any] = request.session.get(_BEGUN, {})
    newest = sorted(known.items(), key=lambda item: item[1]["at"])[-(_MOST_BEGUN - 1) :]
    kept = {"audience": audience, "nonce": begun.nonce, "verifier": begun.verifier, "back": back}
    request.session[_BEGUN] = {**dict(newest), begun.state: {**kept, "at": at.timestamp()}}


def take_begun(request: HttpRequest, state: str) -> dict[str, Any] | None:
    """Return what was kept of a login that was begun here, once."""
    known: dict[str, Any] = request.session.get(_BEGUN, {})
    found: dict[str, Any] | None = known.pop(state, None)
    request.session[_BEGUN] = known
    request.session.save()  # before the provider is asked, so that a second try finds nothing
    return found


def _cipher(secret: str) -> AESGCM:
    key = HKDF(SHA256(), 32, salt=None, info=b"huisartsplek login answer").derive(secret.encode())
    return AESGCM(key)


def _sealed(answer: LoginAnswer, user: User) -> str:
    nonce = secrets.token_bytes(12)
    text = json.dumps(asdict(answer)).encode()
    return base64.b64encode(nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, text, user.pk.bytes)).decode()


def _opened(sealed: str, user: User) -> LoginAnswer | None:
    raw = base64.b64decode(sealed)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            text = _cipher(secret).decrypt(raw[:12], raw[12:], user.pk.bytes)
        except InvalidTag:
            continue
        found = json.loads(text)
        people = tuple(Represented(**one) for one in found.pop("represents"))
        return LoginAnswer(**{**found, "audience": Audience(found["audience"])}, represents=people)
    return None
