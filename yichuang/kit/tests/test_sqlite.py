"""The write queue, looked at from outside: a second descriptor of the queue file tells whether somebody holds it."""

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import DatabaseError, connections, transaction
from django.db.utils import ConnectionHandler

ROOT = Path(__file__).resolve().parents[3]


def settings_for(file, engine="yichuang.kit.sqlite"):
    options = {"transaction_mode": "IMMEDIATE", "timeout": 5, "init_command": "PRAGMA journal_mode=WAL;"}
    return {"default": {"ENGINE": engine, "NAME": str(file), "OPTIONS": options, "CONN_MAX_AGE": None}}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "hall.sqlite3"


@pytest.fixture
def connection(file, monkeypatch, django_db_blocker):
    """A connection of our backend to a file of its own, known to Django as "queued"."""
    handler = ConnectionHandler(settings_for(file))
    made = handler["default"]
    made.alias = "queued"
    monkeypatch.setitem(connections.settings, "queued", made.settings_dict)
    connections._connections.queued = made
    with django_db_blocker.unblock():
        with made.cursor() as cursor:
            cursor.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER CHECK (n < 100))")
        yield made
        made.close()
    delattr(connections._connections, "queued")


def atomic(**options):
    return transaction.atomic(using="queued", **options)


def put(connection, n):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO t (n) VALUES (%s)", [n])


def rows(file):
    database = sqlite3.connect(file)
    try:
        return [n for (n,) in database.execute("SELECT n FROM t ORDER BY id")]
    finally:
        database.close()


def is_held(file):
    fd = os.open(f"{file}.queue", os.O_RDONLY | os.O_CREAT)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False


def descriptors(file):
    """How many descriptors of this process point at the queue file."""
    found = 0
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found += str(entry.readlink()) == f"{file}.queue"
    return found


def test_a_transaction_holds_the_queue_and_a_single_statement_does_not(connection, file):
    put(connection, 1)
    assert not is_held(file)
    with atomic():
        assert is_held(file)
        put(connection, 2)
    assert not is_held(file)
    assert rows(file) == [1, 2]


def test_inner_blocks_and_savepoints_keep_it_until_the_outermost_ends(connection, file):
    with atomic():
        put(connection, 1)
        with suppress(RuntimeError), atomic():
            put(connection, 2)
            raise RuntimeError
        assert is_held(file)
        with atomic(savepoint=False):
            put(connection, 3)
        with atomic(), atomic():
            put(connection, 4)
        assert is_held(file)
    assert not is_held(file)
    assert rows(file) == [1, 3, 4]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit, DatabaseError])
def test_whatever_ends_a_transaction_lets_go_of_it(connection, file, error):
    with pytest.raises(error), atomic():
        put(connection, 1)
        raise error
    assert not is_held(file)
    assert rows(file) == []
    with atomic():
        put(connection, 2)
    assert rows(file) == [2]


def test_a_refused_statement_lets_go_of_it(connection, file):
    with pytest.raises(DatabaseError), atomic():
        put(connection, 100)
    assert not is_held(file)


def test_a_rollback_asked_for_lets_go_of_it(connection, file):
    with atomic():
        put(connection, 1)
        transaction.set_rollback(True, using="queued")
    assert (is_held(file), rows(file)) == (False, [])


def test_closing_inside_a_transaction_lets_go_of_it(connection, file):
    with suppress(DatabaseError), atomic():
        put(connection, 1)
        connection.close()
        assert not is_held(file)
    assert (is_held(file), rows(file)) == (False, [])
    with atomic():
        put(connection, 2)
    assert rows(file) == [2]


def test_without_autocommit_it_is_held_until_commit_or_rollback(connection, file):
    for end in (connection.commit, connection.rollback):
        transaction.set_autocommit(False, using="queued")
        put(connection, 1)
        end()
        transaction.set_autocommit(True, using="queued")
        assert not is_held(file)


def test_a_transaction_that_cannot_begin_lets_go_of_it(connection, file):
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    connection.connection.execute("PRAGMA busy_timeout = 0")
    with pytest.raises(DatabaseError, match="locked"), atomic():
        pass
    assert not is_held(file)
    other.close()
    with atomic():
        put(connection, 1)
    assert rows(file) == [1]


def test_a_commit_that_fails_lets_go_of_it(connection, file):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("CREATE TABLE c (t INTEGER REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(DatabaseError), atomic():
        put(connection, 1)
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO c VALUES (7)")
    assert (is_held(file), rows(file)) == (False, [])


def test_no_descriptor_is_left_behind(connection, file):
    with atomic():
        assert descriptors(file) == 1
    for _ in range(50):
        with atomic():
            put(connection, 1)
        with suppress(RuntimeError), atomic():
            raise RuntimeError
        with suppress(DatabaseError), atomic():
            put(connection, 100)
    assert descriptors(file) == 0


def test_a_database_in_memory_has_no_queue(django_db_blocker, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = ConnectionHandler(settings_for(":memory:"))["default"]
    with django_db_blocker.unblock():
        made.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        made.rollback()
        made.set_autocommit(True)
    assert list(tmp_path.iterdir()) == []


def test_who_may_only_read_the_queue_file_can_still_queue(connection, file):
    Path(f"{file}.queue").touch()
    Path(f"{file}.queue").chmod(0o444)
    with atomic():
        assert is_held(file)


_WRITER = """
import sys, time
from django.conf import settings
settings.configure(DATABASES=%r)
import django; django.setup()
from django.db import connection, transaction
with transaction.atomic():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO t (n) VALUES (7)")
    print("inside", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def another_process_inside_a_transaction(file):
    command = [sys.executable, "-c", _WRITER % settings_for(file)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert child.stdout.readline() == "inside\n"
        yield child
    finally:
        child.kill()
        child.communicate()


@pytest.mark.processes
def test_a_killed_holder_frees_the_queue_and_leaves_nothing(connection, file):
    with another_process_inside_a_transaction(file) as other:
        assert is_held(file)
        other.send_signal(signal.SIGKILL)
        other.wait(10)
    with atomic():
        put(connection, 1)
    assert rows(file) == [1]


@pytest.mark.processes
def test_one_waits_for_the_other_and_both_are_written(connection, file):
    with another_process_inside_a_transaction(file) as other:
        assert is_held(file)
        other.stdin.write("go\n")
        other.stdin.flush()
        with atomic():  # waits here for the other process
            put(connection, 1)
        assert other.wait(10) == 0
    assert rows(file) == [7, 1]
