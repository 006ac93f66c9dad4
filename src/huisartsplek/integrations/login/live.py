# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A provider that speaks OpenID Connect: authorisation code with PKCE, and a signed answer."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.core.cache import cache
from joserfc.jwk import KeySet

from huisartsplek.integrations.login.answers import Expected, checked, signed_claims
from huisartsplek.integrations.login.port import Audience, Begun, LoginAnswer, LoginRefused, RefusedBecause

_TIMEOUT_SECONDS = 10
_REMEMBERED_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Registration:
    """How we are known at a provider."""

    audience: Audience
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    home: str
    level: str = ""


class OpenIdProvider:
    """One registration at one provider."""

    def __init__(self, registration: Registration) -> None:
        self._us = registration

    def begin(self) -> Begun:
        """Make what belongs to one login only, and the address at the provider that asks for it."""
        begun = Begun("", secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
        query = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self._us.client_id,
            "redirect_uri": self._us.redirect_uri,
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": create_s256_code_challenge(begun.verifier),
            "code_challenge_method": "S256",
        }
        if self._us.level:
            query["acr_values"] = self._us.level
        return replace(begun, url=f"{self._endpoint('authorization_endpoint')}?{urlencode(query)}")

    def finish(self, code: str, begun: Begun, *, at: datetime) -> LoginAnswer:
        """Exchange the code over a connection of our own, and check the answer's signature and claims."""
        answer = self._call(
            "POST",
            self._endpoint("token_endpoint"),
            refusal=RefusedBecause.CODE_NOT_ACCEPTED,
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self._us.redirect_uri,
                "code_verifier": begun.verifier,
            },
            auth=(self._us.client_id, self._us.client_secret),
        )
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise LoginRefused(RefusedBecause.BAD_TOKEN)
        expected = Expected(self._us.audience, self._us.issuer, self._us.client_id, begun.nonce, self._us.level)
        return checked(self._claims(token), expected, at=at)

    def end_url(self) -> str:
        """Return where the browser ends its session at the provider, which then sends it home."""
        try:
            endpoint = self._metadata().get("end_session_endpoint", "")
        except LoginRefused:
            return ""
        query = {"client_id": self._us.client_id, "post_logout_redirect_uri": self._us.home}
        return f"{endpoint}?{urlencode(query)}" if endpoint else ""

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            return signed_claims(token, self._keys())
        except LoginRefused as refused:
            if refused.because is not RefusedBecause.UNKNOWN_KEY:
                raise
            cache.delete(self._cache_key("keys"))  # the provider may have a new key since
            return signed_claims(token, self._keys())

    def _keys(self) -> KeySet:
        uri = self._endpoint("jwks_uri")
        published = self._remembered("keys", uri)
        try:
            return KeySet.import_key_set(published)  # type: ignore[arg-type]  # checked by the import
        except (ValueError, KeyError, TypeError):
            raise LoginRefused(RefusedBecause.PROVIDER_DOWN) from None

    def _endpoint(self, name: str) -> str:
        endpoint = self._metadata().get(name)
        if not isinstance(endpoint, str):
            raise LoginRefused(RefusedBecause.PROVIDER_DOWN)
        return endpoint

    def _metadata(self) -> dict[str, Any]:
        found = self._remembered("metadata", f"{self._us.issuer}/.well-known/openid-configuration")
        if found.get("issuer") != self._us.issuer:
            raise LoginRefused(RefusedBecause.WRONG_ISSUER)
        return found

    def _remembered(self, what: str, url: str) -> dict[str, Any]:
        key = self._cache_key(what)
        known: dict[str, Any] | None = cache.get(key)
        if known is None:
            known = self._call("GET", url, refusal=RefusedBecause.PROVIDER_DOWN)
            cache.set(key, known, _REMEMBERED_SECONDS)
        return known

    def _cache_key(self, what: str) -> str:
        return f"login:{what}:{self._us.issuer}"

    def _call(
        self,
        method: str,
        url: str,
        *,
        refusal: RefusedBecause,
        data: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> dict[str, Any]:
        try:
            response = httpx.request(
                method, url, data=data, auth=auth, timeout=_TIMEOUT_SECONDS, follow_redirects=False
            )
        except httpx.HTTPError:
            raise LoginRefused(RefusedBecause.PROVIDER_DOWN) from None
        if response.status_code != httpx.codes.OK:
            raise LoginRefused(refusal if response.is_client_error else RefusedBecause.PROVIDER_DOWN)
        try:
            found = response.json()
        except ValueError:
            raise LoginRefused(RefusedBecause.PROVIDER_DOWN) from None
        if not isinstance(found, dict):
            raise LoginRefused(RefusedBecause.PROVIDER_DOWN)
        return found
