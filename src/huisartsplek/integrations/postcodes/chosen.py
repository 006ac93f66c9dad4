# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which source of postcodes this installation uses."""

from pathlib import Path

from django.conf import settings

from huisartsplek.integrations.postcodes.bundled import postcodes_of
from huisartsplek.integrations.postcodes.port import PostcodePort


def chosen_postcodes() -> PostcodePort:
    """Return the imported table where an operator has imported one, else what comes with the program."""
    return postcodes_of(Path(settings.DATA_DIR))
