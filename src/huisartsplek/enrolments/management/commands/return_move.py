# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek manage return_move MOVE`: carry out what a coordinator decided, with the person, after 28 days."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huisartsplek.audit.actors import Actor, Ground
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.returning import return_move
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.rules.refusals import Refusal


class Command(BaseCommand):
    """Bring somebody whom the new practice never recorded back to the old one."""

    help = (
        "Bring back to the old practice somebody whom the new one never recorded (after 28 days, with the person)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the move."""
        parser.add_argument("move", type=UUID, help="the id of the move")

    def handle(self, *_args: Any, move: UUID, **_options: Any) -> None:
        """Bring one person back, or say why that cannot be."""
        region_id = Move.objects.filter(pk=move).values_list("to_practice__region_id", flat=True).first()
        if region_id is None:
            raise CommandError("there is no such move")
        actor = Actor.system("operator", ground=Ground.REGION_TASK)
        try:
            done = return_move(actor, move, region_id, at=current_moment())
        except Refusal as refusal:
            raise CommandError(f"refused: {refusal.code}") from None
        self.stdout.write(f"The move is {done.state}.")
