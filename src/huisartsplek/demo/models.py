# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of the demo."""

from huisartsplek.demo.provider.models import IssuedCode

__all__ = ["IssuedCode"]
