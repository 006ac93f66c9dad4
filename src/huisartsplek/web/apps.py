# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files, template tags and translations of the pages."""

    name = "huisartsplek.web"
    label = "web"
    verbose_name = "Pages"
