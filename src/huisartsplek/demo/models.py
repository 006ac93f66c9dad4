# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of the demo: that its world is there, whom one can log in as, and the login provider's codes."""

from django.db import models

from huisartsplek.demo.provider.models import IssuedCode

__all__ = ["DemoPerson", "DemoWorld", "IssuedCode"]


class DemoWorld(models.Model):
    """The synthetic world in this database, and the seed to draw it again."""

    seed = models.IntegerField()
    made_at = models.DateTimeField()


class DemoPerson(models.Model):
    """Somebody one can log in as, with their story in one line, in both languages."""

    subject = models.CharField(max_length=60, primary_key=True)
    audience = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    story = models.CharField(max_length=200)
    story_in_english = models.CharField(max_length=200, blank=True)
    person_id = models.UUIDField(null=True)
    bsn_number = models.PositiveSmallIntegerField(null=True)  # of the demo BSN they prove at login
    role = models.CharField(max_length=30, blank=True)
    scope_id = models.UUIDField(null=True)
    position = models.PositiveSmallIntegerField()
