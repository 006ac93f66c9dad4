# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A worker and the database are killed with SIGKILL in the middle of freezing, of settling and of switching.

A trigger makes the database linger at one statement, so that the kill always comes at that point. After it nothing
is half done, every yes is there, and the next worker finishes the round.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from huisartsplek.config.database.cluster import Cluster
from huisartsplek.config.database.launcher import Connection, running_database, say_on_stderr
from huisartsplek.config.database.processes import live_servers
from huisartsplek.config.database.programs import server_account, server_home

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
PEOPLE = 5
FREEZING = {
    "the places are held": ("UPDATE", "practices_places"),
    "what is frozen is kept": ("INSERT", "rounds_entry"),
    "the round is frozen": ("UPDATE", "rounds_round"),
}
SETTLING = {
    "the moves are planned": ("INSERT", "enrolments_move"),
    "the offers stand": ("UPDATE", "requests_offer"),
    "the requests move": ("UPDATE", "requests_request"),
    "the places are used": ("UPDATE", "practices_places"),
    "people are to be told": ("INSERT", "procrastinate_jobs"),
}
SWITCHING = {
    "the old periods end": ("UPDATE", "enrolments_enrolment"),
    "the new periods begin": ("INSERT", "enrolments_enrolment"),
    "the moves switch": ("UPDATE", "enrolments_move"),
    "the exchange is carried out": ("UPDATE", "rounds_exchange"),
    "the round is carried out": ("UPDATE", "rounds_round"),
}


