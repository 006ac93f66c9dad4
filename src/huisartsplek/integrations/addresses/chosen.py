# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which source of addresses this installation uses."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from huisartsplek.integrations.addresses.fake import ExampleAddresses
from huisartsplek.integrations.addresses.live import Pdok
from huisartsplek.integrations.addresses.port import AddressPort
from huisartsplek.integrations.postcodes.chosen import chosen_postcodes


def chosen_addresses() -> AddressPort:
    """Return the source that the settings name."""
    match str(settings.ADDRESSES):
        case "pdok":
            return _pdok(str(settings.ADDRESSES_URL))
        case "example":
            return ExampleAddresses(chosen_postcodes())
        case other:
            raise ImproperlyConfigured(f"no address can come from {other}")


@lru_cache(maxsize=1)
def _pdok(url: str) -> Pdok:
    # One for the process: it remembers that the service was silent just now.
    return Pdok(url)
