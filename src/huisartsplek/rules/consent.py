# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who must say yes for whom: parents for children, both from 12, only oneself from 16."""

from collections.abc import Hashable, Iterable, Set
from dataclasses import dataclass
from datetime import date

from huisartsplek.rules.dates import age_on

SAYS_YES_TOO_FROM = 12
DECIDES_ALONE_FROM = 16


@dataclass(frozen=True)
class Member:
    """A member of a household, with the parents who have authority over them."""

    person: Hashable
    born_on: date
    parents: frozenset[Hashable] = frozenset()


@dataclass(frozen=True)
class NeededConsent:
    """Whose yes is needed for one person: their own, that of one of the parents, or both."""

    person: Hashable
    own: bool
    one_of: frozenset[Hashable] | None
    """One of these must say yes; None when nobody else has a say; empty when nobody can give it."""

    @property
    def can_be_given(self) -> bool:
        """Whether anyone is known who may say yes."""
        return self.one_of is None or bool(self.one_of)

    def is_met(self, given_by: Set[Hashable]) -> bool:
        """Tell whether those who said yes for this person are enough."""
        return self.can_be_given and not self.still_asked(given_by)

    def still_asked(self, given_by: Set[Hashable]) -> frozenset[Hashable]:
        """Give everyone whose yes could still count for this person."""
        asked = set() if not self.own or self.person in given_by else {self.person}
        if self.one_of is not None and not self.one_of & given_by:
            asked |= self.one_of
        return frozenset(asked)


def needed_consent(member: Member, *, on: date) -> NeededConsent:
    """Tell whose yes one member needs on a day."""
    age = age_on(member.born_on, on)
    if age >= DECIDES_ALONE_FROM:
        return NeededConsent(member.person, own=True, one_of=None)
    return NeededConsent(member.person, own=age >= SAYS_YES_TOO_FROM, one_of=member.parents - {member.person})


def needed_consents(members: Iterable[Member], *, on: date) -> tuple[NeededConsent, ...]:
    """Tell for each member of a household whose yes is needed on a day."""
    return tuple(needed_consent(member, on=on) for member in members)


def parents_to_tell(member: Member, given_by: Set[Hashable], *, on: date) -> frozenset[Hashable]:
    """Give the parents with authority who did not file and may still object before the switch date."""
    needed = needed_consent(member, on=on).one_of
    return frozenset() if needed is None else needed - given_by
