# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A household's request, its ranked wishes, and the offers it gets: by the queue or in a round."""

from datetime import datetime
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from huisartsplek.people.models import Household, Person
from huisartsplek.practices.models import Practice, Region
from huisartsplek.rules.lifecycles import (
    ALERT,
    OFFER,
    REQUEST,
    REVIEW,
    STILL_LOOKING,
    AlertState,
    OfferState,
    RequestState,
    ReviewState,
    StillLookingState,
)


class Request(models.Model):
    """What a household asks for: one practice for all its members, the most wanted wish first."""

    lifecycle = REQUEST

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="requests")
    filed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="filed_requests")
    since = models.DateTimeField()  # decides the turn within a priority class
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, related_name="requests"
    )  # of the first wish
    goes_first = models.BooleanField(
        default=False
    )  # within its class, in the next round: it fell by another's "no"
    state = models.CharField(max_length=20, default=RequestState.WAITING)
    state_since = models.DateTimeField()
    own_moment_at = models.DateTimeField(null=True)  # what the deadline of some states counts from
    deadline_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)
    set_aside = ArrayField(
        models.UUIDField(), default=list
    )  # practices they said no to and took off the list: back on it, the wish rests
    version = models.IntegerField(default=1)  # of the wishes: whoever changes them says which version they saw
    still_at = models.DateTimeField(null=True)  # when they last said that they look; empty: when they filed it
    interim_at = models.ForeignKey(
        Practice, on_delete=models.PROTECT, null=True, related_name="+"
    )  # where they go for the time being, and keep waiting for what they want more
    kept_class = models.PositiveSmallIntegerField(
        null=True
    )  # the priority class they waited in before they took an interim practice

    class Meta:
        indexes = [models.Index(fields=["region", "state"]), models.Index(fields=["state", "since"])]


class RequestMember(models.Model):
    """A person who moves with the request. `is_open` mirrors that the request is not over."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="request_memberships")
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "person"], name="a_member_once"),
            models.UniqueConstraint(fields=["person"], condition=Q(is_open=True), name="one_open_request_each"),
        ]


class ChildStays(models.Model):
    """A child under 16 that goes along with a request no more, alone: it said no, or a parent did."""

    class Because(models.TextChoices):
        NO = "no"  # the child, or the parent who was asked for it
        OBJECTION = "objection"  # a parent who had not been asked

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="children_staying")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=9, choices=Because.choices)
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "child"], name="a_child_stays_once")]


class Wish(models.Model):
    """A practice the household wants, at its rank; 1 is wanted most. Staying is always the last wish, unwritten."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="wishes")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="wishes")
    rank = models.PositiveSmallIntegerField()
    rests_rounds = models.PositiveSmallIntegerField(default=0)  # rounds it sits out: they said no to it

    class Meta:
        ordering = ["rank"]
        indexes = [models.Index(fields=["practice"])]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "rank"],
                deferrable=models.Deferrable.DEFERRED,
                name="a_rank_once_in_a_request",
            ),
            models.UniqueConstraint(fields=["request", "practice"], name="a_practice_once_in_a_request"),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=10), name="at_most_ten_wishes"),
        ]


class Offer(models.Model):
    """A place for the whole household at one wished practice, theirs to take until the deadline."""

    class Way(models.TextChoices):
        QUEUE = "queue"
        ROUND = "round"

    lifecycle = OFFER

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="offers")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="offers")
    way = models.CharField(max_length=5, choices=Way.choices)
    rank = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField(default=0)  # taken from what is free, for an offer by the queue
    round_id = models.UUIDField(null=True)
    exchange_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    by_letter = models.BooleanField(default=False)
    switch_on = models.DateField()
    state = models.CharField(max_length=20, default=OfferState.OPEN)
    state_since = models.DateTimeField()
    answer_by = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)  # when who has not answered hears of it again
    deadline_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["round_id"]),
            models.Index(fields=["state", "answer_by"]),
            models.Index(fields=["remind_at"], condition=Q(state="open"), name="offers_to_remind_of"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(state__in=["open", "accepted"]), name="one_open_offer_each"
            ),
            models.CheckConstraint(
                condition=Q(way="queue", round_id__isnull=True) | Q(way="round", round_id__isnull=False),
                name="a_round_offer_names_its_round",
            ),
        ]

    @property
    def own_moment_at(self) -> datetime:
        """The last moment to answer."""
        return self.answer_by


