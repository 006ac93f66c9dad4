# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What became of a message that was sent, and the other ways to reach the person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="others",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="notice",
            name="receipt",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state", "sent")), fields=["next_try_at"], name="notices_to_ask_after"
            ),
        ),
        # Sent before anybody asked whether messages arrive: nothing more is heard of them.
        migrations.RunSQL(
            "UPDATE notices_notice SET state = 'unheard' WHERE state = 'sent'",
            "UPDATE notices_notice SET state = 'sent' WHERE state IN ('delivered', 'unheard', 'rerouted')",
        ),
    ]
