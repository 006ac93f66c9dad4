# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a round's output is what its input, seed and rules give: shares no code with the mechanisms.

What judges stands in `judgement.py`, whole and in at most 400 lines, over nothing but arrays of numbers; only what
the prices of `max-moves` prove is in `prices.py`. Beside these:
`case.py` turns tables into those arrays and numbers back into texts, `form.py` reads the output files,
`claims.py` sets what they say against what follows, `figures.py` and `report.py` do so for the report,
`certificate.py` for prices, `regions.py` for a round decided regional first,
`fingerprint.py` takes the input's hash, and `verifier.py` goes through a round in order. What is shared with the
rest of the engine is reading: columns of cells as numbers, and the compiler of loops.
"""

from huisartsplek.engine.verify.broken import Broken, Rule
from huisartsplek.engine.verify.verifier import Verifier, verify_files

__all__ = ["Broken", "Rule", "Verifier", "verify_files"]
