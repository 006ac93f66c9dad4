# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Help at desks and on the telephone, and the codes in letters."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "huisartsplek.desk"
    label = "desk"
