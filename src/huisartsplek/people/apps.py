# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""People and households, who acts for whom, and the encrypted BSN."""

from django.apps import AppConfig

from huisartsplek.accounts import linking


class PeopleConfig(AppConfig):
    name = "huisartsplek.people"
    label = "people"

    def ready(self) -> None:
        """Tell the accounts app how a login becomes a person; the services need the models to be loaded."""
        from huisartsplek.people.services import person_id_of_login  # noqa: PLC0415  the models are loaded only now

        linking.register(person_id_of_login)
