# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

import uuid

import django.db.models.deletion
from django.db import migrations, models

import huisartsplek.rules.lifecycles.states


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("practices", "0001_initial"),
        ("requests", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Exchange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=5)),
                ("persons", models.PositiveIntegerField()),
                ("requests", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        default=huisartsplek.rules.lifecycles.states.ExchangeState["PROPOSED"], max_length=20
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("own_moment_at", models.DateTimeField(null=True)),
                ("deadline_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("alias", models.CharField(max_length=40)),
                ("leaf", models.PositiveIntegerField()),
                ("salt", models.BinaryField()),
                ("rows", models.TextField()),
                ("outcome", models.CharField(blank=True, max_length=8)),
                ("rank", models.PositiveSmallIntegerField(null=True)),
                ("queue_rank", models.PositiveSmallIntegerField(null=True)),
                ("reason", models.CharField(blank=True, max_length=30)),
                ("stands", models.BooleanField(null=True)),
                ("fell_below_floor", models.BooleanField(default=False)),
                (
                    "practice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="round_outcomes",
                        to="practices.practice",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="round_entries",
                        to="requests.request",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("frozen_at", models.DateTimeField(null=True)),
                ("input_sha256", models.CharField(blank=True, max_length=64)),
                ("leaves_root", models.CharField(blank=True, max_length=64)),
                ("beacon", models.CharField(blank=True, max_length=40)),
                ("beacon_round", models.BigIntegerField(null=True)),
                ("is_example_draw", models.BooleanField(default=False)),
                ("seed", models.CharField(blank=True, max_length=200)),
                ("mechanism", models.CharField(default="queue-then-swaps", max_length=20)),
                ("rules_version", models.CharField(blank=True, max_length=20)),
                ("is_verified", models.BooleanField(default=False)),
                ("published_at", models.DateTimeField(null=True)),
                ("answers_until", models.DateTimeField(null=True)),
                ("switch_on", models.DateField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("fell_below_floor", models.PositiveIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        default=huisartsplek.rules.lifecycles.states.RoundState["OPEN"], max_length=20
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("own_moment_at", models.DateTimeField(null=True)),
                ("deadline_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="practices.region"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlannedMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("stands", models.BooleanField(null=True)),
                (
                    "exchange",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_moves",
                        to="rounds.exchange",
                    ),
                ),
                (
                    "from_practice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.practice",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_moves",
                        to="requests.offer",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_moves",
                        to="people.person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_moves",
                        to="requests.request",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "to_practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practices.practice"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="planned_moves", to="rounds.round"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="exchange",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="exchanges", to="rounds.round"
            ),
        ),
        migrations.CreateModel(
            name="EntryMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("alias", models.CharField(max_length=40)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="rounds.entry"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="round_entries",
                        to="people.person",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entry_members", to="rounds.round"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="entry",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="rounds.round"
            ),
        ),
        migrations.CreateModel(
            name="RoundFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("is_input", models.BooleanField()),
                ("name", models.CharField(max_length=40)),
                ("content", models.BinaryField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="rounds.round"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoundPlaces",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("held", models.PositiveIntegerField()),
                ("swaps", models.BooleanField()),
                ("used", models.PositiveIntegerField(default=0)),
                ("released", models.PositiveIntegerField(default=0)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="round_places",
                        to="practices.practice",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="rounds.round"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=("region", "number"), name="rounds_are_numbered"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["settled", "carried_out", "cancelled"]), _negated=True),
                fields=("region",),
                name="one_running_round_per_region",
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedmove",
            constraint=models.UniqueConstraint(fields=("round", "person"), name="a_person_moves_once_in_a_round"),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="exchanges_are_numbered"),
        ),
        migrations.AddConstraint(
            model_name="entrymember",
            constraint=models.UniqueConstraint(fields=("round", "person"), name="a_person_once_in_a_round"),
        ),
        migrations.AddConstraint(
            model_name="entrymember",
            constraint=models.UniqueConstraint(fields=("round", "alias"), name="a_member_alias_once_in_a_round"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("round", "request"), name="a_request_once_in_a_round"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("round", "alias"), name="an_alias_once_in_a_round"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("round", "leaf"), name="a_leaf_once_in_a_round"),
        ),
        migrations.AddConstraint(
            model_name="roundfile",
            constraint=models.UniqueConstraint(fields=("round", "is_input", "name"), name="a_file_once_in_a_round"),
        ),
        migrations.AddConstraint(
            model_name="roundplaces",
            constraint=models.UniqueConstraint(fields=("round", "practice"), name="a_practice_once_in_a_round"),
        ),
    ]
