# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_erased"),
    ]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("take_part", "Take Part"),
                    ("record_transfer", "Record Transfer"),
                    ("name_new_practice", "Name New Practice"),
                    ("insurer_help", "Insurer Help"),
                ],
                max_length=17,
            ),
        ),
        migrations.AlterField(
            model_name="saidno",
            name="kind",
            field=models.CharField(
                choices=[
                    ("take_part", "Take Part"),
                    ("record_transfer", "Record Transfer"),
                    ("name_new_practice", "Name New Practice"),
                    ("insurer_help", "Insurer Help"),
                ],
                max_length=17,
            ),
        ),
    ]
