# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who must say yes for whom, who may file, who may object, and who is asked again: tables of age and relation.

Sources: articles 7:447, 7:450 and 7:465 of the civil code: under 12 the parents decide, from 12 to 15 parent and
child together, from 16 the person alone; article 1:253a: parents with authority decide together, so one may file
and the other may object. A mandate passes on the word of somebody who decides alone, while the login shows it; over
children it gives no say (for the lawyer).
"""

from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from huisartsplek.rules.dates import age_on

_SAYS_YES_TOO_FROM = 12
_DECIDES_ALONE_FROM = 16


class AgeBand(StrEnum):
    """How much say somebody's age gives them."""

    UNDER_12 = "under_12"
    FROM_12 = "from_12"
    FROM_16 = "from_16"


class Relation(StrEnum):
    """What somebody is to the person it is about."""

    SELF = "self"
    PARENT = "parent"  # with authority, in force on the day
    MANDATE = "mandate"  # shown by the login of this very session, and by nothing we keep
    HOUSEMATE = "housemate"
    STRANGER = "stranger"


class Yes(StrEnum):
    """What a yes of somebody is worth."""

    DECIDES = "decides"
    TOGETHER = "together"  # counts, and somebody else's is needed too
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Say:
    """What somebody may do about a person: put them on a request, and say yes for them."""

    may_file: bool
    yes: Yes


_NONE = Say(may_file=False, yes=Yes.NOTHING)
_ASKS = Say(may_file=True, yes=Yes.NOTHING)
SAYS: Mapping[tuple[AgeBand, Relation], Say] = MappingProxyType(
    {
        (AgeBand.UNDER_12, Relation.SELF): _NONE,
        (AgeBand.UNDER_12, Relation.PARENT): Say(may_file=True, yes=Yes.DECIDES),
        (AgeBand.UNDER_12, Relation.MANDATE): _NONE,
        (AgeBand.UNDER_12, Relation.HOUSEMATE): _ASKS,
        (AgeBand.UNDER_12, Relation.STRANGER): _NONE,
        (AgeBand.FROM_12, Relation.SELF): Say(may_file=False, yes=Yes.TOGETHER),
        (AgeBand.FROM_12, Relation.PARENT): Say(may_file=True, yes=Yes.TOGETHER),
        (AgeBand.FROM_12, Relation.MANDATE): _NONE,
        (AgeBand.FROM_12, Relation.HOUSEMATE): _ASKS,
        (AgeBand.FROM_12, Relation.STRANGER): _NONE,
        (AgeBand.FROM_16, Relation.SELF): Say(may_file=True, yes=Yes.DECIDES),
        (AgeBand.FROM_16, Relation.PARENT): _NONE,
        (AgeBand.FROM_16, Relation.MANDATE): Say(may_file=True, yes=Yes.DECIDES),
        (AgeBand.FROM_16, Relation.HOUSEMATE): _ASKS,
        (AgeBand.FROM_16, Relation.STRANGER): _NONE,
    }
)
"""Every age with every relation. Whoever shares a home may put the others on the request: it asks them, no more."""


def band_on(born_on: date, on: date) -> AgeBand:
    """Tell how much say somebody's age gives them on a day; a birthday counts from its first minute."""
    age = age_on(born_on, on)
    if age >= _DECIDES_ALONE_FROM:
        return AgeBand.FROM_16
    return AgeBand.FROM_12 if age >= _SAYS_YES_TOO_FROM else AgeBand.UNDER_12


def say_of(relation: Relation, born_on: date, *, on: date) -> Say:
    """Tell what somebody in this relation may do about a person born on a day."""
    return SAYS[band_on(born_on, on), relation]


def says_yes_too(born_on: date, *, on: date) -> bool:
    """Tell whether nobody moves this person without their own yes."""
    return say_of(Relation.SELF, born_on, on=on).yes is not Yes.NOTHING


def decides_alone(born_on: date, *, on: date) -> bool:
    """Tell whether only the person decides about themselves, and may file, invite and leave by themselves."""
    return say_of(Relation.SELF, born_on, on=on).yes is Yes.DECIDES


def parent_has_a_say(born_on: date, *, on: date) -> bool:
    """Tell whether a parent's yes counts for this person."""
    return say_of(Relation.PARENT, born_on, on=on).yes is not Yes.NOTHING


def mandate_counts(born_on: date, *, on: date) -> bool:
    """Tell whether somebody with a mandate may act in this person's name."""
    return say_of(Relation.MANDATE, born_on, on=on).yes is Yes.DECIDES


class Part(StrEnum):
    """What somebody is to a child that goes along with a request no more."""

    FILER = "filer"  # who asked for the household as it was
    PARENT = "parent"  # with authority, living with the household that asks
    OTHER = "other"


ASKED_ANEW: Mapping[tuple[AgeBand, Part], bool] = MappingProxyType(
    {
        (AgeBand.UNDER_12, Part.FILER): True,
        (AgeBand.UNDER_12, Part.PARENT): True,
        (AgeBand.UNDER_12, Part.OTHER): False,
        (AgeBand.FROM_12, Part.FILER): True,
        (AgeBand.FROM_12, Part.PARENT): True,
        (AgeBand.FROM_12, Part.OTHER): False,
        (AgeBand.FROM_16, Part.FILER): False,
        (AgeBand.FROM_16, Part.PARENT): False,
        (AgeBand.FROM_16, Part.OTHER): False,
    }
)
"""Who says anew whether the others go on, by the age of who stays behind.

A child that stays behind alone, by its own no or by a parent's, splits the family: who asked for it, and its
parents at home, said yes to something else. For everybody beside them nothing changes: the wishes, the turn and who
they decide about are the same. From 16 on somebody leaves without a word: to ask the others would tell them.
"""


def is_asked_anew(part: Part, born_on: date, *, on: date) -> bool:
    """Tell whether somebody says anew that they go on, when the one born on this day stays behind."""
    return ASKED_ANEW[band_on(born_on, on), part]


def last_day_to_object(switch_on: date) -> date:
    """Give the last day on which a parent may object: the one before places change hands, and never after."""
    return switch_on - timedelta(days=1)


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
    own = says_yes_too(member.born_on, on=on)
    if not parent_has_a_say(member.born_on, on=on):
        return NeededConsent(member.person, own=own, one_of=None)
    return NeededConsent(member.person, own=own, one_of=member.parents - {member.person})


def needed_consents(members: Iterable[Member], *, on: date) -> tuple[NeededConsent, ...]:
    """Tell for each member of a household whose yes is needed on a day."""
    return tuple(needed_consent(member, on=on) for member in members)


def parents_to_tell(member: Member, given_by: Set[Hashable], *, on: date) -> frozenset[Hashable]:
    """Give the parents with authority who said no yes themselves: they are told, and may object."""
    needed = needed_consent(member, on=on).one_of
    return frozenset() if needed is None else needed - given_by
