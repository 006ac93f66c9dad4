# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models

import huisartsplek.rules.lifecycles.alert


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0003_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaceAlert",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key_id", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                ("mark", models.CharField(blank=True, max_length=64)),
                ("visitor", models.CharField(blank=True, max_length=64)),
                ("pc4", models.PositiveSmallIntegerField()),
                ("radius_km", models.PositiveSmallIntegerField()),
                (
                    "counts",
                    models.CharField(
                        choices=[("sure", "Sure"), ("perhaps", "Perhaps"), ("queue", "Queue")], max_length=7
                    ),
                ),
                ("language", models.CharField(default="nl", max_length=2)),
                (
                    "seen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("told_at", models.DateTimeField(null=True)),
                ("mails", models.PositiveSmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        default=huisartsplek.rules.lifecycles.alert.AlertState["ASKED"], max_length=20
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("deadline_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "state_since"], name="alerts_by_state"),
                    models.Index(fields=["mark"], name="alerts_of_an_address"),
                    models.Index(fields=["asked_at"], name="alerts_asked_lately"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            models.Q(("mark", ""), ("sealed", b""), ("seen", []), ("visitor", "")),
                            _connector="OR",
                        ),
                        name="an_ended_alert_has_no_address",
                    ),
                ],
            },
        ),
    ]
