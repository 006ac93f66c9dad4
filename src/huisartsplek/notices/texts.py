# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a message says: never what the news is, and never a link that logs in."""

from django.utils import translation
from django.utils.translation import gettext as _

from huisartsplek.integrations.notify.port import Channel, Message
from huisartsplek.notices.codes import digits_of
from huisartsplek.notices.letters import paper_of
from huisartsplek.notices.models import Notice, NoticeKind


def message_of(notice: Notice) -> Message:
    """Write the message in the language of who gets it."""
    with translation.override(notice.language):
        body = _("Er is nieuws. Log in op Huisartsplek.")
        if notice.kind == NoticeKind.PHONE_CODE:
            body = _("Uw code voor Huisartsplek is %(code)s. Geef deze code aan niemand.") % {
                "code": digits_of(notice.pk)
            }
        return Message(
            key=notice.id,
            channel=Channel(notice.channel),
            to_address=notice.to_address,
            subject=_("Er is nieuws"),
            body=body,
            paper=paper_of(notice) if notice.channel == Channel.LETTER else b"",
        )
