# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checking a provider's signed answer, claim by claim, before anything in it is believed."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import errors, jwt
from joserfc.jwk import KeySet

from huisartsplek.integrations.login.levels import is_high_enough, proves_second_factor
from huisartsplek.integrations.login.port import Audience, LoginAnswer, LoginRefused, RefusedBecause, Represented

_CLOCKS_DIFFER_SECONDS = 30
_OLDEST_SECONDS = 10 * 60
_ALGORITHMS = ["RS256"]


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer must say to be meant for us, now, and by whom we asked."""

    audience: Audience
    issuer: str
    client_id: str
    nonce: str
    level: str  # empty for staff, who prove a second factor instead


def signed_claims(token: str, keys: KeySet) -> dict[str, Any]:
    """Return what a token says if one of these keys signed it, with the one algorithm we accept."""
    try:
        return dict(jwt.decode(token, keys, algorithms=_ALGORITHMS).claims)
    except errors.BadSignatureError:
        raise LoginRefused(RefusedBecause.BAD_SIGNATURE) from None
    except errors.UnsupportedAlgorithmError:
        raise LoginRefused(RefusedBecause.BAD_ALGORITHM) from None
    except errors.InvalidKeyIdError:
        raise LoginRefused(RefusedBecause.UNKNOWN_KEY) from None
    except (errors.JoseError, ValueError):
        raise LoginRefused(RefusedBecause.BAD_TOKEN) from None


def checked(claims: dict[str, Any], expected: Expected, *, at: datetime) -> LoginAnswer:
    """Return who logged in, or refuse an answer that is not ours, not of now or not strong enough."""
    _check_parties(claims, expected)
    _check_time(claims, at)
    level = _checked_level(claims, expected)
    return LoginAnswer(
        audience=expected.audience,
        issuer=expected.issuer,
        subject=_text(claims, "sub", required=True),
        level=level,
        name=_text(claims, "name"),
        bsn=_text(claims, "bsn") if expected.audience is Audience.CITIZEN else "",
        represents=_represented(claims) if expected.audience is Audience.CITIZEN else (),
    )


def _check_parties(claims: dict[str, Any], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise LoginRefused(RefusedBecause.WRONG_ISSUER)
    meant_for = claims.get("aud")
    meant_for = [meant_for] if isinstance(meant_for, str) else meant_for
    if not isinstance(meant_for, list) or expected.client_id not in meant_for:
        raise LoginRefused(RefusedBecause.WRONG_AUDIENCE)
    if (len(meant_for) > 1 or "azp" in claims) and claims.get("azp") != expected.client_id:
        raise LoginRefused(RefusedBecause.WRONG_AUDIENCE)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not secrets.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise LoginRefused(RefusedBecause.WRONG_NONCE)


def _check_time(claims: dict[str, Any], at: datetime) -> None:
    now = at.timestamp()
    expires, issued = _number(claims, "exp"), _number(claims, "iat")
    if issued > now + _CLOCKS_DIFFER_SECONDS or _number(claims, "nbf", issued) > now + _CLOCKS_DIFFER_SECONDS:
        raise LoginRefused(RefusedBecause.FROM_THE_FUTURE)
    if expires <= now or issued < now - _OLDEST_SECONDS:
        raise LoginRefused(RefusedBecause.EXPIRED)


def _checked_level(claims: dict[str, Any], expected: Expected) -> str:
    level = _text(claims, "acr")
    if expected.audience is Audience.CITIZEN:
        if not is_high_enough(level, expected.level):
            raise LoginRefused(RefusedBecause.LEVEL_TOO_LOW)
        return level
    methods = claims.get("amr")
    if not isinstance(methods, list) or not proves_second_factor(frozenset(map(str, methods))):
        raise LoginRefused(RefusedBecause.NO_SECOND_FACTOR)
    return "mfa"


def _represented(claims: dict[str, Any]) -> tuple[Represented, ...]:
    found = claims.get("represents", [])
    found = [found] if isinstance(found, dict) else found
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise LoginRefused(RefusedBecause.BAD_TOKEN)
    return tuple(Represented(subject=_text(one, "sub"), bsn=_text(one, "bsn")) for one in found)


def _text(claims: dict[str, Any], name: str, *, required: bool = False) -> str:
    value = claims.get(name, "")
    if not isinstance(value, str) or len(value) > 255 or (required and not value):
        raise LoginRefused(RefusedBecause.BAD_TOKEN)
    return value


def _number(claims: dict[str, Any], name: str, default: float | None = None) -> float:
    value = claims.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LoginRefused(RefusedBecause.BAD_TOKEN)
    return float(value)
