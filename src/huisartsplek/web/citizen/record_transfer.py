# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/overstap/<move>/dossier`: whether one person's medical record goes along; asked apart, free to refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.requests.record_transfer import allow_transfer, forbid_transfer, transfer_question
from huisartsplek.rules.consent_texts import record_transfer_text, record_transfer_wording
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.components.status import reader_language
from huisartsplek.web.components.wording import day, isolated
from huisartsplek.web.languages import page_tongue
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from uuid import UUID

    from huisartsplek.people.models import Person
    from huisartsplek.requests.record_transfer import TransferQuestion
    from huisartsplek.rules.consent_texts import Wording
    from huisartsplek.rules.speakers import Language


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def record_transfer(request: HttpRequest, reader: Person, move_id: UUID) -> HttpResponseBase:
    """Ask whether the record goes along, or show what was said and let it be taken back."""
    actor, at = actor_from(request), current_moment()
    question = transfer_question(actor, move_id, by=reader, at=at)
    if question is None:
        raise Http404
    wording = _wording(question)
    if request.method == "POST" and request.POST.get("antwoord") in {"ja", "nee"}:
        says_yes = request.POST["antwoord"] == "ja"
        try:
            if says_yes:
                allow_transfer(actor, move_id, by=reader, wording=wording, at=at)
            else:
                forbid_transfer(actor, move_id, by=reader, at=at)
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            yes = _("Dat is bewaard. U kunt het terugnemen zolang het dossier niet is verstuurd.")
            no = _("Dat is bewaard. Het dossier gaat niet mee. Uw overstap gaat gewoon door.")
            messages.success(request, yes if says_yes else no)
        return redirect("citizen:receipt", move_id)
    context = {
        "question": question,
        "move": question.move,
        "wording": wording,
        "language": reader_language(),
        "translated": _translated(question),
        "english": _wording(question, "en"),
        "standing": standing_text(question),
    }
    return render(request, "web/citizen/record_transfer.html", context)


def _translated(question: TransferQuestion) -> str:
    """The same in a language in which nothing binds; nothing on a page in Dutch or English."""
    if page_tongue().is_complete:
        return ""
    move = question.move
    words = _(record_transfer_text(for_child=not question.is_own).nl)
    return words.format(
        old=isolated(move.from_practice.name if move.from_practice else ""), new=isolated(move.to_practice.name)
    )


def _wording(question: TransferQuestion, language: Language | None = None) -> Wording:
    move = question.move
    return record_transfer_wording(
        from_practice=move.from_practice.name if move.from_practice else "",
        to_practice=move.to_practice.name,
        for_child=not question.is_own,
        language=language or reader_language(),
    )


def standing_text(question: TransferQuestion) -> str:
    """Say how it stands with this record."""
    sent_at = question.move.record_sent_at
    if sent_at is not None:
        return _("Het dossier is verstuurd op %(day)s.") % {"day": day(sent_at)}
    if question.is_over:
        return _("Hier is niets meer te kiezen.")
    if question.is_whole:
        return _("Het dossier mag mee.")
    if question.own_yes is not None:
        return _("U zei ja. Nog niet iedereen die meebeslist, zei ja. Tot dan gaat het dossier niet mee.")
    if question.said_no:
        return _("U zei nee. Het dossier gaat niet mee.")
    return _("U zei nog niets. Het dossier gaat niet mee.")
