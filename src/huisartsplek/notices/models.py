# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages to people. What a message is about stays here; what is sent says only that there is news."""

from enum import StrEnum
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from huisartsplek.integrations.notify.port import Channel
from huisartsplek.rules.lifecycles import NOTICE, NoticeState


class NoticeKind(StrEnum):
    """Why somebody hears from us."""

    OFFER_MADE = "offer_made"
    OFFER_REMINDER = "offer_reminder"
    OFFER_ACCEPTED_BEFOREHAND = "offer_accepted_beforehand"
    OFFER_LAPSED = "offer_lapsed"
    OFFER_FELL = "offer_fell"
    MOVE_PLANNED = "move_planned"
    MOVE_CANCELLED = "move_cancelled"
    MOVED = "moved"
    YES_ASKED = "yes_asked"
    REVIEW_ANSWERED = "review_answered"
    CHILD_IN_REQUEST = "child_in_request"
    CHILD_MOVES = "child_moves"
    CHILD_STAYS = "child_stays"
    JOINING_ASKED = "joining_asked"
    JOINING_AGREED = "joining_agreed"
    STILL_LOOKING = "still_looking"
    STILL_LOOKING_AGAIN = "still_looking_again"
    SLEEPS = "sleeps"
    TURN_RESTORED = "turn_restored"
    HELPED = "helped"
    PHONE_CODE = "phone_code"


BY_ANOTHER_WAY = "|"  # in a key, between the news and the other way in which it is sent


class Notice(models.Model):
    """One message to one person by one way, from the decision to tell them until it arrived."""

    lifecycle = NOTICE

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person_id = models.UUIDField()
    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=6, choices=[(channel.value, channel.value) for channel in Channel])
    to_address = models.CharField(max_length=320)  # as it was when we decided to tell
    language = models.CharField(max_length=2, default="nl")
    key = models.CharField(max_length=120, unique=True)
    others = models.JSONField(default=list)  # further ways to reach the person: [channel, address], best first
    receipt = models.CharField(max_length=64, blank=True)  # by which the one who took it tells what became of it
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    last_trouble = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, default=NoticeState.QUEUED)
    state_since = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "state_since"], name="notices_of_a_person"),
            models.Index(fields=["state", "next_try_at"], name="notices_to_send"),
            models.Index(fields=["next_try_at"], condition=Q(state="sent"), name="notices_to_ask_after"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def about(self) -> UUID | None:
        """What the news is about, as whoever told it named it in the key; nothing where they named nothing."""
        try:
            return UUID(self.news_key.split(":")[1])
        except (ValueError, IndexError):
            return None

    @property
    def news_key(self) -> str:
        """The key of the news: the same for every way in which it was sent."""
        return self.key.partition(BY_ANOTHER_WAY)[0]
