# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enrolments", "0002_refused_moves"),
    ]

    operations = [
        migrations.AddField(
            model_name="move",
            name="held_for",
            field=models.UUIDField(null=True),
        ),
    ]
