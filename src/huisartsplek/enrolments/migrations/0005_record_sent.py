# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enrolments", "0004_held_since")]

    operations = [
        migrations.AddField(model_name="move", name="record_sent_at", field=models.DateTimeField(null=True)),
    ]
