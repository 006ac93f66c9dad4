# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Leave a round to a person when trying again by itself would change nothing, and take it up again."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import ALARM_RAISED, ROUND_RESUMED
from huisartsplek.audit.services import record
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.next_step import go_on_with_after_commit
from huisartsplek.rounds.services import lock_round
from huisartsplek.rules.lifecycles import Owner
from huisartsplek.rules.refusals import Refusal, RefusalCode


class Halt(StrEnum):
    """Why a round is left to a person."""

    DRAW_REFUSED = "draw_refused"  # the source gave a value that is not its own
    ROUND_BROKEN = "round_broken"  # the input is not what was frozen, or the verifier found a broken rule


def halt_round(actor: Actor, round_id: UUID, halt: Halt, *, at: datetime) -> None:
    """Stop the jobs of a round and raise its alarm, once."""
    with transaction.atomic():
        round_ = lock_round(round_id)
        if round_.halted_by:
            return
        Round.objects.filter(pk=round_id).update(halted_by=halt, alarmed_at=at)
        record(ALARM_RAISED, actor=actor, at=at, thing=round_, alarm=halt, owner=Owner.OPERATOR)


def resume_round(actor: Actor, round_id: UUID, *, at: datetime) -> None:
    """Let the jobs try a halted round again, once somebody has looked."""
    with transaction.atomic():
        round_ = lock_round(round_id)
        if not round_.halted_by:
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW)
        Round.objects.filter(pk=round_id).update(halted_by="", alarmed_at=None)
        record(ROUND_RESUMED, actor=actor, at=at, thing=round_, alarm=round_.halted_by)
        go_on_with_after_commit(round_id)
