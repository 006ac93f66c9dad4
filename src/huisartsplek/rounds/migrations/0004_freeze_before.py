# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0003_frozen_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="roundplaces",
            name="frozen_before_at",
            field=models.DateTimeField(null=True),
        ),
    ]
