# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages to people."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("person_id", models.UUIDField()),
                ("kind", models.CharField(max_length=30)),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "email"), ("letter", "letter"), ("sms", "sms")], max_length=6
                    ),
                ),
                ("to_address", models.CharField(max_length=320)),
                ("language", models.CharField(default="nl", max_length=2)),
                ("key", models.CharField(max_length=120, unique=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("last_trouble", models.CharField(blank=True, max_length=40)),
                ("state", models.CharField(default="queued", max_length=20)),
                ("state_since", models.DateTimeField()),
                ("deadline_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person_id", "state_since"], name="notices_of_a_person"),
                    models.Index(fields=["state", "next_try_at"], name="notices_to_send"),
                ],
            },
        ),
    ]
