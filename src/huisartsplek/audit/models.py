# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of the log. Rows are only ever added; whole months go when their term is over."""

from django.db import models
from django.db.models.functions import Now, TruncMonth


class AuditEvent(models.Model):
    """One line of the log, with the fields of NEN 7513."""

    recorded_at = models.DateTimeField(db_default=Now(), editable=False)  # the database's clock, set by a trigger
    month = models.DateField(
        db_default=TruncMonth(Now()), editable=False
    )  # of `recorded_at`; a month goes as a whole
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    action = models.CharField(max_length=10)
    outcome = models.CharField(max_length=10)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    role = models.CharField(max_length=40)
    on_behalf_of = models.UUIDField(null=True)
    origin = models.CharField(max_length=64, blank=True)
    ground = models.CharField(max_length=30)
    person_id = models.UUIDField(null=True)
    thing_type = models.CharField(max_length=60, blank=True)
    thing_id = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        db_table = "audit_event"
        indexes = [
            models.Index(fields=["month", "id"], name="audit_event_month"),
            models.Index(fields=["recorded_at"], name="audit_event_recorded"),
            models.Index(fields=["person_id", "id"], name="audit_event_person"),
            models.Index(fields=["actor_id", "id"], name="audit_event_actor"),
            models.Index(fields=["thing_id", "id"], name="audit_event_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Step(models.Model):
    """One change of state of one thing."""

    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    month = models.DateField(db_default=TruncMonth(Now()), editable=False)
    thing_type = models.CharField(max_length=60)
    thing_id = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40)
    event = models.CharField(max_length=40)
    to_state = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    role = models.CharField(max_length=40)

    class Meta:
        db_table = "audit_step"
        indexes = [
            models.Index(fields=["thing_id", "id"], name="audit_step_thing"),
            models.Index(fields=["month"], name="audit_step_month"),
        ]

    def __str__(self) -> str:
        return f"{self.thing_type} {self.from_state} -> {self.to_state}"


class AuditBatch(models.Model):
    """A stretch of the chain of one month, sealed in one go."""

    month = models.DateField()
    number = models.PositiveIntegerField()  # 1, 2, ... within the month
    events = models.PositiveBigIntegerField()  # sealed in the month up to and including this batch
    head = models.BinaryField(max_length=32)  # the chain's last hash
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "audit_batch"
        constraints = [models.UniqueConstraint(fields=["month", "number"], name="audit_batches_are_numbered")]

    def __str__(self) -> str:
        return f"{self.month} {self.number}"


class AuditSeal(models.Model):
    """The place of one event in the chain of its month. The key makes that each event is sealed once."""

    event_id = models.BigIntegerField(primary_key=True)
    month = models.DateField()
    position = models.PositiveBigIntegerField()  # 1, 2, ... within the month
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "audit_seal"
        constraints = [models.UniqueConstraint(fields=["month", "position"], name="audit_seals_are_numbered")]

    def __str__(self) -> str:
        return f"{self.month} {self.position}"


class AuditAnchor(models.Model):
    """What remains of a month for good: how many events it held and the last hash of its chain."""

    month = models.DateField()
    events = models.PositiveBigIntegerField()
    head = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)  # over the anchor before and this one
    made_at = models.DateTimeField()

    class Meta:
        db_table = "audit_anchor"
        constraints = [models.UniqueConstraint(fields=["month", "events"], name="audit_anchors_grow")]

    def __str__(self) -> str:
        return f"{self.month} {self.events}"
