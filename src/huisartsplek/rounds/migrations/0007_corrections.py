# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

import uuid

import django.db.models.deletion
from django.db import migrations, models

import huisartsplek.rules.lifecycles.correction


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0003_male_gp"),
        ("requests", "0007_yes_beforehand"),
        ("rounds", "0006_wish_reasons"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="went_first",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("error", models.CharField(max_length=20)),
                ("gives", models.CharField(max_length=10)),
                ("since", models.DateTimeField(null=True)),
                ("proposed_by", models.UUIDField()),
                ("proposed_at", models.DateTimeField()),
                ("decided_by", models.UUIDField(null=True)),
                (
                    "state",
                    models.CharField(
                        default=huisartsplek.rules.lifecycles.correction.CorrectionState["PROPOSED"], max_length=20
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("deadline_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="practices.region",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="requests.request",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="requests.review",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["region", "state"], name="corrections_of_a_region")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "confirmed"])),
                        fields=("review",),
                        name="one_correction_of_a_review",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_confirms_their_own_correction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["confirmed", "rejected"]), _negated=True),
                            ("decided_by__isnull", False),
                            _connector="OR",
                        ),
                        name="a_decided_correction_has_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("gives", "goes_first"), ("since__isnull", True)),
                            models.Q(models.Q(("gives", "goes_first"), _negated=True), ("since__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_correction_says_which_date",
                    ),
                ],
            },
        ),
    ]
