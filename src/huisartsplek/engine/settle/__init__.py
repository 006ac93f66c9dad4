# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""After the answers: what stands, what is proposed instead of what fell, and who is left below their floor."""

from huisartsplek.engine.settle.answers import read_answers
from huisartsplek.engine.settle.settlement import Computed, Settlement, read_computed, settle_round

__all__ = ["Computed", "Settlement", "read_answers", "read_computed", "settle_round"]
