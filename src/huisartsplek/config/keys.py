# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The secrets of a demo or a test: made once, at random, and kept where only their owner can read them."""

import base64
import fcntl
import json
import os
import secrets
import tempfile
from pathlib import Path

FILE = "keys.json"


def _fresh() -> dict[str, str]:
    return {
        "HP_SECRET_KEY": secrets.token_urlsafe(64),
        "HP_BSN_KEYS": "1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "HP_BSN_LOOKUP_KEY": secrets.token_urlsafe(48),
        "HP_BEACON_SECRET": secrets.token_urlsafe(48),
        "HP_CITIZEN_CLIENT_SECRET": secrets.token_urlsafe(32),
        "HP_STAFF_CLIENT_SECRET": secrets.token_urlsafe(32),
    }


def local_keys(data_dir: Path) -> dict[str, str]:
    """Give the secrets of this data directory by variable name; make those that are not there yet."""
    data_dir.mkdir(mode=0o711, parents=True, exist_ok=True)
    path = data_dir / FILE
    folder = os.open(data_dir, os.O_RDONLY)
    try:
        # Two processes that start at once must go on with the same keys.
        fcntl.flock(folder, fcntl.LOCK_EX)
        kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        whole = {**_fresh(), **kept}
        if whole != kept:
            _write(path, whole)
    finally:
        os.close(folder)
    return whole


def _write(path: Path, keys: dict[str, str]) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".keys-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(keys, file, indent=2)
    Path(draft).replace(path)
