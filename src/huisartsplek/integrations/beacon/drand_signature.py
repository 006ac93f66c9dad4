# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checking that a value is drand's own: a BLS signature on the curve BLS12-381 (scheme of RFC 9380)."""

import hashlib
import importlib
import importlib.util

VERIFIER = "py_arkworks_bls12381"
# The chain "quicknet" of the League of Entropy: public, and fixed for as long as the chain lives.
QUICKNET_HASH = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
QUICKNET_KEY = bytes.fromhex(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
_DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"


def is_verifier_installed() -> bool:
    """Whether signatures can be checked in this installation."""
    return importlib.util.find_spec(VERIFIER) is not None


def is_signed_by_quicknet(round_number: int, signature: bytes) -> bool:
    """Whether the chain made this signature for this number."""
    curve = importlib.import_module(VERIFIER)
    message = hashlib.sha256(round_number.to_bytes(8, "big")).digest()
    try:
        point = curve.G1Point.from_compressed_bytes(signature)
    except ValueError:
        return False
    expected = curve.G1Point.hash_to_curve(message, _DOMAIN)
    key = curve.G2Point.from_compressed_bytes(QUICKNET_KEY)
    return bool(curve.GT.pairing_check([point, -expected], [curve.G2Point(), key]))


def value_in(signature: bytes) -> str:
    """Return the value that a signature stands for."""
    return hashlib.sha256(signature).hexdigest()
