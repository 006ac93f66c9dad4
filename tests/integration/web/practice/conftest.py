# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of a practice are read at a moment that a test chooses."""

from tests.integration.web.citizen.conftest import at_the_builders_moment, set_clock

__all__ = ["at_the_builders_moment", "set_clock"]
