# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Users and the roles they hold."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("citizen", "Citizen"), ("staff", "Staff")], max_length=7)),
                ("issuer", models.CharField(max_length=255)),
                ("subject", models.CharField(max_length=255)),
                ("display_name", models.CharField(blank=True, max_length=120)),
                ("person_id", models.UUIDField(null=True, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                ("session_epoch", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "subject"), name="one_user_per_login"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("display_name", ""), ("kind", "citizen")),
                            models.Q(("kind", "staff"), ("person_id__isnull", True)),
                            _connector="OR",
                        ),
                        name="citizens_have_a_person_and_staff_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("practice_owner", "practice_owner"),
                            ("practice_assistant", "practice_assistant"),
                            ("coordinator", "coordinator"),
                            ("mediator", "mediator"),
                            ("privacy_officer", "privacy_officer"),
                            ("auditor", "auditor"),
                            ("operator", "operator"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "scope_type",
                    models.CharField(
                        choices=[
                            ("practice", "practice"),
                            ("region", "region"),
                            ("insurer", "insurer"),
                            ("country", "country"),
                        ],
                        max_length=8,
                    ),
                ),
                ("scope_id", models.UUIDField(null=True)),
                ("granted_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("user", "role", "scope_id"),
                        name="a_role_is_held_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scope_id__isnull", True), ("scope_type", "country")),
                            models.Q(
                                models.Q(("scope_type", "country"), _negated=True), ("scope_id__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="a_role_reaches_over_something",
                    ),
                ],
            },
        ),
    ]
