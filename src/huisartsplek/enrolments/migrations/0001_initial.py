# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import huisartsplek.enrolments.models
import huisartsplek.rules.lifecycles.states


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("practices", "0001_initial"),
    ]

    operations = [
        BtreeGistExtension(),  # the exclusion constraint compares a key and a range in one index
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("moved_here", "Moved Here"),
                            ("practice", "Practice"),
                            ("ion", "Ion"),
                            ("stated", "Stated"),
                        ],
                        max_length=10,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="people.person"
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="practices.practice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        default=huisartsplek.rules.lifecycles.states.ConfirmationState["ASKED"], max_length=20
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("deadline_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="practices.practice",
                    ),
                ),
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmation",
                        to="enrolments.enrolment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("request_id", models.UUIDField()),
                ("exchange_id", models.UUIDField(null=True)),
                (
                    "way",
                    models.CharField(
                        choices=[("at_once", "At Once"), ("queue", "Queue"), ("round", "Round")], max_length=7
                    ),
                ),
                ("sure_at", models.DateTimeField()),
                ("switch_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        default=huisartsplek.rules.lifecycles.states.MoveState["PLANNED"], max_length=20
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("deadline_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
                (
                    "begun",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="begun_by",
                        to="enrolments.enrolment",
                    ),
                ),
                (
                    "ended",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended_by",
                        to="enrolments.enrolment",
                    ),
                ),
                (
                    "from_practice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departures",
                        to="practices.practice",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="people.person"
                    ),
                ),
                (
                    "to_practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrivals",
                        to="practices.practice",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(
                condition=models.Q(("ends_on__isnull", True)), fields=["practice"], name="current_by_practice"
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                ),
                name="an_enrolment_lasts_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True)), fields=("person",), name="one_current_practice_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("person", "="),
                    (
                        huisartsplek.enrolments.models.DateRange(
                            "starts_on", "ends_on", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="enrolments_never_overlap",
            ),
        ),
        migrations.AddIndex(
            model_name="confirmation",
            index=models.Index(fields=["practice", "state"], name="enrolments__practic_3e2839_idx"),
        ),
        migrations.AddIndex(
            model_name="move",
            index=models.Index(fields=["request_id"], name="enrolments__request_f423f9_idx"),
        ),
        migrations.AddIndex(
            model_name="move",
            index=models.Index(fields=["to_practice", "state"], name="enrolments__to_prac_fcf48f_idx"),
        ),
        migrations.AddIndex(
            model_name="move",
            index=models.Index(fields=["from_practice", "state"], name="enrolments__from_pr_b728f2_idx"),
        ),
        migrations.AddIndex(
            model_name="move",
            index=models.Index(fields=["state", "switch_on"], name="enrolments__state_c19991_idx"),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["planned", "switched", "overdue", "with_coordinator"])),
                fields=("person",),
                name="one_open_move_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_practice__isnull", True),
                    models.Q(("from_practice", models.F("to_practice")), _negated=True),
                    _connector="OR",
                ),
                name="a_move_goes_elsewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(("switch_on__day", 1), ("switch_on__month__in", [1, 4, 7, 10]), _negated=True),
                name="never_on_the_first_of_a_quarter",
            ),
        ),
    ]
