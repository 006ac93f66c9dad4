# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in and out."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huisartsplek.accounts.destinations import destination_of, safe_destination
from huisartsplek.accounts.identity import actor_from, origin_of
from huisartsplek.accounts.logins import admit, leave, refuse
from huisartsplek.accounts.models import User
from huisartsplek.accounts.policies import logged_in, policy, public
from huisartsplek.accounts.providers import provider_for
from huisartsplek.accounts.session import remember_begun, session_ends_at, start_session, take_begun
from huisartsplek.integrations.login.port import Audience, Begun, LoginAnswer, LoginRefused, RefusedBecause

_TIME_TO_LOG_IN = timedelta(minutes=15)


@policy(public())
@require_GET
@never_cache
def log_in(request: HttpRequest) -> HttpResponseBase:
    """Send a citizen to the login of citizens."""
    return _begin(request, Audience.CITIZEN)


@policy(public())
@require_GET
@never_cache
def log_in_staff(request: HttpRequest) -> HttpResponseBase:
    """Send a member of staff to the login of staff."""
    return _begin(request, Audience.STAFF)


@policy(public())
@require_GET
@never_cache
def log_in_back(request: HttpRequest, which: str) -> HttpResponseBase:
    """Take the provider's answer, once, in the session that asked for it."""
    if which not in set(Audience):
        raise Http404
    audience = Audience(which)
    at = timezone.now()
    try:
        answer, back = _finish(request, audience, at)
        user = admit(
            answer,
            origin=origin_of(request),
            at=at,
            language=request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
        )
    except LoginRefused as refused:
        return _refused(request, audience, refused.because, at)
    start_session(request, user, answer, at=at)
    return redirect(destination_of(user, back))


@policy(logged_in())
@require_POST
@never_cache
def stay(request: HttpRequest) -> HttpResponseBase:
    """Stay logged in: every request begins the time anew, so this one has nothing more to do."""
    if "application/json" in request.headers.get("Accept", "") and isinstance(request.user, User):
        left = session_ends_at(request, request.user) - timezone.now()
        return JsonResponse({"seconds": max(0, int(left.total_seconds()))})
    return redirect(safe_destination(request.POST.get("terug", "")) or "/")


@policy(public())
@require_POST
def log_out(request: HttpRequest) -> HttpResponseBase:
    """End the session here and forget everything in it."""
    if isinstance(request.user, User):
        leave(request.user, actor=actor_from(request), at=timezone.now())
        kind = request.user.kind
        logout(request)
        request.session["was"] = kind
    response = redirect("accounts:logged_out")
    response["Clear-Site-Data"] = '"cache"'
    return response


@policy(public())
@require_GET
@never_cache
def logged_out(request: HttpRequest) -> HttpResponse:
    """Say that one is logged out here, and where one can log out of the provider too."""
    was = request.session.get("was")
    end_url = provider_for(Audience(was)).end_url() if was in set(Audience) else ""
    return render(request, "accounts/logged_out.html", {"end_url": end_url})


def _begin(request: HttpRequest, audience: Audience) -> HttpResponseBase:
    at = timezone.now()
    try:
        begun = provider_for(audience).begin()
    except LoginRefused as refused:
        return _refused(request, audience, refused.because, at)
    remember_begun(request, begun, audience, safe_destination(request.GET.get("next", "")), at=at)
    return redirect(begun.url)


def _finish(request: HttpRequest, audience: Audience, at: datetime) -> tuple[LoginAnswer, str]:
    kept = take_begun(request, request.GET.get("state", ""))
    if kept is None or kept["audience"] != audience:
        raise LoginRefused(RefusedBecause.UNKNOWN_STATE)
    if at - datetime.fromtimestamp(kept["at"], UTC) > _TIME_TO_LOG_IN:
        raise LoginRefused(RefusedBecause.TOO_LATE)
    code = request.GET.get("code", "")
    if not code:
        raise LoginRefused(RefusedBecause.CANCELLED)
    begun = Begun("", request.GET["state"], kept["nonce"], kept["verifier"])
    return provider_for(audience).finish(code, begun, at=at), kept["back"]


def _refused(request: HttpRequest, audience: Audience, because: RefusedBecause, at: datetime) -> HttpResponse:
    refuse(audience, because, origin=origin_of(request), at=at)
    status = 503 if because is RefusedBecause.PROVIDER_DOWN else 403
    context = {"audience": audience.value, "because": because.value}
    return render(request, "accounts/login_refused.html", context, status=status)
