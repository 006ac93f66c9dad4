# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

import uuid

import django.db.models.deletion
from django.db import migrations, models

import huisartsplek.rules.lifecycles.still_looking


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0003_male_gp"),
        ("requests", "0004_alerts"),
    ]

    operations = [
        migrations.AddField(
            model_name="request",
            name="interim_at",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practices.practice"
            ),
        ),
        migrations.AddField(
            model_name="request",
            name="kept_class",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="request",
            name="still_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="StillLooking",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        default=huisartsplek.rules.lifecycles.still_looking.StillLookingState["ASKED"],
                        max_length=20,
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("deadline_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="still_looking",
                        to="requests.request",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "state_since"], name="still_looking_by_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "reminded"])),
                        fields=("request",),
                        name="one_open_question_each",
                    )
                ],
            },
        ),
    ]
