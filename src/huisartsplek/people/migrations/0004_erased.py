# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_texts_of_consents")]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[("died", "Died"), ("emigrated", "Emigrated"), ("erased", "Erased")],
                max_length=9,
            ),
        ),
    ]
