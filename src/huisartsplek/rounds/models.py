# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round of one region: what was frozen, what the engine decided, and how the answers came out."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice, Region
from huisartsplek.requests.models import Offer, Request, Review
from huisartsplek.rules.lifecycles import (
    CORRECTION,
    EXCHANGE,
    ROUND,
    CorrectionState,
    ExchangeState,
    RoundState,
)


class Round(models.Model):
    """One round, from its opening to the switch date. Once frozen it is never unfrozen."""

    lifecycle = ROUND

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveIntegerField()  # counted per region
    opened_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)
    input_sha256 = models.CharField(max_length=64, blank=True)
    leaves_root = models.CharField(max_length=64, blank=True)  # Merkle root over everybody's salted rows
    beacon = models.CharField(max_length=40, blank=True)  # the public source of the draw, named at the freeze
    beacon_round = models.BigIntegerField(null=True)
    is_example_draw = models.BooleanField(default=False)
    seed = models.CharField(max_length=200, blank=True)
    mechanism = models.CharField(max_length=20, default="queue-then-swaps")
    rules_version = models.CharField(max_length=20, blank=True)
    is_verified = models.BooleanField(default=False)  # the independent verifier found no broken rule
    published_at = models.DateTimeField(null=True)
    answers_until = models.DateTimeField(null=True)
    switch_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    fell_below_floor = models.PositiveIntegerField(null=True)  # requests below their floor by somebody else's "no"
    state = models.CharField(max_length=20, default=RoundState.OPEN)
    state_since = models.DateTimeField()
    own_moment_at = models.DateTimeField(null=True)  # what the deadline of some states counts from
    deadline_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)
    halted_by = models.CharField(max_length=20, blank=True)  # the alarm at which the jobs left it to a person

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="rounds_are_numbered"),
            models.UniqueConstraint(
                fields=["region"],
                condition=~Q(state__in=["settled", "carried_out", "cancelled"]),
                name="one_running_round_per_region",
            ),
        ]


class RoundFile(models.Model):
    """One of the files of a round, as frozen or as computed, byte for byte."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="files")
    is_input = models.BooleanField()
    name = models.CharField(max_length=40)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "is_input", "name"], name="a_file_once_in_a_round")]


class RoundPlaces(models.Model):
    """What a practice brings into a round: the places held for it, and what of them was used."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="places")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="round_places")
    held = models.PositiveIntegerField()
    swaps = models.BooleanField()
    used = models.PositiveIntegerField(default=0)
    released = models.PositiveIntegerField(default=0)
    frozen_before_at = models.DateTimeField(null=True)  # its freeze before this one, from which its weeks count

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "practice"], name="a_practice_once_in_a_round")]


class Entry(models.Model):
    """A request as it stood in the frozen round, its proof of taking part, and what the round decided for it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="round_entries")
    alias = models.CharField(max_length=40)  # the request's name in the round's files: a pseudonym
    leaf = models.PositiveIntegerField()  # its place among the Merkle leaves
    salt = models.BinaryField()
    rows = models.TextField()  # its own lines of the frozen files
    outcome = models.CharField(max_length=8, blank=True)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, null=True, related_name="round_outcomes")
    rank = models.PositiveSmallIntegerField(null=True)
    queue_rank = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=30, blank=True)
    wish_reasons = models.JSONField(null=True)  # of each wish once computed; reasons.py writes and reads it
    stands = models.BooleanField(null=True)  # after the answers; empty: not settled, or nothing was offered
    fell_below_floor = models.BooleanField(default=False)
    went_first = models.BooleanField(default=False)  # within its class, as it was frozen
    is_unsettled = models.BooleanField(default=True)  # until its round is settled or cancelled: it is in no other

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "request"], name="a_request_once_in_a_round"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(is_unsettled=True), name="one_unsettled_round_each"
            ),
            models.UniqueConstraint(fields=["round", "alias"], name="an_alias_once_in_a_round"),
            models.UniqueConstraint(fields=["round", "leaf"], name="a_leaf_once_in_a_round"),
        ]


class EntryMember(models.Model):
    """A person of an entry, under the pseudonym the round's files know them by."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="members")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entry_members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="round_entries")
    alias = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="a_person_once_in_a_round"),
            models.UniqueConstraint(fields=["round", "alias"], name="a_member_alias_once_in_a_round"),
        ]


class Exchange(models.Model):
    """Moves that hang together: a chain that ends in a free place, a closed cycle, or both through households."""

    lifecycle = EXCHANGE

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="exchanges")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=5)
    persons = models.PositiveIntegerField()
    requests = models.PositiveIntegerField()
    state = models.CharField(max_length=20, default=ExchangeState.PROPOSED)
    state_since = models.DateTimeField()
    own_moment_at = models.DateTimeField(null=True)  # what the deadline of some states counts from
    deadline_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="exchanges_are_numbered")]


class PlannedMove(models.Model):
    """One row of `moves.csv`: who would go where, in which exchange, into whose place."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="planned_moves")
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="planned_moves")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, null=True, related_name="planned_moves")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="planned_moves")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="planned_moves")
    from_practice = models.ForeignKey(Practice, on_delete=models.PROTECT, null=True, related_name="+")
    to_practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )  # whose place it takes
    stands = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="a_person_moves_once_in_a_round")]


class Correction(models.Model):
    """A turn that is given back after a proven error: proposed by one coordinator, confirmed by another."""

    lifecycle = CORRECTION

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="corrections")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="corrections")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="corrections")
    error = models.CharField(max_length=20)  # a `ProvenError`
    gives = models.CharField(max_length=10)  # a `TurnBack`
    since = models.DateTimeField(null=True)  # the date that counts again
    proposed_by = models.UUIDField()  # the staff user
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)  # another staff user
    state = models.CharField(max_length=20, default=CorrectionState.PROPOSED)
    state_since = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["region", "state"], name="corrections_of_a_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(state__in=["proposed", "confirmed"]),
                name="one_correction_of_a_review",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")),
                name="nobody_confirms_their_own_correction",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "rejected"]) | Q(decided_by__isnull=False),
                name="a_decided_correction_has_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(gives="goes_first", since__isnull=True)
                | ~Q(gives="goes_first") & Q(since__isnull=False),
                name="a_correction_says_which_date",
            ),
        ]