class OfferAnswer(models.Model):
    """What one person said to an offer. Everybody who decides for themselves answers; one "no" is a "no"."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offer_answers")
    says_yes = models.BooleanField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offer_answers_given")
    answered_at = models.DateTimeField()
    is_beforehand = models.BooleanField(default=False)  # the system said yes for them, as they had asked

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "person"], name="one_answer_each")]


class YesBeforehand(models.Model):
    """One person's yes to a swap to one wished practice before there is one, up to and including a day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="yeses_beforehand")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="yeses_beforehand")
    until = models.DateField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "practice", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_yes_beforehand_in_force",
            )
        ]


class Review(models.Model):
    """A question to a person to look at what the computer decided for a request, and what they found."""

    lifecycle = REVIEW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="reviews")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="reviews"
    )  # whose coordinator answers
    outcome = models.CharField(max_length=11)  # a `Reviewed`
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, null=True, related_name="reviews")
    round_id = models.UUIDField(null=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews_asked")
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=7)  # a `ReviewReason`
    answer = models.CharField(max_length=20, blank=True)  # a `ReviewAnswer`
    answered_by = models.UUIDField(null=True)  # the staff user
    state = models.CharField(max_length=20, default=ReviewState.ASKED)
    state_since = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["region", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "outcome", "practice", "round_id"],
                condition=Q(state="asked"),
                nulls_distinct=False,
                name="one_open_review_of_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome="round", round_id__isnull=False, practice__isnull=True)
                | ~Q(outcome="round") & Q(round_id__isnull=True, practice__isnull=False),
                name="a_review_is_of_a_practice_or_of_a_round",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer=""), name="an_answered_review_has_an_answer"
            ),
        ]


class StillLooking(models.Model):
    """A question to a household that waits for long: do you still look?"""

    lifecycle = STILL_LOOKING

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="still_looking")
    state = models.CharField(max_length=20, default=StillLookingState.ASKED)
    state_since = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "state_since"], name="still_looking_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(state__in=["asked", "reminded"]), name="one_open_question_each"
            ),
        ]


class RecordedRefusal(models.Model):
    """A no of a practice or its rule to a request, with that rule as it was: nobody has to prove it afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="refusals")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=11)  # a `Reviewed`, never that of a round: a round keeps its own
    reason = models.CharField(max_length=30)  # a `Why`, a `RefusalCode` or a `PracticeRefusal`, by outcome
    policy = models.JSONField(null=True)  # the practice's rule at that moment; empty: it had never said one
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["request", "at"], name="refusals_of_a_request")]


class PlaceAlert(models.Model):
    """Somebody's wish to be told when a practice opens near a postcode: no person, only a sealed address."""

    class Counts(models.TextChoices):
        SURE = "sure"  # takes everybody who lives there
        PERHAPS = "perhaps"  # or depends on what we do not know of them
        QUEUE = "queue"  # or has a waiting list they may join

    lifecycle = ALERT

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key_id = models.PositiveIntegerField()
    sealed = models.BinaryField()  # the address; empty once it ended
    mark = models.CharField(max_length=64, blank=True)  # keyed, to know the same address again
    visitor = models.CharField(max_length=64, blank=True)  # keyed, until it is confirmed: who asks too often
    pc4 = models.PositiveSmallIntegerField()
    radius_km = models.PositiveSmallIntegerField()
    counts = models.CharField(max_length=7, choices=Counts.choices)
    language = models.CharField(max_length=2, default="nl")
    seen = ArrayField(models.UUIDField(), default=list)  # what was open at the last look
    told_at = models.DateTimeField(null=True)
    mails = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, default=AlertState.ASKED)
    state_since = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "state_since"], name="alerts_by_state"),
            models.Index(fields=["mark"], name="alerts_of_an_address"),
            models.Index(fields=["asked_at"], name="alerts_asked_lately"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(sealed=b"", mark="", visitor="", seen=[]),
                name="an_ended_alert_has_no_address",
            ),
        ]


class QueueMarks(models.Model):
    """Of one practice's queue, as it stood a little while ago: by class how many wait, and who ends each band."""

    practice = models.OneToOneField(
        Practice, on_delete=models.CASCADE, primary_key=True, related_name="queue_marks"
    )
    at = models.DateTimeField()
    marks = models.JSONField()


class Submission(models.Model):
    """A form that was sent in: sent twice, it gets the same answer and has one effect."""

    key = models.UUIDField(primary_key=True)
    by = models.UUIDField()
    digest = models.CharField(max_length=64)
    result = models.UUIDField(null=True)
    at = models.DateTimeField()
