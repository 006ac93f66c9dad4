# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo world and the login page where one picks a person; never for real people."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string


class DemoConfig(AppConfig):
    """Everything that only a demo or a test may have."""

    name = "huisartsplek.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuse to start in production, and tell the login provider whom one can be."""
        checks.register(check_not_in_production, checks.Tags.security)
        # Named as text: the list reads models, which exist only once every application is loaded.
        import_string("huisartsplek.demo.provider.choices.register")(
            import_string("huisartsplek.demo.people.login_choices")
        )


def check_not_in_production(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Say no where real people are: here anybody logs in as anybody."""
    del app_configs
    if settings.IS_PRODUCTION:
        return [checks.Error("the demo lets anybody log in as anybody", id="demo.E001")]
    return []
