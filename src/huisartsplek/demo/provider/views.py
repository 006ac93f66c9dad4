# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small OpenID provider: one page to pick a person, and what the protocol asks besides."""

import base64
import binascii
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huisartsplek.accounts.destinations import safe_destination
from huisartsplek.accounts.policies import policy, public
from huisartsplek.demo.provider.choices import choice_of, choices_for
from huisartsplek.demo.provider.clients import Client, client_of, is_secret_of, issuer
from huisartsplek.demo.provider.keys import signing_key
from huisartsplek.demo.provider.tokens import answer_for, issue_code, proven, take_code
from huisartsplek.integrations.login.port import Audience

_ASKED = "huisartsplek.demo.provider.asked"
_ACCESS = "huisartsplek.demo.provider.access"
_SECONDS_TO_CHOOSE = 900
_SECONDS_OF_ACCESS = 300


@policy(public())
@require_GET
def discovery(request: HttpRequest) -> JsonResponse:
    """Say where everything is."""
    del request
    name = issuer()
    return JsonResponse(
        {
            "issuer": name,
            "authorization_endpoint": f"{name}/authorize",
            "token_endpoint": f"{name}/token",
            "userinfo_endpoint": f"{name}/userinfo",
            "end_session_endpoint": f"{name}/end",
            "jwks_uri": f"{name}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }
    )


@policy(public())
@require_GET
def jwks(request: HttpRequest) -> JsonResponse:
    """Publish the key with which answers are signed."""
    del request
    return JsonResponse({"keys": [signing_key().as_dict(private=False)]})


@policy(public())
@require_http_methods(["GET", "POST"])
@never_cache
def authorize(request: HttpRequest) -> HttpResponseBase:
    """Let somebody pick who they are, and send the browser back with a code for that choice."""
    if request.method == "POST":
        return _chosen(request)
    client = client_of(request.GET.get("client_id", ""))
    if client is None or request.GET.get("redirect_uri") != client.redirect_uri:
        return HttpResponse("unknown client or redirect_uri", status=400, content_type="text/plain")
    fault = _fault_in(request)
    if fault:
        return _back(client, error=fault, state=request.GET.get("state", ""))
    asked = {name: request.GET[name] for name in ("client_id", "state", "nonce", "code_challenge")}
    context = {
        "choices": choices_for(client.audience),
        "is_staff": client.audience is Audience.STAFF,
        "asked": signing.dumps(asked, salt=_ASKED),
    }
    return render(request, "demo/login.html", context)


@csrf_exempt
@policy(public())
@require_POST
@never_cache
def token(request: HttpRequest) -> JsonResponse:
    """Exchange a code, once, for a signed answer."""
    client = _authenticated(request)
    if client is None:
        return JsonResponse({"error": "invalid_client"}, status=401)
    at = timezone.now()
    found = take_code(
        client,
        request.POST.get("code", ""),
        redirect_uri=request.POST.get("redirect_uri", ""),
        verifier=request.POST.get("code_verifier", ""),
        at=at,
    )
    choice = choice_of(client.audience, found.subject) if found else None
    if found is None or choice is None or request.POST.get("grant_type") != "authorization_code":
        return JsonResponse({"error": "invalid_grant"}, status=400)
    return JsonResponse(
        {
            "access_token": signing.dumps([client.client_id, choice.subject], salt=_ACCESS),
            "token_type": "Bearer",
            "expires_in": _SECONDS_OF_ACCESS,
            "id_token": answer_for(client, choice, nonce=found.nonce, at=at),
        }
    )


@policy(public())
@require_GET
@never_cache
def userinfo(request: HttpRequest) -> JsonResponse:
    """Repeat what was proved of somebody to who holds their access token."""
    scheme, _, access = request.headers.get("Authorization", "").partition(" ")
    try:
        client_id, subject = signing.loads(access, salt=_ACCESS, max_age=_SECONDS_OF_ACCESS)
    except signing.BadSignature:
        scheme = ""
    client = client_of(client_id) if scheme == "Bearer" else None
    choice = choice_of(client.audience, subject) if client else None
    if choice is None:
        return JsonResponse({"error": "invalid_token"}, status=401)
    return JsonResponse({"sub": choice.subject, **proven(choice)})


@policy(public())
@require_GET
def end(request: HttpRequest) -> HttpResponseBase:
    """Forget nothing, as nothing is remembered here, and go back where the site asked."""
    client = client_of(request.GET.get("client_id", ""))
    wanted = request.GET.get("post_logout_redirect_uri", "")
    own = client.redirect_uri.partition("/inloggen/")[0] if client else ""
    path = wanted.removeprefix(own) if own and wanted.startswith(f"{own}/") else ""
    return redirect(safe_destination(path) or "/")


def _fault_in(request: HttpRequest) -> str:
    if request.GET.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in request.GET.get("scope", "").split():
        return "invalid_scope"
    if request.GET.get("code_challenge_method") != "S256":
        return "invalid_request"
    lengths = {"state": 200, "nonce": 200, "code_challenge": 60}
    fits = all(0 < len(request.GET.get(name, "")) <= longest for name, longest in lengths.items())
    return "" if fits else "invalid_request"


def _chosen(request: HttpRequest) -> HttpResponseBase:
    try:
        asked: dict[str, str] = signing.loads(
            request.POST.get("asked", ""), salt=_ASKED, max_age=_SECONDS_TO_CHOOSE
        )
    except signing.BadSignature:
        return HttpResponse("this choice is too old", status=400, content_type="text/plain")
    client = client_of(asked["client_id"])
    if client is None:
        return HttpResponse("unknown client", status=400, content_type="text/plain")
    choice = choice_of(client.audience, request.POST.get("subject", ""))
    if choice is None:
        return _back(client, error="access_denied", state=asked["state"])
    code = issue_code(client, choice, nonce=asked["nonce"], challenge=asked["code_challenge"], at=timezone.now())
    return _back(client, code=code, state=asked["state"])


def _back(client: Client, **answer: Any) -> HttpResponseBase:
    return redirect(f"{client.redirect_uri}?{urlencode(answer)}")


def _authenticated(request: HttpRequest) -> Client | None:
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    try:
        name, _, secret = base64.b64decode(credentials).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    client = client_of(name) if scheme == "Basic" else None
    return client if client and secret and is_secret_of(client, secret) else None
