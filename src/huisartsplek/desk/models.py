# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Help sessions, the codes in letters, and tries at finding somebody."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from huisartsplek.accounts.roles import Role
from huisartsplek.people.models import Person


class Matter(models.TextChoices):
    """What a letter can be answered about by telephone."""

    OFFER = "offer"
    REQUEST = "request"


class LetterCode(models.Model):
    """The code in a letter, kept as a digest: it opens help with one matter of one person, until a moment."""

    digest = models.CharField(max_length=64, primary_key=True)
    notice_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letter_codes")
    matter = models.CharField(max_length=7, choices=Matter.choices)
    matter_id = models.UUIDField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["notice_id"], name="codes_of_a_letter")]


class Help(models.Model):
    """Somebody at a desk helps one person: who, whom, how they knew them, what was read aloud, and until when."""

    class IdentifiedBy(models.TextChoices):
        PASSPORT = "passport"
        IDENTITY_CARD = "identity_card"
        DRIVING_LICENCE = "driving_licence"
        RESIDENCE_PERMIT = "residence_permit"
        CALLED_BACK = "called_back"
        LETTER_CODE = "letter_code"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    employee_id = models.UUIDField()
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    scope_id = models.UUIDField()  # the region or practice whose desk it is
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="helped")
    identified_by = models.CharField(max_length=17, choices=IdentifiedBy.choices)
    script_version = models.CharField(max_length=10)
    script_language = models.CharField(max_length=2)
    matter = models.CharField(max_length=7, choices=Matter.choices, blank=True)  # empty: all of it
    matter_id = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["ends_at"], condition=Q(ended_at__isnull=True), name="help_to_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="a_person_is_helped_by_one"
            ),
            models.UniqueConstraint(
                fields=["employee_id"], condition=Q(ended_at__isnull=True), name="one_helps_one_person"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("started_at")), name="help_takes_a_while"),
            models.CheckConstraint(
                condition=Q(matter="", matter_id__isnull=True) | ~Q(matter="") & Q(matter_id__isnull=False),
                name="a_matter_is_named_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Attempt(models.Model):
    """A try of somebody at a desk that found nobody: too many within an hour, and the desk rests for them."""

    employee_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["employee_id", "at"], name="tries_of_an_employee")]
