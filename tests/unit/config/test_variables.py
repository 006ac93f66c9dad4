# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The environment is read once, typed, and all its faults are named together."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.config.choices import Environment
from huisartsplek.config.documentation import PAGE, configuration_page
from huisartsplek.config.keys import local_keys
from huisartsplek.config.values import DatabaseAddress, read_database_url, read_flag, read_key_ring
from huisartsplek.config.variables import (
    WrongVariables,
    declarations,
    read_variables,
)

KEY = base64.b64encode(bytes(range(32))).decode()


def test_an_empty_environment_is_a_demo() -> None:
    variables = read_variables({})
    assert variables.environment is Environment.DEMO
    assert not variables.debug
    assert variables.database_url is None


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(WrongVariables) as wrong:
        read_variables(
            {
                "HP_ENV": "acceptance",
                "HP_DEBUG": "perhaps",
                "DATABASE_URL": "mysql://u@h/n",
                "HP_MAIL_PORT": "99999",
                "HP_BSN_KEYS": "1:short",
                "HP_HOSTS": "a,,b",
            }
        )
    named = {fault.split(" ")[0] for fault in wrong.value.faults}
    assert named == {"HP_ENV", "HP_DEBUG", "DATABASE_URL", "HP_MAIL_PORT", "HP_BSN_KEYS", "HP_HOSTS"}
    assert all(fault in str(wrong.value) for fault in wrong.value.faults)


def test_a_misspelt_variable_is_a_fault_that_names_the_right_one() -> None:
    with pytest.raises(WrongVariables, match="HP_DEMOO is not a variable we know; did you mean HP_DEMO"):
        read_variables({"HP_DEMOO": "yes"})


def test_the_variables_of_others_are_none_of_our_business() -> None:
    assert read_variables({"PATH": "/bin", "DATABASE": "x"}) == read_variables({})


def test_an_empty_variable_is_as_good_as_none() -> None:
    assert read_variables({"HP_MAIL_PORT": "", "DATABASE_URL": ""}) == read_variables({})


def test_no_fault_repeats_a_secret() -> None:
    with pytest.raises(WrongVariables) as wrong:
        read_variables({"HP_SECRET_KEY": "hush-hush", "HP_BSN_KEYS": "1:hush-hush", "DATABASE_URL": "hush-hush"})
    assert "hush-hush" not in str(wrong.value)


def test_no_secret_shows_in_the_representation() -> None:
    shown = repr(
        read_variables(
            {
                "HP_SECRET_KEY": "hush" * 20,
                "HP_BSN_KEYS": f"1:{KEY}",
                "DATABASE_URL": "postgresql://u:hush@h/n",
                "HP_MAIL_PASSWORD": "hush",
            }
        )
    )
    assert "hush" not in shown
    assert KEY not in shown


def test_what_may_be_secret_is_declared_secret() -> None:
    for declaration in declarations().values():
        telling = any(word in declaration.name for word in ("SECRET", "PASSWORD", "KEY", "DATABASE_"))
        is_address = declaration.name in {"HP_DATABASE_ROLE", "HP_DATABASE_CONNECTIONS"}
        assert declaration.secret == (telling and not is_address), declaration.name


def test_every_variable_is_declared_once_and_helped_with_a_sentence() -> None:
    names = [declaration.name for declaration in declarations().values()]
    assert len(names) == len(set(names))
    assert all(declaration.help.endswith(".") for declaration in declarations().values())


def test_every_default_is_of_the_kind_that_reading_gives() -> None:
    for declaration in declarations().values():
        if isinstance(declaration.default, str) and declaration.default:
            assert declaration.read(declaration.default) == declaration.default, declaration.name


def test_the_page_about_the_variables_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == configuration_page()


texts = st.text(st.characters(blacklist_categories=["Cs"], min_codepoint=1), min_size=1, max_size=20)


@given(
    user=texts,
    password=texts,
    name=texts,
    port=st.integers(1, 65535),
    host=st.sampled_from(["127.0.0.1", "db.example.nl", "::1"]),
    options=st.lists(st.tuples(texts, texts), max_size=3),
)
def test_an_address_of_a_database_survives_being_written_as_a_url(
    user: str, password: str, name: str, port: int, host: str, options: list[tuple[str, str]]
) -> None:
    address = DatabaseAddress(host=host, port=port, name=name, user=user, password=password, options=tuple(options))
    assert read_database_url(address.url) == address


@pytest.mark.parametrize("url", ["postgresql://h/n", "postgresql://u@h", "postgresql://u@h:0x/n", "sqlite:///f"])
def test_an_incomplete_address_of_a_database_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"must|has a port"):
        read_database_url(url)


def test_keys_keep_their_order_and_numbers() -> None:
    ring = read_key_ring(f"7:{KEY},2:{KEY}")
    assert list(ring.as_dict) == [7, 2]
    with pytest.raises(ValueError, match="twice"):
        read_key_ring(f"7:{KEY},7:{KEY}")


@given(st.text())
def test_nothing_but_yes_and_no_is_a_flag(text: str) -> None:
    if text.lower() in {"1", "yes", "true", "on", "ja", "0", "no", "false", "off", "nee"}:
        assert read_flag(text) in {True, False}
    else:
        with pytest.raises(ValueError, match="yes or no"):
            read_flag(text)


def test_local_keys_are_made_once_at_random_and_for_their_owner_alone(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    assert local_keys(one) == local_keys(one)
    assert not set(local_keys(one).values()) & set(local_keys(other).values())
    assert (one / "keys.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in one.iterdir()] == ["keys.json"]


def test_local_keys_are_valid_values_of_their_variables(tmp_path: Path) -> None:
    variables = read_variables(local_keys(tmp_path))
    assert variables.secret_key
    assert variables.bsn_keys
    assert variables.bsn_lookup_key


def test_a_key_that_an_older_version_did_not_make_is_added_and_the_others_stay(tmp_path: Path) -> None:
    before = local_keys(tmp_path)
    (tmp_path / "keys.json").write_text('{"HP_SECRET_KEY": "' + before["HP_SECRET_KEY"] + '"}')
    after = local_keys(tmp_path)
    assert after["HP_SECRET_KEY"] == before["HP_SECRET_KEY"]
    assert after.keys() == before.keys()
    assert local_keys(tmp_path) == after
