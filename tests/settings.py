# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The settings under test: the real ones, in the environment `test`, as the owner of a throw-away database."""

import atexit
import importlib
import os
import shutil
import tempfile
from pathlib import Path

os.environ["HP_ENV"] = "test"
os.environ["HP_DATABASE_ROLE"] = "owner"
# Each of several processes that share the tests has a folder, and so a database, of its own.
if "HP_DATA_DIR" not in os.environ or "PYTEST_XDIST_WORKER" in os.environ:
    folder = Path(tempfile.mkdtemp(prefix="huisartsplek-test-"))
    # The embedded server may run as another user, who must be able to enter the folder.
    folder.chmod(0o711)
    os.environ["HP_DATA_DIR"] = str(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

_real = importlib.import_module("huisartsplek.config.settings")
globals().update({name: getattr(_real, name) for name in dir(_real) if name.isupper()})
