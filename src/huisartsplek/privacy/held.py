# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where something about a person is held: by table how their rows are found, and what is left out and why.

A test walks every table and fails for one that names a person and stands in neither list.
"""

from collections.abc import Mapping

# How the rows about a person are found, from the row to the person's id.
HELD: Mapping[str, tuple[str, ...]] = {
    "people.Person": ("pk",),
    "people.Representation": ("representative", "represented"),
    "people.Consent": ("person", "given_by"),
    "people.SaidNo": ("person", "given_by"),
    "people.PhoneToConfirm": ("person",),
    "people.PendingNumber": ("person",),
    "people.Invitation": ("invited_by", "person"),
    "people.Block": ("person",),
    "people.Joining": ("person",),
    "accounts.User": ("person_id",),
    "enrolments.Enrolment": ("person",),
    "enrolments.Confirmation": ("enrolment__person",),
    "enrolments.Move": ("person",),
    "enrolments.Statement": ("enrolment__person",),
    "requests.Request": ("filed_by", "members__person"),
    "requests.RequestMember": ("person",),
    "requests.ChildStays": ("child", "said_by"),
    "requests.Wish": ("request__filed_by", "request__members__person"),
    "requests.Offer": ("request__filed_by", "request__members__person"),
    "requests.StillLooking": ("request__filed_by", "request__members__person"),
    "requests.OfferAnswer": ("person", "answered_by"),
    "requests.YesBeforehand": ("person",),
    "requests.Review": ("asked_by",),
    "requests.RecordedRefusal": ("request__filed_by", "request__members__person"),
    "rounds.Entry": ("members__person",),
    "rounds.EntryMember": ("person",),
    "rounds.PlannedMove": ("person",),
    "rounds.Correction": ("request__filed_by", "request__members__person"),
    "notices.Notice": ("person_id",),
    "desk.Help": ("person",),
    "desk.LetterCode": ("person",),
}

# Tables that name a person and are not copied row by row, each with its reason.
NOT_COPIED: Mapping[str, str] = {
    "people.PersonBsn": "the BSN is kept sealed, so that only a care provider can use it; it stands in no file",
    "audit.AuditEvent": "told in its own part, by organisation and role: who works there stays out of it",
    "audit.Step": "the same steps stand in the log, which is told in its own part",
    "audit.AuditSeal": "numbers that show that the log was not changed; nothing about a person",
    "requests.Submission": "a number of a form sent in, so that a double click counts once; dropped after a while",
    "practices.PlaceEntry": "a count of places with its cause; it names the member of staff, not a patient",
    "requests.QueueMarks": "where the bands of a queue end, worked out anew every little while; nobody's own",
    "practices.PolicyVersion": "a rule of a practice, signed by a member of staff",
    "accounts.RoleGrant": "a role of a member of staff",
    "desk.Attempt": "how often a member of staff looked in vain; it names no patient, and is dropped after a day",
    "demo.DemoPerson": "an invented person of the demo",
}

# Columns left out of the rows that are copied, each with its reason.
WITHHELD: Mapping[str, Mapping[str, str]] = {
    "people.Person": {"login_reference": "what the login calls somebody; it could be used to pass for them"},
    "people.Invitation": {
        "digest": "the fingerprint of a code, so that nobody can use the code",
        "answered_at": "a refusal is nobody's business but of who answered",
        "is_accepted": "a refusal is nobody's business but of who answered",
    },
    "requests.ChildStays": {"said_by": "who said no is nobody's business but theirs"},
    "people.Joining": {
        "agreed": "the numbers of who said yes",
        "is_refused": "a refusal is nobody's business but of who answered",
    },
    "accounts.User": {
        "issuer": "what the login calls somebody; it could be used to pass for them",
        "subject": "what the login calls somebody; it could be used to pass for them",
        "session_epoch": "a counter that ends sessions",
        "display_name": "always empty for a citizen",
    },
    "enrolments.Statement": {"digest": "the fingerprint of a code, so that nobody can use the code"},
    "desk.Help": {"employee_id": "the member of staff who helped; their desk answers for them"},
    "desk.LetterCode": {"digest": "the fingerprint of a code, so that nobody can use the code"},
    "requests.Review": {"answered_by": "the member of staff who answered; the region answers for them"},
    "rounds.Correction": {
        "proposed_by": "the member of staff who proposed it; the region answers for them",
        "decided_by": "the member of staff who decided; the region answers for them",
    },
}
