# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A text that somebody said yes to is never changed: a better one is a next version."""

from hashlib import sha256
from itertools import product

from huisartsplek.rules.consent_texts import RECORD_TRANSFER, record_transfer_wording

# Of each version that was ever used; a new version adds a line and changes none.
KNOWN = {
    1: "00126dc6828a02e5e20e0f65e5fad257adae4ec78623fcfae27a5d3c57bc5037",
}


def test_no_version_of_a_text_was_changed() -> None:
    found = {
        number: sha256("\n".join(part for text in texts for part in text).encode()).hexdigest()
        for number, texts in RECORD_TRANSFER.items()
    }
    assert found == KNOWN


def test_a_text_names_both_practices_what_it_is_about_and_that_it_can_be_taken_back() -> None:
    for for_child, language in product((False, True), ("nl", "en")):
        wording = record_transfer_wording(
            from_practice="De Brink",
            to_practice="Zilverschoon",
            for_child=for_child,
            language="nl" if language == "nl" else "en",
        )
        assert "De Brink" in wording.text
        assert "Zilverschoon" in wording.text
        assert "{" not in wording.text
        assert ("terugnemen" if language == "nl" else "take this back") in wording.text
        assert ("kind" in wording.text or "child" in wording.text) == for_child
