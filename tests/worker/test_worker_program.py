"""`deskterm worker` as a program: it ends when idle or when told to, and loses no job."""

import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from deskterm.store.engine import Store, open_store
from tests.worker.programs import (
    EMAIL,
    ended,
    has_heard,
    kill,
    mails,
    queue_account,
    queue_mail,
    rows,
    start,
    until,
)


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def in_a_folder(tmp_path: Path, maildir: Path) -> str:
    """Settings by which mail stays in a folder."""
    file = tmp_path / "folder.toml"
    file.write_text(f"[mail]\nmaildir = '{maildir}'\n", encoding="utf-8")
    return str(file)


@pytest.fixture
def silent_server() -> Iterator[socket.socket]:
    """A mail server that lets itself be called and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        yield server


@pytest.fixture
def to_the_silent_server(tmp_path: Path, silent_server: socket.socket) -> str:
    """Settings by which mail goes to that server."""
    file = tmp_path / "server.toml"
    port = silent_server.getsockname()[1]
    file.write_text(
        f"[mail]\nhost = '127.0.0.1'\nport = {port}\nsecurity = 'none'\n"
        "sender = 'bieb@example.org'\ntimeout_s = 40\ntotal_s = 45\n",
        encoding="utf-8",
    )
    return str(file)


def test_an_account_is_made_and_its_mail_is_sent_and_then_it_ends(
    store: Store, store_url: str, in_a_folder: str, maildir: Path
) -> None:
    queue_account(store)
    status, said = ended(start(store_url, "--until-idle", "--config", in_a_folder))
    assert (status, said) == (0, "")
    assert rows(store, "SELECT state, email FROM account_job") == [("done", "")]
    assert rows(store, "SELECT state, recipient FROM mail_job") == [("sent", "")]
    assert rows(store, "SELECT state, provider FROM login_account") == [("pending", "local")]
    assert rows(store, "SELECT * FROM worker") == []
    (mail,) = mails(maildir)
    assert EMAIL in mail


def test_a_worker_without_work_ends_when_idle(sqlite_file: Path) -> None:
    assert ended(start(str(sqlite_file), "--until-idle")) == (0, "")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_after_the_job_that_it_does(
    sqlite_store: Store,
    sqlite_file: Path,
    silent_server: socket.socket,
    to_the_silent_server: str,
    number: int,
    status: int,
) -> None:
    queue_mail(sqlite_store, "first")
    worker = start(str(sqlite_file), "--config", to_the_silent_server)
    called, _address = silent_server.accept()
    queue_mail(sqlite_store, "second")
    worker.send_signal(number)
    until(lambda: has_heard(worker, number))
    assert worker.poll() is None
    called.close()
    left, said = ended(worker)
    assert left == status
    assert EMAIL not in said
    # The first is put off in good order, the second was not begun.
    queue = "SELECT key, state, attempts, worker, error FROM mail_job ORDER BY key"
    assert rows(sqlite_store, queue) == [
        ("first", "queued", 1, "", "unreachable"),
        ("second", "queued", 0, "", ""),
    ]
    assert rows(sqlite_store, "SELECT * FROM worker") == []


def test_a_signal_ends_one_that_waits_for_work(sqlite_store: Store, sqlite_file: Path) -> None:
    worker = start(str(sqlite_file))
    until(lambda: bool(rows(sqlite_store, "SELECT * FROM worker")))
    worker.send_signal(signal.SIGTERM)
    assert ended(worker)[0] == 0
    assert rows(sqlite_store, "SELECT * FROM worker") == []


def test_the_job_of_a_killed_worker_goes_to_another_when_its_lease_has_ended(
    store: Store,
    store_url: str,
    silent_server: socket.socket,
    to_the_silent_server: str,
    in_a_folder: str,
    maildir: Path,
) -> None:
    queue_mail(store)
    worker = start(store_url, "--config", to_the_silent_server)
    called, _address = silent_server.accept()
    kill(worker)
    called.close()
    ((name,),) = rows(store, "SELECT id FROM worker")
    assert rows(store, "SELECT state, worker FROM mail_job") == [("queued", name)]
    other = start(store_url, "--config", in_a_folder)
    until(lambda: len(rows(store, "SELECT * FROM worker")) == 2)
    queue_mail(store, "mail-2")
    until(lambda: len(mails(maildir)) == 1)
    assert rows(store, "SELECT state FROM mail_job WHERE key = 'mail-1'") == [("queued",)]
    with store.write_plain() as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)
        update = text("UPDATE mail_job SET lease_until = :past WHERE key = 'mail-1'")
        connection.execute(update, {"past": past.strftime("%Y-%m-%d %H:%M:%S.%f")})
    until(lambda: len(mails(maildir)) == 2)
    other.send_signal(signal.SIGTERM)
    assert ended(other)[0] == 0
    assert rows(store, "SELECT state FROM mail_job") == [("sent",), ("sent",)]


def test_two_workers_share_the_work_and_do_nothing_twice(
    store: Store, store_url: str, in_a_folder: str, maildir: Path
) -> None:
    workers = [start(store_url, "--config", in_a_folder) for _ in range(2)]
    until(lambda: len(rows(store, "SELECT * FROM worker")) == 2)
    for number in range(20):
        queue_mail(store, f"mail-{number}")
    until(lambda: rows(store, "SELECT count(*) FROM mail_job WHERE state = 'sent'") == [(20,)])
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
        assert ended(worker)[0] == 0
    assert len(mails(maildir)) == 20
    assert rows(store, "SELECT DISTINCT attempts FROM mail_job") == [(1,)]


def test_faulty_settings_stop_it_before_anything_is_done(
    sqlite_store: Store, sqlite_file: Path, tmp_path: Path
) -> None:
    queue_mail(sqlite_store)
    file = tmp_path / "config.toml"
    file.write_text("[mail]\nhoost = 'smtp.example.org'\npassword = 'geheim'\n", encoding="utf-8")
    status, said = ended(start(str(sqlite_file), "--until-idle", "--config", str(file)))
    assert status == 1
    assert "regel 2: mail.hoost" in said
    assert "DESKTERM_MAIL_PASSWORD" in said
    assert "geheim" not in said
    assert rows(sqlite_store, "SELECT state, attempts FROM mail_job") == [("queued", 0)]


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    status, said = ended(start(str(tmp_path / "none.db"), "--until-idle"))
    assert status == 1
    assert "Er is geen bestand" in said


@pytest.mark.postgresql
def test_a_server_that_drops_its_connections_is_waited_for(
    postgresql_url: str, in_a_folder: str, maildir: Path
) -> None:
    with closing(open_store(postgresql_url)) as store:
        worker = start(postgresql_url, "--config", in_a_folder)
        until(lambda: bool(rows(store, "SELECT * FROM worker")))
        for number in range(3):
            rows(
                store,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            queue_mail(store, f"mail-{number}")
            until(lambda wanted=number + 1: len(mails(maildir)) == wanted)  # type: ignore[misc]
        worker.send_signal(signal.SIGTERM)
        assert ended(worker)[0] == 0


def test_a_library_that_another_program_keeps_busy_is_waited_for(
    sqlite_store: Store, sqlite_file: Path, in_a_folder: str, maildir: Path
) -> None:
    queue_mail(sqlite_store)
    with closing(sqlite3.connect(sqlite_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        worker = start(str(sqlite_file), "--config", in_a_folder)
        assert worker.stderr is not None
        said = iter(worker.stderr.readline, "")
        assert any("mail: store Locked" in line for line in said)
        other.execute("ROLLBACK")
    until(lambda: len(mails(maildir)) == 1)
    worker.send_signal(signal.SIGTERM)
    assert ended(worker)[0] == 0