class Database:
    """An embedded database of its own, that keeps what it acknowledged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster(folder, server_home(folder, server_account(), say_on_stderr))
        self.running = contextlib.ExitStack()
        self.found: Connection
        self.start()

    def start(self) -> None:
        """Start it, after whatever happened."""
        self.found = self.running.enter_context(running_database(self.folder))

    def kill(self) -> None:
        """Kill every process of it at once."""
        for pid in live_servers(self.cluster.data):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.running.close()

    def run(self, statement: str | sql.Composed) -> list[tuple[Any, ...]]:
        """Run a statement as the owner."""
        with psycopg.connect(self.found.owner_url, autocommit=True) as owner:
            cursor = owner.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def linger_at(self, event: str, table: str) -> None:
        """Let the next statement of this kind take so long that it can be killed."""
        self.run(
            "CREATE OR REPLACE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$"
        )
        self.run(
            sql.SQL("CREATE TRIGGER lingering BEFORE {} ON {} EXECUTE FUNCTION linger()").format(
                sql.SQL(event), sql.Identifier(table)
            )
        )

    def go_on(self, table: str) -> None:
        """Linger no more."""
        self.run(sql.SQL("DROP TRIGGER lingering ON {}").format(sql.Identifier(table)))

    def wait_until_it_lingers(self, seconds: int = 60) -> None:
        """Wait until somebody is at the point."""
        for _ in range(seconds * 5):
            if self.run("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"):
                return
            time.sleep(0.2)
        raise AssertionError("nobody came by this point")

    def forget_who_lingers(self) -> None:
        """End the session of a client that is no more, as the server would by itself in the end."""
        self.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")


class Worker:
    """The process that carries out orders, each in a process of its own."""

    def __init__(self, url: str, trouble: Path) -> None:
        environment = {**os.environ, "DATABASE_URL": url, "HP_DATABASE_ROLE": "application", "HP_ENV": "test"}
        environment["DJANGO_SETTINGS_MODULE"] = "huisartsplek.config.settings"
        environment.pop("DATABASE_OWNER_URL", None)
        with trouble.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.concurrency.round_worker"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def order(self, do: str, **more: object) -> int:
        """Give an order and learn which process carries it out."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self.process.stdin.flush()
        return int(self.hear("pid"))

    def hear(self, what: str) -> Any:
        """Wait for one thing that is said."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said = json.loads(line)
            if what in said:
                return said[what]
            assert "code" not in said, "the order failed"
        raise AssertionError("the worker is gone")

    def do(self, do: str, **more: object) -> dict[str, Any]:
        """Give an order and wait for its answer."""
        self.order(do, **more)
        answer: dict[str, Any] = self.hear("answer")
        assert self.hear("code") == 0
        return answer

    def end(self) -> None:
        """Take no more orders."""
        self.process.communicate(timeout=60)


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    """A durable database with the schema."""
    # Not in pytest's own folder: the server may be another user's, and each run of pytest closes that folder anew.
    folder = Path(tempfile.mkdtemp(prefix="huisartsplek-killed-"))
    folder.chmod(0o711)
    database = Database(folder)
    environment = {**os.environ, "HP_ENV": "test", "DATABASE_OWNER_URL": database.found.owner_url}
    subprocess.run(
        [sys.executable, "-m", "huisartsplek", "manage", "migrate", "--verbosity=0"],
        env={**environment, "DATABASE_URL": database.found.app_url},
        check=True,
        cwd=ROOT,
    )
    yield database
    database.running.close()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def worker(database: Database) -> Iterator[Worker]:
    """A worker with the rights of the application."""
    worker = Worker(database.found.app_url, database.folder / "worker.log")
    yield worker
    worker.end()


@pytest.fixture(scope="module")
def prepared(worker: Worker) -> dict[str, list[dict[str, str]]]:
    """One round for each point: public ones, and some that close."""
    return worker.do("prepare", rounds=len(SETTLING) + len(SWITCHING), closing=len(FREEZING), count_from=1)


@pytest.fixture(scope="module")
def rounds(prepared: dict[str, list[dict[str, str]]]) -> list[dict[str, str]]:
    """One public round for each point."""
    return prepared["rounds"]


def kill_twice(
    database: Database,
    worker: Worker,
    round_id: str,
    at: str,
    point: tuple[str, str],
    *,
    answers: int = PEOPLE,
    moves: int = PEOPLE,
) -> None:
    """Kill the worker at a point, then the database at the same point; look after each."""
    before = worker.do("look", round=round_id)
    assert before["broken"] == []
    assert before["answers"] == answers
    database.linger_at(*point)
    for victim in ("worker", "database"):
        process = worker.order("go_on", round=round_id, at=at)
        database.wait_until_it_lingers()
        if victim == "worker":
            os.kill(process, signal.SIGKILL)
            assert worker.hear("code") == -signal.SIGKILL
            database.forget_who_lingers()
        else:
            database.kill()
            assert worker.hear("code") != 0
            database.start()
        after = worker.do("look", round=round_id)
        assert after["broken"] == [], victim
        assert after["answers"] == answers, victim
        assert len(after["moves"]) in {0, moves}, victim
        assert after["state"] == before["state"], victim
    database.go_on(point[1])


@pytest.mark.parametrize("name", FREEZING)
def test_killed_while_freezing(
    name: str, database: Database, worker: Worker, prepared: dict[str, list[dict[str, str]]]
) -> None:
    round_ = prepared["closing"][list(FREEZING).index(name)]
    kill_twice(database, worker, round_["round"], round_["freeze_at"], FREEZING[name], answers=0, moves=0)
    assert worker.do("look", round=round_["round"])["entries"] == 0
    worker.do("go_on", round=round_["round"], at=round_["freeze_at"])
    frozen = worker.do("look", round=round_["round"])
    assert (frozen["state"], frozen["entries"], frozen["broken"]) == ("frozen", PEOPLE, [])


@pytest.mark.parametrize("name", SETTLING)
def test_killed_while_settling(name: str, database: Database, worker: Worker, rounds: list[dict[str, str]]) -> None:
    round_ = rounds[list(SETTLING).index(name)]
    kill_twice(database, worker, round_["round"], round_["settle_at"], SETTLING[name])
    worker.do("go_on", round=round_["round"], at=round_["settle_at"])
    settled = worker.do("look", round=round_["round"])
    assert (settled["state"], settled["broken"]) == ("settled", [])
    assert settled["moves"] == ["planned"] * PEOPLE
    finish(worker, round_)


@pytest.mark.parametrize("name", SWITCHING)
def test_killed_while_switching(
    name: str, database: Database, worker: Worker, rounds: list[dict[str, str]]
) -> None:
    round_ = rounds[len(SETTLING) + list(SWITCHING).index(name)]
    worker.do("go_on", round=round_["round"], at=round_["settle_at"])
    kill_twice(database, worker, round_["round"], round_["switch_at"], SWITCHING[name])
    finish(worker, round_)


def finish(worker: Worker, round_: dict[str, str]) -> None:
    """Let the next worker finish the round."""
    worker.do("go_on", round=round_["round"], at=round_["switch_at"])
    done = worker.do("look", round=round_["round"])
    assert (done["state"], done["broken"], done["arrived"]) == ("carried_out", [], PEOPLE)
    assert done["moves"] == ["switched"] * PEOPLE


@contextlib.contextmanager
def a_real_worker(database: Database) -> Iterator["subprocess.Popen[bytes]"]:
    """Have `huisartsplek worker` at work, as in production."""
    environment = {**os.environ, "HP_ENV": "test", "DATABASE_URL": database.found.app_url}
    environment["HP_DATA_DIR"] = str(database.folder)
    with (database.folder / "real-worker.log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "huisartsplek", "worker"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        kill_with_its_processes(process)


def kill_with_its_processes(worker: "subprocess.Popen[bytes]") -> None:
    """Kill a worker and every process that it runs its jobs in, all at once."""
    if worker.poll() is None:
        children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
        for pid in (worker.pid, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    worker.wait()


@pytest.mark.soak
def test_the_job_of_a_killed_worker_is_taken_up_by_the_next_one(database: Database, worker: Worker) -> None:
    """The clock of this world is long past the answers, so that a worker settles as soon as it looks."""
    (round_,) = worker.do("prepare", rounds=1, closing=0, count_from=500_001)["rounds"]
    database.linger_at("INSERT", "enrolments_move")
    with a_real_worker(database) as first:
        database.wait_until_it_lingers(seconds=150)
        kill_with_its_processes(first)
    database.forget_who_lingers()
    database.go_on("enrolments_move")
    assert worker.do("look", round=round_["round"])["state"] == "published"
    with a_real_worker(database):
        for _ in range(180):
            state = worker.do("look", round=round_["round"])
            if state["state"] == "settled":
                break
            time.sleep(1)
    assert (state["state"], state["broken"], state["answers"]) == ("settled", [], PEOPLE)
    assert state["moves"] == ["planned"] * PEOPLE
