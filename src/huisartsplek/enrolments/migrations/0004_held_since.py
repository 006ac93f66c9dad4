# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enrolments", "0003_place_of_a_round")]

    operations = [
        migrations.AddField(
            model_name="enrolment",
            name="held_since",
            field=models.DateField(null=True),
        ),
    ]
