# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The story of somebody one can log in as, in English too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("demo", "0002_world")]

    operations = [
        migrations.AddField(
            model_name="demoperson",
            name="story_in_english",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
