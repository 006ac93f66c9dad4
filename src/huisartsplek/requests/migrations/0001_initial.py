# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

import uuid

import django.db.models.constraints
import django.db.models.deletion
from django.db import migrations, models

import huisartsplek.rules.lifecycles.states


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("practices", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("by", models.UUIDField()),
                ("digest", models.CharField(max_length=64)),
                ("result", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("goes_first", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        default=huisartsplek.rules.lifecycles.states.RequestState["WAITING"], max_length=20
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("own_moment_at", models.DateTimeField(null=True)),
                ("deadline_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filed_requests",
                        to="people.person",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="people.household"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="practices.region",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("way", models.CharField(choices=[("queue", "Queue"), ("round", "Round")], max_length=5)),
                ("rank", models.PositiveSmallIntegerField()),
                ("places", models.PositiveSmallIntegerField(default=0)),
                ("round_id", models.UUIDField(null=True)),
                ("exchange_id", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
                ("by_letter", models.BooleanField(default=False)),
                ("switch_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        default=huisartsplek.rules.lifecycles.states.OfferState["OPEN"], max_length=20
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("deadline_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="practices.practice"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="requests.request"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequestMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("is_open", models.BooleanField(default=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request_memberships",
                        to="people.person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="requests.request"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("rank", models.PositiveSmallIntegerField()),
                ("rests_rounds", models.PositiveSmallIntegerField(default=0)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wishes", to="practices.practice"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wishes", to="requests.request"
                    ),
                ),
            ],
            options={
                "ordering": ["rank"],
            },
        ),
        migrations.CreateModel(
            name="OfferAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("says_yes", models.BooleanField()),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offer_answers_given",
                        to="people.person",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="requests.offer"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offer_answers",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("offer", "person"), name="one_answer_each")],
            },
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["region", "state"], name="requests_re_region__25831f_idx"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["state", "since"], name="requests_re_state_357e55_idx"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["round_id"], name="requests_of_round_i_e5f23d_idx"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["state", "answer_by"], name="requests_of_state_4032d5_idx"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "accepted"])),
                fields=("request",),
                name="one_open_offer_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("round_id__isnull", True), ("way", "queue")),
                    models.Q(("round_id__isnull", False), ("way", "round")),
                    _connector="OR",
                ),
                name="a_round_offer_names_its_round",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestmember",
            constraint=models.UniqueConstraint(fields=("request", "person"), name="a_member_once"),
        ),
        migrations.AddConstraint(
            model_name="requestmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_open", True)), fields=("person",), name="one_open_request_each"
            ),
        ),
        migrations.AddIndex(
            model_name="wish",
            index=models.Index(fields=["practice"], name="requests_wi_practic_53b583_idx"),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("request", "rank"),
                name="a_rank_once_in_a_request",
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.UniqueConstraint(fields=("request", "practice"), name="a_practice_once_in_a_request"),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.CheckConstraint(
                condition=models.Q(("rank__gte", 1), ("rank__lte", 10)), name="at_most_ten_wishes"
            ),
        ),
    ]
