# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a message that did not go out is tried again, and when it becomes somebody's task."""

from datetime import datetime, timedelta

# Together more than a day, so that a mail server that is down for a day loses nothing.
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 480, 720))
MOST_ATTEMPTS = len(_PAUSES) + 1


def next_try(attempts: int, *, at: datetime) -> datetime | None:
    """Return when to try again after this many attempts, or nothing when a person must look."""
    if attempts < 1:
        raise ValueError("a message is tried once before it is tried again")
    return at + _PAUSES[attempts - 1] if attempts < MOST_ATTEMPTS else None


# Most mails come back within minutes, a letter is posted in days.
_ASKING = tuple(timedelta(minutes=minutes) for minutes in (10, 60, 360, 1440, 1440, 1440, 1440))
HEARD_WITHIN = timedelta(days=7)


def next_question(sent_at: datetime, *, at: datetime) -> datetime | None:
    """Return when to ask next what became of a message, or nothing when nothing more is to be expected."""
    moment = sent_at
    for pause in _ASKING:
        moment += pause
        if moment > at:
            return moment
    last = sent_at + HEARD_WITHIN
    return last if last > at else None
