# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Let a round go on at a moment of its own instead of at the next full minute.

The job itself stands above the services that ask for it; its name is all that is known of it here.
"""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app

GO_ON_WITH = "rounds.go_on_with"


def lock_of(round_id: UUID) -> str:
    """Give the lock by which one round is worked on once at a time."""
    return f"round:{round_id}"


def go_on_with_after_commit(round_id: UUID, *, wait: timedelta = timedelta()) -> None:
    """Enqueue, in this transaction, that a round takes its next step after so long."""
    # One that waits holds no lock: the steps that others ask for meanwhile do not wait with it.
    seconds = int(wait.total_seconds()) + 1 if wait > timedelta() else 0
    job = app.configure_task(
        GO_ON_WITH, lock=None if seconds else lock_of(round_id), schedule_in={"seconds": seconds}
    )
    job.defer(round_id=str(round_id))
