# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is enrolled where. One person has at most one practice on any day: the database refuses a second."""

from datetime import datetime, time
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice
from huisartsplek.rules.dates import AMSTERDAM
from huisartsplek.rules.lifecycles import CONFIRMATION, MOVE, ConfirmationState, MoveState


class DateRange(Func):
    """`daterange(start, end, '[)')`: the days of an enrolment, its end not counted."""

    function = "daterange"
    output_field = DateRangeField()


class Enrolment(models.Model):
    """A period in which one practice has one person on its list. `ends_on` is the first day it no longer holds."""

    class Source(models.TextChoices):
        MOVED_HERE = "moved_here"  # by a move this system carried out
        PRACTICE = "practice"  # the practice said so
        ION = "ion"  # an answer of ION, obtained by a practice
        STATED = "stated"  # the person said so, nobody confirmed it yet

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="enrolments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    confirmed_at = models.DateTimeField(null=True)
    held_since = models.DateField(null=True)  # for who came back, having been registered nowhere else: from when

    class Meta:
        indexes = [models.Index(fields=["practice"], condition=Q(ends_on__isnull=True), name="current_by_practice")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="an_enrolment_lasts_a_day",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on__isnull=True), name="one_current_practice_each"
            ),
            ExclusionConstraint(
                name="enrolments_never_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Confirmation(models.Model):
    """A question to a practice: is this person yours? Until it says yes, the person's place trades nothing."""

    lifecycle = CONFIRMATION

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="confirmation")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="confirmations")
    state = models.CharField(max_length=20, default=ConfirmationState.ASKED)
    state_since = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["practice", "state"])]


class Statement(models.Model):
    """A paper that says who somebody's GP is: true as long as the enrolment holds, and nobody took it back.

    Of its code only a digest is kept: who has the paper can ask whether it is true, and nobody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="statements")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class StatementCheck(models.Model):
    """That a visitor asked after a code: kept for an hour, so that nobody can try many."""

    visitor = models.CharField(max_length=64)  # keyed: where the question came from
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["visitor", "at"], name="checks_of_a_visitor")]


class Move(models.Model):
    """One person's step from a practice (or none) to another, agreed by both sides, on one switch date."""

    class Way(models.TextChoices):
        AT_ONCE = "at_once"
        QUEUE = "queue"
        ROUND = "round"

    lifecycle = MOVE

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="moves")
    request_id = models.UUIDField()  # the request it meets
    exchange_id = models.UUIDField(null=True)  # the exchange of a round it belongs to
    held_for = models.UUIDField(null=True)  # the round that held the free place it takes
    from_practice = models.ForeignKey(Practice, on_delete=models.PROTECT, null=True, related_name="departures")
    to_practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="arrivals")
    way = models.CharField(max_length=7, choices=Way.choices)
    sure_at = models.DateTimeField()
    switch_on = models.DateField()
    ended = models.OneToOneField(Enrolment, on_delete=models.PROTECT, null=True, related_name="ended_by")
    begun = models.OneToOneField(Enrolment, on_delete=models.PROTECT, null=True, related_name="begun_by")
    refused_because = models.CharField(max_length=24, blank=True)  # a `PracticeRefusal` of the new practice
    record_sent_at = models.DateTimeField(null=True)  # the old practice sent the medical record, as it said
    state = models.CharField(max_length=20, default=MoveState.PLANNED)
    state_since = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["request_id"]),
            models.Index(fields=["to_practice", "state"]),
            models.Index(fields=["from_practice", "state"]),
            models.Index(fields=["state", "switch_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=["planned", "switched", "overdue", "with_coordinator"]),
                name="one_open_move_each",
            ),
            models.CheckConstraint(
                condition=Q(from_practice__isnull=True) | ~Q(from_practice=F("to_practice")),
                name="a_move_goes_elsewhere",
            ),
            models.CheckConstraint(
                condition=~(Q(switch_on__day=1) & Q(switch_on__month__in=[1, 4, 7, 10])),
                name="never_on_the_first_of_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(refused_because="") | Q(state="cancelled"),
                name="a_refused_move_is_called_off",
            ),
        ]

    @property
    def own_moment_at(self) -> datetime:
        """The first moment of the switch date."""
        return datetime.combine(self.switch_on, time(), AMSTERDAM)
