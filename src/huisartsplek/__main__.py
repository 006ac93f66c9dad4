# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`python -m huisartsplek` is the console command."""

import sys

from huisartsplek.config.cli import main

sys.exit(main())
