# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("take_part", "Take Part"),
    ("record_transfer", "Record Transfer"),
    ("name_new_practice", "Name New Practice"),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0002_invitations")]

    operations = [
        migrations.AddField(model_name="consent", name="wording", field=models.TextField(blank=True, default="")),
        migrations.AddField(
            model_name="consent",
            name="wording_version",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.CreateModel(
            name="SaidNo",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("kind", models.CharField(choices=KINDS, max_length=17)),
                ("reference", models.UUIDField()),
                ("given_at", models.DateTimeField()),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="noes_given",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="noes", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind", "reference", "given_by"), name="one_no_each")
                ],
            },
        ),
    ]
