# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes out on paper or to keep: PDF files in the house's own letter."""
