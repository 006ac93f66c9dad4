# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The expected ways of saying no: codes and facts, without words for people."""

from datetime import date
from enum import StrEnum

FactValue = str | int | date


class RefusalCode(StrEnum):
    """Every no the system can give; each audience has its own words for each code."""

    NO_PLACES = "no_places"
    WEEKLY_LIMIT_REACHED = "weekly_limit_reached"
    NOT_ADMITTED = "not_admitted"
    OTHERS_FIRST = "others_first"
    ALREADY_THERE = "already_there"
    ALREADY_REQUESTED = "already_requested"
    TOO_MANY_WISHES = "too_many_wishes"
    NO_WISHES = "no_wishes"
    WISH_TWICE = "wish_twice"
    UNKNOWN_PRACTICE = "unknown_practice"
    NOT_CONFIRMED = "not_confirmed"
    HELD_TOO_SHORT = "held_too_short"
    ROUND_FROZEN = "round_frozen"
    ROUND_ALREADY_OPEN = "round_already_open"
    ROUND_NOT_READY = "round_not_ready"
    PLACES_HELD = "places_held"
    DEADLINE_PASSED = "deadline_passed"
    ALREADY_ANSWERED = "already_answered"
    NOT_YOUR_TURN = "not_your_turn"
    NOT_ALLOWED_NOW = "not_allowed_now"
    CONSENT_MISSING = "consent_missing"
    CHANGED_MEANWHILE = "changed_meanwhile"
    HOUSEHOLD_INCOMPLETE = "household_incomplete"
    MOVING_ALREADY = "moving_already"
    KEY_REUSED = "key_reused"
    NEGATIVE_NUMBER = "negative_number"
    BAD_POLICY = "bad_policy"
    RULE_NOT_CONFIRMED = "rule_not_confirmed"
    RULE_STARTS_LATER = "rule_starts_later"
    SECOND_PERSON_NEEDED = "second_person_needed"
    NUMBER_PENDING = "number_pending"
    TOO_MANY_TRIES = "too_many_tries"
    WRONG_CODE = "wrong_code"
    HELPED_ALREADY = "helped_already"


class Refusal(Exception):  # noqa: N818  a refusal is an answer, not an error
    """An expected no: a stable code and the facts behind it."""

    def __init__(self, code: RefusalCode, /, **facts: FactValue) -> None:
        # Facts stay out of the message: a message ends up in logs.
        super().__init__(str(code))
        self.code = code
        self.facts: dict[str, FactValue] = facts


class PracticeRefusal(StrEnum):
    """The only reasons for which a practice may refuse a person."""

    FULL = "full"
    TOO_FAR = "too_far"
    OUTSIDE_RULE = "outside_rule"
    CARE_VIEW_AFTER_TALK = "care_view_after_talk"
    EARLIER_BREACH_OF_TRUST = "earlier_breach_of_trust"
    IDENTITY_NOT_ESTABLISHED = "identity_not_established"


AFTER_A_ROUND: frozenset[PracticeRefusal] = frozenset(
    {PracticeRefusal.IDENTITY_NOT_ESTABLISHED, PracticeRefusal.EARLIER_BREACH_OF_TRUST}
)
"""What a practice may still say between a round's outcome, accepted beforehand, and the switch date."""
