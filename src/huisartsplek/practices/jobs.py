# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What follows once places are free: the practice's queue goes first.

The job itself lives with the requests, above this app; its name is all that is known of it here.
"""

from uuid import UUID

from procrastinate.contrib.django import app

SERVE_QUEUE = "requests.serve_queue"


def serve_queue_after_commit(practice_id: UUID) -> None:
    """Enqueue, in this transaction, that the first in the practice's queue gets an offer. One at a time each."""
    app.configure_task(SERVE_QUEUE, lock=f"queue:{practice_id}").defer(practice_id=str(practice_id))
