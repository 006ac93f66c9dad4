# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The codes of the local login provider."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IssuedCode",
            fields=[
                ("code_hash", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("client_id", models.CharField(max_length=120)),
                ("redirect_uri", models.CharField(max_length=300)),
                ("nonce", models.CharField(max_length=200)),
                ("challenge", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=120)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "demo_issued_code",
            },
        ),
    ]
