# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A practice, its signed intake policy, and its places: the one row that decides who still fits."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from huisartsplek.rules.intake import IntakePolicy, from_json


class Region(models.Model):
    """The area of one regional organisation (RHO): configuration, never a rule in code."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    postcode_ranges = models.JSONField(default=list)  # [[first, last], …] of four-digit postcodes
    phone = models.CharField(max_length=20, blank=True)
    queues_rest = models.BooleanField(default=False)  # while a round closes: its queues make no new offers

    def __str__(self) -> str:
        return self.name


class Insurer(models.Model):
    """A health insurer, known by its four-digit UZOVI code."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    uzovi = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Practice(models.Model):
    """One GP practice as the public knows it."""

    class Size(models.TextChoices):
        SOLO = "solo"
        DUO = "duo"
        GROUP = "group"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    agb = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="practices")
    street = models.CharField(max_length=120, blank=True)
    house_number = models.CharField(max_length=12, blank=True)
    postcode = models.CharField(max_length=6)  # 2514GL, or 2514 where only that is known
    place = models.CharField(max_length=80)
    longitude = models.FloatField()
    latitude = models.FloatField()
    phone = models.CharField(max_length=20, blank=True)
    website = models.URLField(blank=True)
    size = models.CharField(max_length=5, choices=Size.choices, default=Size.SOLO)
    languages = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    is_step_free = models.BooleanField(default=False)
    has_evening_hours = models.BooleanField(default=False)
    has_female_gp = models.BooleanField(default=False)
    has_male_gp = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    closes_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["latitude", "longitude"]), models.Index(fields=["region"])]

    def __str__(self) -> str:
        return self.name


class PolicyVersion(models.Model):
    """An intake policy as a practice signed it; the version without `replaced_at` is in force."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="policies")
    policy = models.JSONField()
    signed_by = models.UUIDField(null=True)  # the staff user; empty: known from an import
    signed_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice"], condition=Q(replaced_at__isnull=True), name="one_policy_in_force"
            )
        ]

    def value(self) -> IntakePolicy:
        """The policy as a value of `rules`."""
        return from_json(self.policy)


class Places(models.Model):
    """What a practice still has to give. `free`: outside rounds; `held`: put aside for an unsettled round.

    Whoever gives, holds or changes places locks this row first. The sums of the ledger `PlaceEntry` equal the
    two counters (invariant I2); the number itself is private to the practice.
    """

    practice = models.OneToOneField(Practice, on_delete=models.PROTECT, primary_key=True, related_name="places")
    free = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    version = models.IntegerField(default=1)
    confirmed_on = models.DateField(null=True)
    last_freeze_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(free__gte=0), name="free_places_never_negative"),
            models.CheckConstraint(condition=Q(held__gte=0), name="held_places_never_negative"),
        ]


class PlaceEntry(models.Model):
    """One change of a practice's places: the ledger behind the counters."""

    class Kind(models.TextChoices):
        SET = "set"  # the practice states how many people more it takes
        GRANT = "grant"  # given to somebody
        RETURN = "return"  # given back: a move that was cancelled, an offer that lapsed
        HOLD = "hold"  # put aside for a round
        RELEASE = "release"  # left over from a round, or by somebody who moved in it

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="place_entries")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    free_change = models.IntegerField(default=0)
    held_change = models.IntegerField(default=0)
    people = models.IntegerField(
        default=0
    )  # how many people were granted a place by this entry (or gave it back: < 0)
    reference = models.UUIDField(null=True)  # the move, offer or round it was for
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["practice", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(free_change=0) | ~Q(held_change=0) | ~Q(people=0) | Q(kind="set"),
                name="a_place_entry_changes_something",
            ),
            models.CheckConstraint(
                condition=~Q(kind="hold") | Q(free_change=-F("held_change")), name="a_hold_moves_free_to_held"
            ),
        ]
