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
    known = {Channel.EMAIL: person.email, Channel.SMS: person.phone, Channel.LETTER: window_of(person)}
    first = Channel(person.reached_by)
    if person.is_protected and first is not Channel.LETTER:
        del known[Channel.LETTER]
    return [(way, known[way]) for way in sorted(known, key=lambda way: way is not first) if known[way]]


def only_reached_by_letter(person: Person) -> bool:
    """Tell whether nothing but a letter reaches this person: neither an e-mail address nor a telephone is known."""
    return person.is_reached_by_letter and not person.email and not person.phone


def window_of(person: Person) -> str:
    """Write the address as it stands in the window of an envelope, a line for each line of it."""
    postcode = str(Postcode.parse(person.postcode)) if person.postcode else ""
    street = person.street or "Huisnummer"
    lines = (person.full_name, f"{street} {person.house_number}".strip(), f"{postcode} {person.place}".strip())
    return "\n".join(lines)
