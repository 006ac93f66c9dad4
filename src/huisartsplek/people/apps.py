# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""People and households, who acts for whom, and the encrypted BSN."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from huisartsplek.accounts import linking


class PeopleConfig(AppConfig):
    name = "huisartsplek.people"
    label = "people"

    def ready(self) -> None:
        """Tell the accounts app how a login becomes a person."""
        # Named as text: the services read models, which exist only once every application is loaded.
        linking.register(import_string("huisartsplek.people.language.person_id_of_login"))
