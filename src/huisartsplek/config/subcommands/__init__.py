# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""One module for each subcommand of `huisartsplek`, loaded only when it is asked for."""
