# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The key with which the local provider signs, made once in the data folder."""

import os
from functools import cache
from pathlib import Path

from django.conf import settings
from joserfc.jwk import RSAKey

_NAME = "demo-login-key.pem"


def signing_key() -> RSAKey:
    """Return the key, made now if there is none."""
    return _read(Path(settings.DATA_DIR) / _NAME)


@cache
def _read(path: Path) -> RSAKey:
    if not path.exists():
        _make(path)
    key = RSAKey.import_key(path.read_bytes())
    return RSAKey.import_key(path.read_bytes(), {"kid": key.thumbprint(), "use": "sig", "alg": "RS256"})


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_suffix(f".{os.getpid()}")
    own.touch(mode=0o600)
    own.write_bytes(RSAKey.generate_key(2048, private=True).as_pem(private=True))
    try:
        path.hardlink_to(own)  # the first process wins; the others read its key
    except FileExistsError:
        pass
    finally:
        own.unlink()
