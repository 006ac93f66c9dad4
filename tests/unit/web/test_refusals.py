# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each refusal has words of its own."""

import pytest

from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.web.refusals import TEXTS, refusal_text


def test_every_code_has_its_own_words() -> None:
    assert set(TEXTS) == set(RefusalCode)
    assert len(set(TEXTS.values())) == len(RefusalCode)


@pytest.mark.parametrize("code", list(RefusalCode))
def test_a_refusal_reads_as_whole_sentences_without_its_code(code: RefusalCode) -> None:
    text = refusal_text(Refusal(code, practice="x"))
    assert text.endswith(".")
    assert text[0].isupper()
    assert code.value not in text
    assert "!" not in text
