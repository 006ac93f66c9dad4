# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The role of who helps people at the desk or on the telephone of a region."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="rolegrant",
            name="role",
            field=models.CharField(
                choices=[
                    ("practice_owner", "practice_owner"),
                    ("practice_assistant", "practice_assistant"),
                    ("coordinator", "coordinator"),
                    ("desk", "desk"),
                    ("mediator", "mediator"),
                    ("privacy_officer", "privacy_officer"),
                    ("auditor", "auditor"),
                    ("operator", "operator"),
                ],
                max_length=20,
            ),
        ),
    ]
