# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""People and households. The BSN sits apart, encrypted; nothing else here identifies a citizen to the state."""

from datetime import date
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from huisartsplek.practices.models import Region
from huisartsplek.rules.lifecycles import NUMBER, NumberState
from huisartsplek.rules.refusals import Refusal, RefusalCode


class Household(models.Model):
    """People who live together and may ask to move together."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)


class Person(models.Model):
    """A citizen. Nobody needs a BSN here to be known: a verified login reference is enough.

    Who logs in for the first time is only that reference, until they say who they are.
    """

    class Channel(models.TextChoices):
        EMAIL = "email"
        LETTER = "letter"
        SMS = "sms"

    class End(models.TextChoices):
        DIED = "died"
        EMIGRATED = "emigrated"
        ERASED = "erased"  # they had their data deleted: nothing says any more who it was

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=120)
    birth_date = models.DateField(null=True)  # unknown until a new login has said who it is; see `born_on`
    postcode = models.CharField(max_length=6)
    street = models.CharField(max_length=80, blank=True)  # for letters only
    house_number = models.CharField(max_length=12, blank=True)
    place = models.CharField(max_length=80, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    moved_in_on = models.DateField(null=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=16, blank=True)  # confirmed by a code that was sent to it
    channel = models.CharField(max_length=6, choices=Channel.choices, default=Channel.EMAIL)
    wants_large_print = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="nl")
    is_protected = models.BooleanField(default=False)
    login_reference = models.CharField(max_length=511, unique=True, null=True)  # noqa: DJ001 (NULL: no login yet)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=9, choices=End.choices, blank=True)

    class Meta:
        indexes = [models.Index(fields=["household"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="") | Q(ended_on__isnull=False) & ~Q(end_reason=""),
                name="an_end_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=False) | Q(given_name="", family_name="", postcode=""),
                name="a_person_is_described_whole_or_not_at_all",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def full_name(self) -> str:
        """The name as it is said on a page that this person or their practice reads."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_reached_by_letter(self) -> bool:
        """Whether news reaches the person by letter: they chose so, or nothing else of them is known."""
        return self.reached_by == self.Channel.LETTER

    @property
    def reached_by(self) -> Channel:
        """How news reaches the person first: as they chose, or as it still can."""
        if self.channel == self.Channel.LETTER:
            return self.Channel.LETTER
        known = {self.Channel.SMS: self.phone, self.Channel.EMAIL: self.email}
        if known[self.Channel(self.channel)]:
            return self.Channel(self.channel)
        return next((way for way, address in known.items() if address), self.Channel.LETTER)

    @property
    def is_described(self) -> bool:
        """Whether the person has said who they are."""
        return self.birth_date is not None

    @property
    def born_on(self) -> date:
        """The birth date, or a refusal while the person has not said who they are."""
        if self.birth_date is None:
            raise Refusal(RefusalCode.HOUSEHOLD_INCOMPLETE, person=str(self.pk))
        return self.birth_date


class PersonBsn(models.Model):
    """The BSN of a person: encrypted with a key of the ring, found again by its keyed hash only."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="stored_bsn")
    key_id = models.CharField(max_length=16)
    sealed = models.BinaryField()
    look_up = models.BinaryField(unique=True)


class PhoneToConfirm(models.Model):
    """A telephone number that somebody gave, until they type the code that was sent to it.

    The code itself is kept nowhere: it follows from the message and a secret outside the database.
    """

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, primary_key=True, related_name="phone_to_confirm"
    )
    number = models.CharField(max_length=16)
    notice_id = models.UUIDField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)


class PendingNumber(models.Model):
    """Somebody is known without a BSN: a desk entered them, and their practice will learn the number."""

    lifecycle = NUMBER

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="pending_number")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="pending_numbers"
    )  # whose desk it was
    state = models.CharField(max_length=20, default=NumberState.PENDING)
    state_since = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["region", "state"], name="numbers_pending")]


class Representation(models.Model):
    """Somebody who decides for somebody else: a parent for a child, or by a mandate, up to and including a day."""

    class Basis(models.TextChoices):
        PARENT = "parent"
        MANDATE = "mandate"

    representative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="represents")
    represented = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="represented_by")
    basis = models.CharField(max_length=7, choices=Basis.choices)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["representative", "represented", "basis"], name="represented_once"),
            models.CheckConstraint(
                condition=~Q(representative=F("represented")), name="nobody_represents_themselves"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="a_representation_ends_after_it_began",
            ),
        ]


class Consent(models.Model):
    """A yes of one person, given by themselves or by who decides for them, until it is taken back."""

    class Kind(models.TextChoices):
        TAKE_PART = "take_part"  # in the request `reference`
        RECORD_TRANSFER = "record_transfer"  # to the practice of the move `reference`
        NAME_NEW_PRACTICE = "name_new_practice"  # to the old practice, of the request `reference`
        INSURER_HELP = "insurer_help"  # by the insurer `reference`, who may then see that they look

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=17, choices=Kind.choices)
    reference = models.UUIDField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents_given")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    wording = models.TextField(blank=True, default="")  # the text as it was read; see `rules/consent_texts.py`
    wording_version = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["reference"], condition=Q(withdrawn_at__isnull=True), name="consents_in_force")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "reference", "given_by"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_consent_in_force",
            )
        ]


class SaidNo(models.Model):
    """Somebody was asked for a consent and said no: nothing hangs on it, but that they are not asked again."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="noes")
    kind = models.CharField(max_length=17, choices=Consent.Kind.choices)
    reference = models.UUIDField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="noes_given")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "reference", "given_by"], name="one_no_each")
        ]


class Invitation(models.Model):
    """A code that somebody hands over: to join their household, or for a member's own login.

    Only its digest is kept. A refusal and a block are nobody's business but of who answered: to who invited it
    stays unanswered.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations_made")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="invitations"
    )  # whose own login it is for; nobody: to join
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=False) | Q(answered_at__isnull=False),
                name="an_accepted_invitation_is_answered",
            )
        ]


class Joining(models.Model):
    """Somebody said yes to a code and lives apart until the other adults of that household have agreed.

    A no of one of them is nobody's business: to who waits it stays unanswered.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="joinings")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agreed = ArrayField(models.UUIDField(), default=list)  # the adults who said yes
    is_refused = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(done_at__isnull=True), name="joins_one_at_a_time"
            )
        ]


class Block(models.Model):
    """Somebody wants no invitation from somebody else, who never hears of it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="blocks")
    blocked = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "blocked"], name="blocked_once")]
