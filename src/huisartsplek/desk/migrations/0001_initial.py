# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Help at desks, and the codes in letters."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0006_ways_to_reach_and_pending_numbers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("employee_id", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["employee_id", "at"], name="tries_of_an_employee")],
            },
        ),
        migrations.CreateModel(
            name="Help",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("employee_id", models.UUIDField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("practice_owner", "practice_owner"),
                            ("practice_assistant", "practice_assistant"),
                            ("coordinator", "coordinator"),
                            ("desk", "desk"),
                            ("mediator", "mediator"),
                            ("privacy_officer", "privacy_officer"),
                            ("auditor", "auditor"),
                            ("operator", "operator"),
                        ],
                        max_length=20,
                    ),
                ),
                ("scope_id", models.UUIDField()),
                (
                    "identified_by",
                    models.CharField(
                        choices=[
                            ("passport", "Passport"),
                            ("identity_card", "Identity Card"),
                            ("driving_licence", "Driving Licence"),
                            ("residence_permit", "Residence Permit"),
                            ("called_back", "Called Back"),
                            ("letter_code", "Letter Code"),
                        ],
                        max_length=17,
                    ),
                ),
                ("script_version", models.CharField(max_length=10)),
                ("script_language", models.CharField(max_length=2)),
                (
                    "matter",
                    models.CharField(
                        blank=True, choices=[("offer", "Offer"), ("request", "Request")], max_length=7
                    ),
                ),
                ("matter_id", models.UUIDField(null=True)),
                ("started_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="helped", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)), fields=["ends_at"], name="help_to_end"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person",),
                        name="a_person_is_helped_by_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("employee_id",),
                        name="one_helps_one_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("started_at"))), name="help_takes_a_while"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("matter", ""), ("matter_id__isnull", True)),
                            models.Q(models.Q(("matter", ""), _negated=True), ("matter_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_matter_is_named_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterCode",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("notice_id", models.UUIDField()),
                ("matter", models.CharField(choices=[("offer", "Offer"), ("request", "Request")], max_length=7)),
                ("matter_id", models.UUIDField()),
                ("expires_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letter_codes", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["notice_id"], name="codes_of_a_letter")],
            },
        ),
    ]
