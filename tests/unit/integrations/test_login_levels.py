# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which level of assurance is enough."""

import pytest

from huisartsplek.integrations.login.levels import is_high_enough

ETOEGANG = "urn:etoegang:core:assurance-class:"
SAML = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
LADDER = [f"{ETOEGANG}{name}" for name in ("loa1", "loa2", "loa2plus", "loa3", "loa4")]


@pytest.mark.parametrize("required", LADDER)
def test_a_level_suffices_for_itself_and_what_is_below_it(required: str) -> None:
    enough = [level for level in LADDER if is_high_enough(level, required)]
    assert enough == LADDER[LADDER.index(required) :]


def test_levels_of_digid_itself_stand_on_the_same_ladder() -> None:
    names = ("PasswordProtectedTransport", "MobileTwoFactorContract", "Smartcard", "SmartcardPKI")
    for name, same in zip(names, LADDER[1:], strict=True):
        assert is_high_enough(f"{SAML}{name}", same)
        assert is_high_enough(same, f"{SAML}{name}")


@pytest.mark.parametrize("level", ["", "loa3", f"{ETOEGANG}loa3 ", f"{ETOEGANG}LOA3", f"{ETOEGANG}loa9"])
def test_an_unknown_level_is_never_enough(level: str) -> None:
    assert not is_high_enough(level, LADDER[0])


def test_an_unknown_requirement_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="required"):
        is_high_enough(LADDER[4], "high")
