# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo world and whom one can log in as."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("demo", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DemoPerson",
            fields=[
                ("subject", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("audience", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=200)),
                ("story", models.CharField(max_length=200)),
                ("person_id", models.UUIDField(null=True)),
                ("bsn_number", models.PositiveSmallIntegerField(null=True)),
                ("role", models.CharField(blank=True, max_length=30)),
                ("scope_id", models.UUIDField(null=True)),
                ("position", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="DemoWorld",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("seed", models.IntegerField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
    ]
