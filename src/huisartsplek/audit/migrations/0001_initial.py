# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of the log."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditAnchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("month", models.DateField()),
                ("events", models.PositiveBigIntegerField()),
                ("head", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "audit_anchor",
                "constraints": [models.UniqueConstraint(fields=("month", "events"), name="audit_anchors_grow")],
            },
        ),
        migrations.CreateModel(
            name="AuditBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("month", models.DateField()),
                ("number", models.PositiveIntegerField()),
                ("events", models.PositiveBigIntegerField()),
                ("head", models.BinaryField(max_length=32)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "audit_batch",
                "constraints": [
                    models.UniqueConstraint(fields=("month", "number"), name="audit_batches_are_numbered")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "month",
                    models.DateField(
                        db_default=django.db.models.functions.datetime.TruncMonth(
                            django.db.models.functions.datetime.Now()
                        ),
                        editable=False,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=60)),
                ("action", models.CharField(max_length=10)),
                ("outcome", models.CharField(max_length=10)),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=40)),
                ("on_behalf_of", models.UUIDField(null=True)),
                ("origin", models.CharField(blank=True, max_length=64)),
                ("ground", models.CharField(max_length=30)),
                ("person_id", models.UUIDField(null=True)),
                ("thing_type", models.CharField(blank=True, max_length=60)),
                ("thing_id", models.CharField(blank=True, max_length=40)),
                ("facts", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "audit_event",
                "indexes": [
                    models.Index(fields=["month", "id"], name="audit_event_month"),
                    models.Index(fields=["recorded_at"], name="audit_event_recorded"),
                    models.Index(fields=["person_id", "id"], name="audit_event_person"),
                    models.Index(fields=["actor_id", "id"], name="audit_event_actor"),
                    models.Index(fields=["thing_id", "id"], name="audit_event_thing"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("event_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("position", models.PositiveBigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "audit_seal",
                "constraints": [
                    models.UniqueConstraint(fields=("month", "position"), name="audit_seals_are_numbered")
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "month",
                    models.DateField(
                        db_default=django.db.models.functions.datetime.TruncMonth(
                            django.db.models.functions.datetime.Now()
                        ),
                        editable=False,
                    ),
                ),
                ("thing_type", models.CharField(max_length=60)),
                ("thing_id", models.CharField(max_length=40)),
                ("from_state", models.CharField(max_length=40)),
                ("event", models.CharField(max_length=40)),
                ("to_state", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=40)),
            ],
            options={
                "db_table": "audit_step",
                "indexes": [
                    models.Index(fields=["thing_id", "id"], name="audit_step_thing"),
                    models.Index(fields=["month"], name="audit_step_month"),
                ],
            },
        ),
    ]
