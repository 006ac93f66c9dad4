# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A login provider over real HTTP that answers whatever a test tells it to, true or forged."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from joserfc import jwt
from joserfc.jwk import RSAKey

LEVEL = "urn:etoegang:core:assurance-class:loa3"
OWN_KEY = RSAKey.generate_key(2048, {"kid": "own"})
STRANGE_KEY = RSAKey.generate_key(2048, {"kid": "own"})

Claims = dict[str, Any]


class ForgingProvider:
    """Serves its description and keys, and for every code the token that was ordered."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.token = ""
        self.codes: dict[str, int] = {}
        self.verifiers: list[str] = []
        self.token_status = 200

    def claims(self, nonce: str, **changes: Any) -> Claims:
        """Return what a true answer for a citizen would say, with some of it changed; None leaves out."""
        now = int(time.time())
        claims: Claims = {
            "iss": self.issuer,
            "sub": "citizen-1",
            "aud": settings.CITIZEN_CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "acr": LEVEL,
            "amr": ["pwd", "hwk"],
        }
        return {name: value for name, value in {**claims, **changes}.items() if value is not None}

    def answer(self, method: str, path: str, body: str) -> tuple[int, object]:
        """Answer one request."""
        match method, path:
            case "GET", "/.well-known/openid-configuration":
                return 200, {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/jwks",
                }
            case "GET", "/jwks":
                return 200, {"keys": [OWN_KEY.as_dict(private=False)]}
            case "POST", "/token":
                asked = parse_qs(body)
                self.verifiers += asked.get("code_verifier", [])
                code = asked["code"][0]
                self.codes[code] = self.codes.get(code, 0) + 1
                if self.codes[code] > 1 or self.token_status != 200:
                    return self.token_status if self.token_status != 200 else 400, {"error": "invalid_grant"}
                return 200, {"id_token": self.token, "token_type": "Bearer", "access_token": "x"}
            case _:
                return 404, {}


def signed(claims: Claims, *, key: RSAKey = OWN_KEY, kid: str = "own") -> str:
    """Sign claims as a provider does."""
    return jwt.encode({"alg": "RS256", "kid": kid}, claims, key)


def unsigned(claims: Claims) -> str:
    """Write claims as a token without a signature."""
    head, body, _ = signed(claims).split(".")
    del head
    return f"{_encoded({'alg': 'none', 'typ': 'JWT'})}.{body}."


def signed_with_the_public_key(claims: Claims) -> str:
    """Sign claims with a shared secret that is the provider's public key: the classic confusion."""
    start = f"{_encoded({'alg': 'HS256', 'kid': 'own'})}.{_encoded(claims)}"
    proof = hmac.new(OWN_KEY.as_pem(private=False), start.encode(), hashlib.sha256).digest()
    return f"{start}.{base64.urlsafe_b64encode(proof).rstrip(b'=').decode()}"


def with_another_body(token: str, claims: Claims) -> str:
    """Keep a token's head and signature and put other claims between them."""
    head, _, signature = token.split(".")
    return f"{head}.{_encoded(claims)}.{signature}"


@contextmanager
def running(make: Callable[[str], ForgingProvider] = ForgingProvider) -> Iterator[ForgingProvider]:
    """Run a provider on a port of this machine for a while."""
    provider: ForgingProvider

    class Handler(BaseHTTPRequestHandler):
        def respond(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            status, body = provider.answer(self.command, urlsplit(self.path).path, self.rfile.read(length).decode())
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = respond  # noqa: N815  the names the standard library looks for

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the standard library's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = make(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
