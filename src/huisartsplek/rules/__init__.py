# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the law, a practice or a region decides: pure values and functions, nothing else."""
