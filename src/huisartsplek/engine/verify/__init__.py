# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a round's output is what its input, seed and rules give: shares no code with the mechanisms."""

from huisartsplek.engine.verify.broken import Broken, Rule
from huisartsplek.engine.verify.verifier import verify_files

__all__ = ["Broken", "Rule", "verify_files"]
