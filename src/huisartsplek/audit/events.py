# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The catalogue of everything that is recorded: each kind of event with the only facts it may carry.

A kind lists its facts by name and type. There is no type for free text, and none in which a name or a
BSN fits: a count has at most seven digits and a code is one lower-case word. New kinds are added here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from typing import assert_never
from uuid import UUID

Fact = str | int | bool | UUID | date | datetime
StoredFact = str | int | bool

_CODE = re.compile(r"[a-z][a-z0-9_.:-]{0,59}")
_HASH = re.compile(r"[0-9a-f]{64}")
_LARGEST_COUNT = 9_999_999


class Action(StrEnum):
    """What was done, in the words of NEN 7513."""

    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    DELETE = "delete"
    SEARCH = "search"
    EXPORT = "export"
    ACT = "act"


class Outcome(StrEnum):
    """How it ended."""

    SUCCESS = "success"
    REFUSED = "refused"
    FAILED = "failed"


class FactType(Enum):
    """What a fact may be; there is deliberately no text."""

    CODE = "code"
    COUNT = "count"
    YES_NO = "yes_no"
    ID = "id"
    DAY = "day"
    MOMENT = "moment"
    HASH = "hash"


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event: what was done, and which facts may stand beside it."""

    name: str
    action: Action
    facts: Mapping[str, FactType]


class UnknownFactError(TypeError):
    """A fact that this kind of event may not carry, or a value that does not fit its type."""


CATALOGUE: dict[str, EventKind] = {}


def _kind(name: str, action: Action, **facts: FactType) -> EventKind:
    if name in CATALOGUE:
        raise ValueError(f"two kinds of event are called {name}")
    CATALOGUE[name] = EventKind(name, action, facts)
    return CATALOGUE[name]


def stored(kind: EventKind, facts: Mapping[str, Fact]) -> dict[str, StoredFact]:
    """Return the facts as they are kept, or refuse one that the kind does not know."""
    for name in facts:
        if name not in kind.facts:
            raise UnknownFactError(f"{kind.name} has no fact called {name}")
    return {name: _stored_value(name, kind.facts[name], value) for name, value in facts.items()}


def _stored_value(name: str, expected: FactType, value: Fact) -> StoredFact:  # noqa: PLR0911  one case per type
    match expected, value:
        case FactType.CODE, str() if _CODE.fullmatch(value):
            return str(value)
        case FactType.HASH, str() if _HASH.fullmatch(value):
            return str(value)
        case FactType.YES_NO, bool():
            return value
        case FactType.COUNT, int() if not isinstance(value, bool) and abs(value) <= _LARGEST_COUNT:
            return value
        case FactType.ID, UUID():
            return str(value)
        case FactType.MOMENT, datetime() if value.tzinfo is not None:
            return value.astimezone(UTC).isoformat()
        case FactType.DAY, date() if not isinstance(value, datetime):
            return value.isoformat()
        case (FactType(), _):
            raise UnknownFactError(f"the fact {name} must be a {expected.value}")
        case _ as never:
            assert_never(never)


_CODE_, _COUNT, _YES, _ID = FactType.CODE, FactType.COUNT, FactType.YES_NO, FactType.ID
_DAY, _MOMENT, _HASHED = FactType.DAY, FactType.MOMENT, FactType.HASH

# Every change of state, whatever thing it is of. The first three facts are always there.
ADVANCED = _kind(
    "advanced",
    Action.UPDATE,
    from_state=_CODE_,
    event=_CODE_,
    to_state=_CODE_,
    reason=_CODE_,
    practice_id=_ID,
    request_id=_ID,
    round_id=_ID,
    on=_DAY,
    input_sha256=_HASHED,
)

# Logging in and rights
LOGGED_IN = _kind("logged_in", Action.ACT, which=_CODE_, level=_CODE_)
LOGIN_REFUSED = _kind("login_refused", Action.ACT, which=_CODE_, reason=_CODE_)
LOGGED_OUT = _kind("logged_out", Action.ACT)
ACCESS_REFUSED = _kind("access_refused", Action.READ, view=_CODE_)
ROLE_GRANTED = _kind("role_granted", Action.CREATE, role=_CODE_, scope_id=_ID)
ROLE_REVOKED = _kind("role_revoked", Action.UPDATE, role=_CODE_, scope_id=_ID)
USER_CREATED = _kind("user_created", Action.CREATE, which=_CODE_)
USER_STOPPED = _kind("user_stopped", Action.UPDATE)

# Messages to people
NOTICE_QUEUED = _kind("notice_queued", Action.CREATE, notice=_CODE_, channel=_CODE_)

JOB_RETRIED = _kind("job_retried", Action.ACT, task=_CODE_)

# The log itself
LOG_READ = _kind("log_read", Action.READ, rows=_COUNT)
LOG_VERIFIED = _kind("log_verified", Action.READ, rows=_COUNT, intact=_YES)

# Reading about people
PERSON_READ = _kind("person_read", Action.READ, view=_CODE_)
PEOPLE_LISTED = _kind("people_listed", Action.SEARCH, view=_CODE_, rows=_COUNT)
PEOPLE_EXPORTED = _kind("people_exported", Action.EXPORT, view=_CODE_, rows=_COUNT)

# Practices
POLICY_SIGNED = _kind("policy_signed", Action.UPDATE, practice_id=_ID)
PLACES_CHANGED = _kind("places_changed", Action.UPDATE, practice_id=_ID, version=_COUNT)
PRACTICE_CONFIRMED = _kind("practice_confirmed", Action.UPDATE, practice_id=_ID)

# People, households and consent
PERSON_REGISTERED = _kind("person_registered", Action.CREATE)
PERSON_LINKED = _kind("person_linked", Action.UPDATE)
NUMBER_PENDING = _kind("number_pending", Action.CREATE)
PERSON_CHANGED = _kind("person_changed", Action.UPDATE, field=_CODE_)
PERSON_ERASED = _kind("person_erased", Action.DELETE)
REPRESENTATION_RECORDED = _kind("representation_recorded", Action.CREATE, basis=_CODE_)
ACTED_FOR = _kind("acted_for", Action.ACT, begins=_YES)
CONSENT_GIVEN = _kind("consent_given", Action.ACT, consent=_CODE_, reference=_ID)
CONSENT_WITHDRAWN = _kind("consent_withdrawn", Action.ACT, consent=_CODE_, reference=_ID)
CONSENT_DECLINED = _kind("consent_declined", Action.ACT, consent=_CODE_, reference=_ID)

# Enrolments and moves
PRACTICE_STATED = _kind("practice_stated", Action.CREATE, practice_id=_ID)
CONFIRMATION_ASKED = _kind("confirmation_asked", Action.CREATE, practice_id=_ID)
ENROLMENT_CONFIRMED = _kind("enrolment_confirmed", Action.UPDATE, practice_id=_ID)
ENROLMENT_BEGUN = _kind("enrolment_begun", Action.CREATE, practice_id=_ID, on=_DAY)
ENROLMENT_ENDED = _kind("enrolment_ended", Action.UPDATE, practice_id=_ID, on=_DAY)
RECORD_SENT = _kind("record_sent", Action.ACT, practice_id=_ID)
STATEMENT_MADE = _kind("statement_made", Action.CREATE, practice_id=_ID)
STATEMENT_WITHDRAWN = _kind("statement_withdrawn", Action.UPDATE)
STATEMENT_CHECKED = _kind("statement_checked", Action.READ, answer=_CODE_)
MOVE_PLANNED = _kind("move_planned", Action.CREATE, practice_id=_ID, request_id=_ID, on=_DAY, way=_CODE_)

# Requests and offers
REQUEST_FILED = _kind("request_filed", Action.CREATE, members=_COUNT, wishes=_COUNT)
CHILD_STAYS = _kind("child_stays", Action.UPDATE, because=_CODE_)
MEMBER_LEFT = _kind("member_left", Action.UPDATE, members=_COUNT)
WISHES_CHANGED = _kind("wishes_changed", Action.UPDATE, wishes=_COUNT, version=_COUNT)
STILL_LOOKING_ASKED = _kind("still_looking_asked", Action.CREATE, request_id=_ID)
INTERIM_CHOSEN = _kind("interim_chosen", Action.UPDATE, keeps_waiting=_YES)
OFFER_MADE = _kind("offer_made", Action.CREATE, practice_id=_ID, request_id=_ID, way=_CODE_, answer_by=_MOMENT)
REVIEW_ASKED = _kind("review_asked", Action.CREATE, request_id=_ID, outcome=_CODE_, reason=_CODE_)
CORRECTION_PROPOSED = _kind(
    "correction_proposed", Action.CREATE, request_id=_ID, reason=_CODE_, gives=_CODE_, since=_MOMENT
)
TURN_RESTORED = _kind("turn_restored", Action.UPDATE, request_id=_ID, reason=_CODE_, gives=_CODE_, since=_MOMENT)
REFUSAL_RECORDED = _kind(
    "refusal_recorded", Action.CREATE, practice_id=_ID, request_id=_ID, which=_CODE_, reason=_CODE_
)
ALERT_ASKED = _kind("alert_asked", Action.CREATE)
OFFER_ANSWERED = _kind("offer_answered", Action.ACT, says_yes=_YES, beforehand=_YES)
YES_BEFOREHAND_GIVEN = _kind("yes_beforehand_given", Action.ACT, practice_id=_ID, request_id=_ID, until=_DAY)
YES_BEFOREHAND_WITHDRAWN = _kind("yes_beforehand_withdrawn", Action.ACT, practice_id=_ID, request_id=_ID)

# Helping people at a desk or on the telephone
HELP_BEGUN = _kind("help_begun", Action.ACT, identified_by=_CODE_, script=_CODE_, language=_CODE_, matter=_CODE_)
HELP_ENDED = _kind("help_ended", Action.ACT, by=_CODE_)
PERSON_LOOKED_FOR = _kind("person_looked_for", Action.SEARCH, by=_CODE_, rows=_COUNT)

# Rounds
ROUND_OPENED = _kind("round_opened", Action.CREATE, region_id=_ID, number=_COUNT)
EXCHANGE_PROPOSED = _kind("exchange_proposed", Action.CREATE, round_id=_ID, persons=_COUNT)
ROUND_RESUMED = _kind("round_resumed", Action.UPDATE, alarm=_CODE_)
ROUND_FILES_READ = _kind("round_files_read", Action.EXPORT, round_id=_ID)

# Deadlines that passed
ALARM_RAISED = _kind("alarm_raised", Action.UPDATE, alarm=_CODE_, owner=_CODE_)
