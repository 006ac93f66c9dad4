# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command that an operator or auditor runs to see whether the log is as it was written."""

import argparse
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from huisartsplek.audit.actors import Actor, Ground
from huisartsplek.audit.events import LOG_VERIFIED
from huisartsplek.audit.services import record
from huisartsplek.audit.verification import Head, verify_audit


class Command(BaseCommand):
    """Check the log; exit 1 when a line is not what was sealed."""

    help = "Check that no sealed line of the log was changed or removed, and how old the unsealed lines are."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Accept the heads that were kept elsewhere."""
        parser.add_argument(
            "--kept",
            action="append",
            default=[],
            type=_head,
            metavar="MONTH:EVENTS:HASH",
            help="a head printed by an earlier run and kept elsewhere; may be given more than once",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify, print, and leave a line in the log about it."""
        at = timezone.now()
        found = verify_audit(on=at.date(), kept=tuple(options["kept"]))
        with transaction.atomic():
            record(
                LOG_VERIFIED,
                actor=Actor.system("verify_audit", ground=Ground.LEGAL_TASK),
                at=at,
                intact=found.fault is None,
            )
        for head in found.heads:
            self.stdout.write(f"{head.month}:{head.events}:{head.hash}")
        age = f", the oldest for {at - found.oldest_unsealed_at}" if found.oldest_unsealed_at else ""
        self.stdout.write(f"{found.lines} sealed lines are intact; {found.unsealed} are not sealed yet{age}")
        if fault := found.fault:
            row = f"line {fault.event_id}" if fault.event_id else "no line"
            raise CommandError(f"{fault.month}, position {fault.position}, {row}: {fault.what}", returncode=1)


def _head(text: str) -> Head:
    month, events, hash_ = text.split(":")
    return Head(date.fromisoformat(month), int(events), hash_)
