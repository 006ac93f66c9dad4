# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages as a Django application."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from huisartsplek.notices import letters


class WebConfig(AppConfig):
    """Templates, static files, template tags and translations of the pages."""

    name = "huisartsplek.web"
    label = "web"
    verbose_name = "Pages"

    def ready(self) -> None:
        """Tell the messages how a letter is written."""
        # Named as text: its words read models, which exist only once every application is loaded.
        letters.register(import_string("huisartsplek.web.paper.letters.letter_of"))
