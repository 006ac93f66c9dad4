# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A request is locked through its members: the same rows that guard their enrolments."""

from datetime import datetime
from uuid import UUID

from huisartsplek.people.locks import lock_people
from huisartsplek.requests.facts import Facts, facts_of
from huisartsplek.requests.models import Request, RequestMember


def lock_request(request_id: UUID) -> Facts:
    """Lock a request through its members, and read it and its facts as they are now."""
    member_ids = RequestMember.objects.filter(request_id=request_id).values_list("person_id", flat=True)
    lock_people(member_ids)
    return facts_of(Request.objects.get(pk=request_id))


def set_own_moment(request: Request, moment: datetime | None) -> None:
    """Set what the request's deadline counts from in the state that comes next."""
    request.own_moment_at = moment
    request.save(update_fields=["own_moment_at"])


def close_members(request: Request) -> None:
    """Let the members go: they may file a new request."""
    RequestMember.objects.filter(request=request).update(is_open=False)
