# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What puts the parts together and runs them: settings, addresses, database, processes and the command line."""
