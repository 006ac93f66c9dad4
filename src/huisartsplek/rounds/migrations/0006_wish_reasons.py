# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0005_one_unsettled_round_each"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="wish_reasons",
            field=models.JSONField(null=True),
        ),
    ]
