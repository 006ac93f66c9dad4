# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Levels of assurance, from the words that Dutch providers use, and what proves a second factor."""

_ETOEGANG = "urn:etoegang:core:assurance-class:"
_SAML = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
_EIDAS = "http://eidas.europa.eu/LoA/"

_RANKS = {
    f"{_ETOEGANG}loa1": 0,
    f"{_ETOEGANG}loa2": 10,
    f"{_SAML}PasswordProtectedTransport": 10,
    f"{_EIDAS}low": 10,
    f"{_ETOEGANG}loa2plus": 20,
    f"{_SAML}MobileTwoFactorContract": 20,
    f"{_ETOEGANG}loa3": 30,
    f"{_SAML}Smartcard": 30,
    f"{_EIDAS}substantial": 30,
    f"{_ETOEGANG}loa4": 40,
    f"{_SAML}SmartcardPKI": 40,
    f"{_EIDAS}high": 40,
}

# RFC 8176: what one knows, and what one has or is.
_KNOWN = frozenset({"pwd", "pin", "kba"})
_HELD = frozenset({"hwk", "swk", "otp", "sc", "pop", "fpt", "face", "iris"})


def is_high_enough(level: str, required: str) -> bool:
    """Whether a level is at least the required one; a level we do not know never is."""
    if required not in _RANKS:
        raise ValueError("the required level of assurance is not one we know")
    return level in _RANKS and _RANKS[level] >= _RANKS[required]


def proves_second_factor(methods: frozenset[str]) -> bool:
    """Whether these ways of proving who one is are of two kinds."""
    return "mfa" in methods or bool(methods & _KNOWN and methods & _HELD)
