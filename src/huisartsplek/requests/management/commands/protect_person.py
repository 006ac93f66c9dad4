# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek manage protect_person PERSON`: from now on nobody sees where this person lives or goes."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huisartsplek.audit.actors import Actor, Ground
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.people.models import Person
from huisartsplek.requests.protecting import protect_person


class Command(BaseCommand):
    """Protect a person, who thereby leaves their household and what they asked for with it."""

    help = "Protect a person: they leave their household silently and keep their turn in a request of their own."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the person."""
        parser.add_argument("person", type=UUID, help="the id of the person")

    def handle(self, *_args: Any, person: UUID, **_options: Any) -> None:
        """Protect one person."""
        found = Person.objects.filter(pk=person).first()
        if found is None:
            raise CommandError("there is no such person")
        actor = Actor.system("operator", ground=Ground.LEGAL_TASK)
        protect_person(actor, found, at=current_moment())
        self.stdout.write("The person is protected.")
