# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of people, households, who acts for whom, and consent."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("given_name", models.CharField(max_length=80)),
                ("family_name", models.CharField(max_length=120)),
                ("birth_date", models.DateField(null=True)),
                ("postcode", models.CharField(max_length=6)),
                ("house_number", models.CharField(blank=True, max_length=12)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("longitude", models.FloatField(null=True)),
                ("latitude", models.FloatField(null=True)),
                ("moved_in_on", models.DateField(null=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "Email"), ("letter", "Letter")], default="email", max_length=6
                    ),
                ),
                ("language", models.CharField(default="nl", max_length=2)),
                ("is_protected", models.BooleanField(default=False)),
                ("login_reference", models.CharField(max_length=511, null=True, unique=True)),
                ("ended_on", models.DateField(null=True)),
                (
                    "end_reason",
                    models.CharField(
                        blank=True, choices=[("died", "Died"), ("emigrated", "Emigrated")], max_length=9
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="people.household"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonBsn",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="stored_bsn",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("key_id", models.CharField(max_length=16)),
                ("sealed", models.BinaryField()),
                ("look_up", models.BinaryField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("take_part", "Take Part"),
                            ("record_transfer", "Record Transfer"),
                            ("name_new_practice", "Name New Practice"),
                        ],
                        max_length=17,
                    ),
                ),
                ("reference", models.UUIDField()),
                ("given_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents_given",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Representation",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("basis", models.CharField(choices=[("parent", "Parent"), ("mandate", "Mandate")], max_length=7)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                (
                    "representative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="represents", to="people.person"
                    ),
                ),
                (
                    "represented",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="represented_by",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["household"], name="people_pers_househo_5af14d_idx"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason", ""), ("ended_on__isnull", True)),
                    models.Q(("ended_on__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="an_end_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("birth_date__isnull", False),
                    models.Q(("family_name", ""), ("given_name", ""), ("postcode", "")),
                    _connector="OR",
                ),
                name="a_person_is_described_whole_or_not_at_all",
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", True)), fields=["reference"], name="consents_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("person", "kind", "reference", "given_by"),
                name="one_consent_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.UniqueConstraint(
                fields=("representative", "represented", "basis"), name="represented_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.CheckConstraint(
                condition=models.Q(("representative", models.F("represented")), _negated=True),
                name="nobody_represents_themselves",
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="a_representation_ends_after_it_began",
            ),
        ),
    ]
