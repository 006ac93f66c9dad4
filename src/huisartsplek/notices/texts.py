# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a message says: never what the news is, and never a link that logs in."""

from django.utils import translation
from django.utils.translation import gettext as _

from huisartsplek.integrations.notify.port import Channel, Message
from huisartsplek.notices.models import Notice


def message_of(notice: Notice) -> Message:
    """Write the message in the language of who gets it."""
    with translation.override(notice.language):
        return Message(
            key=notice.id,
            channel=Channel(notice.channel),
            to_address=notice.to_address,
            subject=_("Er is nieuws"),
            body=_("Er is nieuws. Log in op Huisartsplek."),
        )
