# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""How else people are reached, and those of whom no BSN is known yet."""

import django.db.models.deletion
from django.db import migrations, models

import huisartsplek.rules.lifecycles.number


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_insurer_help"),
        ("practices", "0003_male_gp"),
    ]

    operations = [
        migrations.CreateModel(
            name="PhoneToConfirm",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="phone_to_confirm",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("number", models.CharField(max_length=16)),
                ("notice_id", models.UUIDField()),
                ("expires_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="person",
            name="phone",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name="person",
            name="street",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="person",
            name="wants_large_print",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="person",
            name="channel",
            field=models.CharField(
                choices=[("email", "Email"), ("letter", "Letter"), ("sms", "Sms")], default="email", max_length=6
            ),
        ),
        migrations.CreateModel(
            name="PendingNumber",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="pending_number",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=huisartsplek.rules.lifecycles.number.NumberState["PENDING"], max_length=20
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("deadline_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pending_numbers",
                        to="practices.region",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["region", "state"], name="numbers_pending")],
            },
        ),
    ]
