# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds: freeze, draw, compute, publish, settle."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "huisartsplek.rounds"
    label = "rounds"
