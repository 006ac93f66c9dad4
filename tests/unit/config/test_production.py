# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Production starts on safe settings only, and says everything that is wrong at once."""

import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from huisartsplek.config.production import REQUIRED, production_faults
from huisartsplek.config.variables import declarations, read_variables

SAFE = {
    "HP_ENV": "production",
    "HP_ORIGIN": "https://huisartsplek.example",
    "DATABASE_URL": "postgresql://app:a-password@db.example/hp?sslmode=verify-full",
    "HP_SECRET_KEY": secrets.token_urlsafe(64),
    "HP_BSN_KEYS": "1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
    "HP_BSN_LOOKUP_KEY": secrets.token_urlsafe(48),
    "HP_CITIZEN_ISSUER": "https://login.example",
    "HP_CITIZEN_CLIENT_SECRET": secrets.token_urlsafe(32),
    "HP_STAFF_ISSUER": "https://staff.example",
    "HP_STAFF_CLIENT_SECRET": secrets.token_urlsafe(32),
    "HP_MAIL_HOST": "mail.example",
    "HP_MAIL_FROM": "post@huisartsplek.example",
}


def faults(**changes: str) -> list[str]:
    return production_faults(read_variables({**SAFE, **changes}))


def test_safe_settings_have_no_fault() -> None:
    assert faults() == []


NOTIFY_KEY = "ours-" + "-".join(["26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"])
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"


@pytest.mark.parametrize(
    "half",
    [
        {"HP_MAIL_HOST": ""},
        {"HP_MAIL_USER": "us"},
        {"HP_MAIL_PASSWORD": "secret"},
        {"HP_MAIL_FROM": "post@localhost"},
        {"HP_NOTIFY_KEY": NOTIFY_KEY},
        {"HP_NOTIFY_LETTER_TEMPLATE": TEMPLATE},
        {"HP_NOTIFY_URL": "http://api.notifynl.nl"},
    ],
    ids=lambda half: next(iter(half)),
)
def test_messages_that_could_go_out_half_way_only_stop_the_start(half: dict[str, str]) -> None:
    assert len(faults(**half)) == 1
    assert next(iter(half)) in faults(**half)[0]


def test_the_message_service_alone_can_carry_everything() -> None:
    assert faults(HP_MAIL_HOST="", HP_NOTIFY_KEY=NOTIFY_KEY, HP_NOTIFY_EMAIL_TEMPLATE=TEMPLATE) == []


@pytest.mark.parametrize("field", REQUIRED)
def test_what_is_required_may_not_be_left_out(field: str) -> None:
    name = declarations()[field].name
    assert faults(**{name: ""}) == [f"{name} is not set"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HP_DEBUG", "yes"),
        ("HP_DEMO", "yes"),
        ("HP_BEACON", "example"),
        ("HP_BEACON_URL", "http://api.drand.sh"),
        ("HP_ADDRESSES", "example"),
        ("HP_ADDRESSES_URL", "http://api.pdok.nl/bzk/locatieserver/search/v3_1"),
        ("HP_ORIGIN", "http://huisartsplek.example"),
        ("HP_ORIGIN", "https://localhost"),
        ("HP_HOSTS", "a.example,*"),
        ("HP_CITIZEN_ISSUER", "http://login.example"),
        ("HP_STAFF_ISSUER", "http://staff.example"),
        ("DATABASE_URL", "postgresql://app:a-password@db.example/hp"),
        ("DATABASE_URL", "postgresql://app:a-password@db.example/hp?sslmode=require"),
        ("DATABASE_URL", "postgresql://app@127.0.0.1/hp"),
        ("DATABASE_OWNER_URL", "postgresql://owner:a-password@db.example/hp"),
        ("DATABASE_OWNER_URL", SAFE["DATABASE_URL"]),
        ("HP_SECRET_KEY", "abc" * 30),
        ("HP_BSN_LOOKUP_KEY", "ab" * 30),
        ("HP_BSN_KEYS", "1:" + base64.b64encode(bytes(32)).decode()),
        pytest.param("HP_STAFF_CLIENT_SECRET", SAFE["HP_CITIZEN_CLIENT_SECRET"], id="one secret for both clients"),
    ],
)
def test_an_unsafe_setting_is_a_fault_by_itself(name: str, value: str) -> None:
    found = faults(**{name: value})
    assert len(found) == 1
    assert name.removesuffix("S") in found[0] or "DATABASE" in found[0]


def test_a_database_on_this_machine_needs_no_certificate() -> None:
    assert faults(DATABASE_URL="postgresql://app:a-password@127.0.0.1/hp") == []


def start(environment: dict[str, str], tmp_path: Path) -> "subprocess.CompletedProcess[str]":
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("HP_", "DATABASE_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "huisartsplek", "manage", "check", "--deploy", "--fail-level", "WARNING"],
        check=False,
        capture_output=True,
        text=True,
        env={**clean, "HP_DATA_DIR": str(tmp_path), **environment},
    )


def test_the_process_refuses_to_start_and_names_every_fault(tmp_path: Path) -> None:
    refused = start({"HP_ENV": "production", "HP_DEBUG": "yes", "HP_DEMO": "yes"}, tmp_path)
    assert refused.returncode != 0
    for name in ("HP_DEBUG", "HP_DEMO", *(declarations()[field].name for field in REQUIRED)):
        assert name in refused.stderr
    assert "Traceback" not in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_process_starts_on_safe_settings_and_satisfies_djangos_own_checks(tmp_path: Path) -> None:
    started = start(SAFE, tmp_path)
    assert started.returncode == 0, started.stderr
    assert not (tmp_path / "keys.json").exists()


def test_no_environment_but_a_demo_has_the_demo_world(tmp_path: Path) -> None:
    question = "from huisartsplek.config import settings; print('huisartsplek.demo' in settings.INSTALLED_APPS)"
    for environment, answer in (({"HP_ENV": "demo"}, "True"), (SAFE, "False")):
        asked = subprocess.run(
            [sys.executable, "-c", question],
            check=True,
            capture_output=True,
            text=True,
            env={"HP_DATA_DIR": str(tmp_path), **environment},
        )
        assert asked.stdout.strip() == answer
