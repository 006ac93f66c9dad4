# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0002_resting_queues")]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="has_male_gp",
            field=models.BooleanField(default=False),
        ),
    ]
