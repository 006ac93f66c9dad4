# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

import uuid

import django.db.models.deletion
from django.db import migrations, models

import huisartsplek.rules.lifecycles.review


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("practices", "0002_resting_queues"),
        ("requests", "0002_wishes_set_aside"),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("outcome", models.CharField(max_length=11)),
                ("round_id", models.UUIDField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=7)),
                ("answer", models.CharField(blank=True, max_length=20)),
                ("answered_by", models.UUIDField(null=True)),
                (
                    "state",
                    models.CharField(
                        default=huisartsplek.rules.lifecycles.review.ReviewState["ASKED"], max_length=20
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("deadline_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews_asked",
                        to="people.person",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="practices.practice",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="practices.region"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="requests.request"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["region", "state"], name="requests_re_region__3f072d_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("request", "outcome", "practice", "round_id"),
                        name="one_open_review_of_an_outcome",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "round"), ("practice__isnull", True), ("round_id__isnull", False)),
                            models.Q(
                                models.Q(("outcome", "round"), _negated=True),
                                ("practice__isnull", False),
                                ("round_id__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_review_is_of_a_practice_or_of_a_round",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_answered_review_has_an_answer",
                    ),
                ],
            },
        ),
    ]
