# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/berichten/<notice>/brief`: the letter of a message, to read, keep and print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.notices.models import NoticeKind
from huisartsplek.notices.queries import own_notice
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.paper.letters import write_letter

if TYPE_CHECKING:
    from uuid import UUID

    from huisartsplek.people.models import Person


@policy(citizen_or_desk())
@require_GET
@for_the_described
def letter(request: HttpRequest, reader: Person, notice_id: UUID) -> HttpResponseBase:
    """Give the letter of one message, to read and print; as large as somebody wants it, or once larger."""
    notice = own_notice(reader.pk, notice_id)
    if notice is None or notice.kind == NoticeKind.PHONE_CODE:
        raise Http404
    paper = write_letter(notice, is_large=True if request.GET.get("groot") else None)
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="huisartsplek-brief.pdf"'
    return answer
