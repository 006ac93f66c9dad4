# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0003_male_gp"),
        ("requests", "0005_still_looking_and_interim"),
    ]

    operations = [
        migrations.CreateModel(
            name="QueueMarks",
            fields=[
                (
                    "practice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="queue_marks",
                        serialize=False,
                        to="practices.practice",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("marks", models.JSONField()),
            ],
        ),
    ]
