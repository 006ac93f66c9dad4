# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which source of draws this installation uses."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from huisartsplek.integrations.beacon.fake import ExampleBeacon
from huisartsplek.integrations.beacon.live import Drand
from huisartsplek.integrations.beacon.port import BeaconPort


def chosen_beacon() -> BeaconPort:
    """Return the source that the settings name."""
    match str(settings.BEACON):
        case "drand":
            return Drand(settings.BEACON_URL)
        case "example" if settings.BEACON_SECRET:
            return ExampleBeacon(settings.BEACON_SECRET)
        case other:
            raise ImproperlyConfigured(f"no draw can come from {other}")
