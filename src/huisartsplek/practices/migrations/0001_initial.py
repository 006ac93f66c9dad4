# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Insurer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("uzovi", models.CharField(max_length=4, unique=True)),
                ("name", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("postcode_ranges", models.JSONField(default=list)),
                ("phone", models.CharField(blank=True, max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=120, unique=True)),
                ("agb", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("street", models.CharField(blank=True, max_length=120)),
                ("house_number", models.CharField(blank=True, max_length=12)),
                ("postcode", models.CharField(max_length=6)),
                ("place", models.CharField(max_length=80)),
                ("longitude", models.FloatField()),
                ("latitude", models.FloatField()),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("website", models.URLField(blank=True)),
                (
                    "size",
                    models.CharField(
                        choices=[("solo", "Solo"), ("duo", "Duo"), ("group", "Group")], default="solo", max_length=5
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), blank=True, default=list, size=None
                    ),
                ),
                ("is_step_free", models.BooleanField(default=False)),
                ("has_evening_hours", models.BooleanField(default=False)),
                ("has_female_gp", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
                ("closes_on", models.DateField(blank=True, null=True)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="practices", to="practices.region"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Places",
            fields=[
                (
                    "practice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="places",
                        serialize=False,
                        to="practices.practice",
                    ),
                ),
                ("free", models.IntegerField(default=0)),
                ("held", models.IntegerField(default=0)),
                ("version", models.IntegerField(default=1)),
                ("confirmed_on", models.DateField(null=True)),
                ("last_freeze_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("free__gte", 0)), name="free_places_never_negative"),
                    models.CheckConstraint(condition=models.Q(("held__gte", 0)), name="held_places_never_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("set", "Set"),
                            ("grant", "Grant"),
                            ("return", "Return"),
                            ("hold", "Hold"),
                            ("release", "Release"),
                        ],
                        max_length=7,
                    ),
                ),
                ("free_change", models.IntegerField(default=0)),
                ("held_change", models.IntegerField(default=0)),
                ("people", models.IntegerField(default=0)),
                ("reference", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="place_entries",
                        to="practices.practice",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["practice", "at"], name="practices_p_practic_b5bd60_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("free_change", 0), _negated=True),
                            models.Q(("held_change", 0), _negated=True),
                            models.Q(("people", 0), _negated=True),
                            ("kind", "set"),
                            _connector="OR",
                        ),
                        name="a_place_entry_changes_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "hold"), _negated=True),
                            (
                                "free_change",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("held_change"), "*", models.Value(-1)
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="a_hold_moves_free_to_held",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("policy", models.JSONField()),
                ("signed_by", models.UUIDField(null=True)),
                ("signed_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policies",
                        to="practices.practice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("practice",),
                        name="one_policy_in_force",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(fields=["latitude", "longitude"], name="practices_p_latitud_ea1b21_idx"),
        ),
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(fields=["region"], name="practices_p_region__45200c_idx"),
        ),
    ]
