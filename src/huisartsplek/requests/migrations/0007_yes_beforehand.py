# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_insurer_help"),
        ("practices", "0003_male_gp"),
        ("requests", "0006_queue_marks"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordedRefusal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("outcome", models.CharField(max_length=11)),
                ("reason", models.CharField(max_length=30)),
                ("policy", models.JSONField(null=True)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="YesBeforehand",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("until", models.DateField()),
                ("given_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="offer",
            name="remind_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="offeranswer",
            name="is_beforehand",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["remind_at"], name="offers_to_remind_of"
            ),
        ),
        migrations.AddField(
            model_name="recordedrefusal",
            name="practice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practices.practice"
            ),
        ),
        migrations.AddField(
            model_name="recordedrefusal",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="refusals", to="requests.request"
            ),
        ),
        migrations.AddField(
            model_name="yesbeforehand",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="yeses_beforehand", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="yesbeforehand",
            name="practice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practices.practice"
            ),
        ),
        migrations.AddField(
            model_name="yesbeforehand",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="yeses_beforehand", to="requests.request"
            ),
        ),
        migrations.AddIndex(
            model_name="recordedrefusal",
            index=models.Index(fields=["request", "at"], name="refusals_of_a_request"),
        ),
        migrations.AddConstraint(
            model_name="yesbeforehand",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("request", "practice", "person"),
                name="one_yes_beforehand_in_force",
            ),
        ),
    ]
