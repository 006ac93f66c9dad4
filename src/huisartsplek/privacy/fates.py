# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What becomes of each table when somebody has their data deleted: gone, emptied, or kept without a name and why.

A test walks every table that is about a person and fails for one that stands nowhere here. What is kept hangs on a
number of which nothing says any more whose it was; only the log has a term by law.
"""

from collections.abc import Mapping
from enum import StrEnum


class Kept(StrEnum):
    """Why something stays, each with its own words on the page."""

    LOG = "log"  # the law wants to know who did what: five years
    CARE = "care"  # so that the practice's numbers hold: who takes and leaves a place
    DECISIONS = "decisions"  # so that what was decided can be accounted for, and a round computed again
    PROOF = "proof"  # so that it can be shown that there was a yes


# Rows that go at once, found as `held.py` finds them, in this order.
DELETED: Mapping[str, tuple[str, ...]] = {
    "people.PersonBsn": ("person",),
    "people.PhoneToConfirm": ("person",),
    "people.PendingNumber": ("person",),
    "desk.LetterCode": ("person",),
    "people.Representation": ("representative", "represented"),
    "people.SaidNo": ("person", "given_by"),
    "people.Invitation": ("invited_by", "person"),
    "people.Block": ("person", "blocked"),
    "people.Joining": ("person", "invited_by"),
    "requests.ChildStays": ("child", "said_by"),
    "enrolments.Statement": ("enrolment__person",),
    "accounts.User": ("person_id",),
}

# Rows that stay and of which everything is taken out that says who it was.
EMPTIED: Mapping[str, tuple[str, ...]] = {
    "people.Person": ("pk",),
    "notices.Notice": ("person_id",),
}

KEPT: Mapping[str, Kept] = {
    "people.Consent": Kept.PROOF,
    "desk.Help": Kept.PROOF,  # who helped, and what was read aloud
    "enrolments.Enrolment": Kept.CARE,
    "enrolments.Confirmation": Kept.CARE,
    "enrolments.Move": Kept.CARE,
    "requests.Request": Kept.DECISIONS,
    "requests.RequestMember": Kept.DECISIONS,
    "requests.Wish": Kept.DECISIONS,  # of a request that others go on with; of others they go
    "requests.StillLooking": Kept.DECISIONS,
    "requests.Offer": Kept.DECISIONS,
    "requests.OfferAnswer": Kept.DECISIONS,
    "requests.YesBeforehand": Kept.PROOF,
    "requests.Review": Kept.DECISIONS,
    "requests.RecordedRefusal": Kept.DECISIONS,
    "rounds.Correction": Kept.DECISIONS,
    "rounds.Entry": Kept.DECISIONS,
    "rounds.EntryMember": Kept.DECISIONS,
    "rounds.PlannedMove": Kept.DECISIONS,
    "audit.AuditEvent": Kept.LOG,
    "audit.Step": Kept.LOG,
    "audit.AuditSeal": Kept.LOG,
}

# Tables that name a member of staff, or a key of a form by its user, and nobody's own data.
NOT_THEIRS: Mapping[str, str] = {
    "requests.Submission": "a number of a form sent in; deleted with the user who sent it",
    "practices.PlaceEntry": "it names the member of staff",
    "practices.PolicyVersion": "it names the member of staff",
    "accounts.RoleGrant": "it names the member of staff",
    "desk.Attempt": "it names the member of staff who looked in vain",
    "demo.DemoPerson": "an invented person of the demo",
}
