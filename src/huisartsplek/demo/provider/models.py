# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the local login provider must remember between a choice and the question who was chosen."""

from django.db import models


class IssuedCode(models.Model):
    """A code that stands for one choice of one person; good once, for a minute."""

    code_hash = models.BinaryField(primary_key=True, max_length=32)
    client_id = models.CharField(max_length=120)
    redirect_uri = models.CharField(max_length=300)
    nonce = models.CharField(max_length=200)
    challenge = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "demo_issued_code"

    def __str__(self) -> str:
        return self.client_id
