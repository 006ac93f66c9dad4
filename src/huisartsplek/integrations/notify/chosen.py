# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who takes the messages of this installation."""

from pathlib import Path

from django.conf import settings

from huisartsplek.integrations.notify.fake import LocalOutbox
from huisartsplek.integrations.notify.live import MailServer
from huisartsplek.integrations.notify.port import NotifyPort


def notifier() -> NotifyPort:
    """Return the mail server where one is set, else the local outbox."""
    if settings.VARIABLES.mail_host:
        return MailServer(settings.DEFAULT_FROM_EMAIL)
    return local_outbox()


def local_outbox() -> LocalOutbox:
    """Return the outbox on this machine, which the demo shows on a page."""
    return LocalOutbox(Path(settings.DATA_DIR) / "outbox")
