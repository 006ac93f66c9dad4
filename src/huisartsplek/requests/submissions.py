# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form sent in twice has one effect and gets one answer: its key decides, in the transaction of the effect."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.db import connection

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.transactions import require_locking_transaction
from huisartsplek.requests.models import Submission
from huisartsplek.rules.refusals import Refusal, RefusalCode


def claim_key(actor: Actor, key: UUID, content: object, *, at: datetime) -> UUID | None:
    """Take this key for this content; None when it is new, else the result of the first time.

    Whoever comes second waits for the first one's transaction. The same key with other content is refused.
    """
    require_locking_transaction()
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO requests_submission (key, by, digest, at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [key, actor.user_id or UUID(int=0), digest, at],
        )
        is_new = cursor.rowcount == 1
    if is_new:
        return None
    first = Submission.objects.get(pk=key)
    if first.digest != digest or first.by != (actor.user_id or UUID(int=0)) or first.result is None:
        raise Refusal(RefusalCode.KEY_REUSED)
    return first.result


def keep_result(key: UUID, result: UUID) -> None:
    """Remember what this key brought about."""
    Submission.objects.filter(pk=key).update(result=result)
