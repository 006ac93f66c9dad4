# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ways in which news reaches somebody: the one they chose first, then what is left when that fails."""

from huisartsplek.integrations.notify.port import Channel
from huisartsplek.people.models import Person
from huisartsplek.rules.values import Postcode

Way = tuple[Channel, str]


def ways_to_reach(person: Person) -> list[Way]:
    """List channels with their addresses, best first.

    Who is protected gets a letter only when they chose letters: the address then leaves us by their own choice.
    """
    letter, mail = (Channel.LETTER, window_of(person)), (Channel.EMAIL, person.email)
    if person.is_reached_by_letter:
        return [letter, mail] if person.email else [letter]
    return [mail] if person.is_protected else [mail, letter]


def window_of(person: Person) -> str:
    """Write the address as it stands in the window of an envelope, a line for each line of it."""
    postcode = str(Postcode.parse(person.postcode)) if person.postcode else ""
    lines = (person.full_name, f"Huisnummer {person.house_number}".strip(), f"{postcode} {person.place}".strip())
    return "\n".join(lines)
