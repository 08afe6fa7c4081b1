"""What goes wrong around a store: each has a name of its own, and nothing is lost or half done."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from sqlalchemy import text

from deskterm.store import engine
from deskterm.store.check import check
from deskterm.store.engine import Store, open_store
from deskterm.store.errors import (
    Full,
    Locked,
    Missing,
    NotADatabase,
    ReadOnly,
    Unreachable,
)
from deskterm.store.tables import Word

WRITER = """
import sys
from deskterm.store import engine
from deskterm.store.tables import Word
url, writer, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
engine.WAIT_SECONDS = 300
store = engine.open_store(url)
for number in range(count):
    with store.write() as session:
        session.add(Word(kind="first", code=f"{writer}-{number}", nl=""))
        session.flush()
        session.add(Word(kind="second", code=f"{writer}-{number}", nl=""))
    print(number, flush=True)
store.close()
"""


def start_writer(url: str, writer: int, count: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, url, str(writer), str(count)],
        stdout=subprocess.PIPE,
        text=True,
    )


def words(store: Store, kind: str) -> list[str]:
    with store.read() as connection:
        question = text("SELECT code FROM word WHERE kind = :kind ORDER BY code")
        return list(connection.scalars(question, {"kind": kind}))


def add_word(store: Store, nl: str = "") -> None:
    with store.write() as session:
        session.add(Word(kind="first", code="a", nl=nl))


@contextmanager
def somebody_writes(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize("url", ["", "no/such/file.db"])
def test_a_store_that_is_not_there_is_not_made_unasked(tmp_path: Path, url: str) -> None:
    with pytest.raises((Missing, NotADatabase)):
        open_store(str(tmp_path / url), create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"PK\x03\x04" * 300, b"naam;adres\n" * 200, b"x"])
def test_a_file_that_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "store.db"
    file.write_bytes(content)
    with pytest.raises(NotADatabase):
        open_store(str(file))
    assert file.read_bytes() == content


@pytest.mark.parametrize("url", ["mysql://host/library", "https://example.org", "sqlite://"])
def test_an_engine_we_do_not_speak_is_refused(url: str) -> None:
    with pytest.raises(NotADatabase):
        open_store(url)


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        open_store(f"postgresql://postgres@/library?host={tmp_path}")


def test_a_database_that_is_not_there_is_said(postgresql_server: str) -> None:
    with pytest.raises(Unreachable):
        open_store(postgresql_server.replace("/postgres?", "/nowhere?"))


def test_only_the_owner_can_read_a_new_store(tmp_path: Path) -> None:
    file = tmp_path / "made" / "store.db"
    store = open_store(str(file))
    add_word(store)
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in file.parent.iterdir()} == {0o600}
    store.close()


def test_another_program_that_keeps_writing_is_said_after_the_wait(
    sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = tuple(p.replace("5000", "50") for p in engine._SQLITE_PRAGMAS)
    monkeypatch.setattr(engine, "_SQLITE_PRAGMAS", quick)
    store = open_store(str(sqlite_file))
    with somebody_writes(sqlite_file):
        assert words(store, "first") == []
        with pytest.raises(Locked):
            add_word(store)
    add_word(store)
    assert words(store, "first") == ["a"]
    store.close()


def test_a_full_disk_is_said_and_leaves_the_store_whole(sqlite_store: Store) -> None:
    with sqlite_store.read() as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(Full):
        add_word(sqlite_store, "x" * 100_000)
    with sqlite_store.read() as connection:
        connection.execute(text("PRAGMA max_page_count = 1000000"))
    assert words(sqlite_store, "first") == []
    add_word(sqlite_store)
    assert words(sqlite_store, "first") == ["a"]


def test_a_limit_on_file_size_is_a_full_disk(sqlite_file: Path) -> None:
    program = (
        "import resource, signal, sys\n"
        "from deskterm.store.engine import open_store\n"
        "from deskterm.store.errors import Full\n"
        "from deskterm.store.tables import Word\n"
        "store = open_store(sys.argv[1])\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))\n"
        "try:\n"
        "    with store.write() as session:\n"
        "        session.add(Word(kind='first', code='a', nl='x' * 1000000))\n"
        "except Full:\n"
        "    print('full')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(sqlite_file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("full\n", "")
    with closing(open_store(str(sqlite_file))) as store:
        assert words(store, "first") == []


@contextmanager
def ordinary_user() -> Iterator[None]:
    """The superuser may write everything, so a test that runs as one steps down."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach, which pytest's own are not."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


@pytest.mark.parametrize("folder_mode", [0o777, 0o555])
def test_a_store_that_may_not_be_written_says_so(
    open_folder: Path, sqlite_template: Path, folder_mode: int
) -> None:
    file = open_folder / "store.db"
    file.write_bytes(sqlite_template.read_bytes())
    file.chmod(0o444)
    open_folder.chmod(folder_mode)
    before = file.read_bytes()
    with ordinary_user(), pytest.raises(ReadOnly), closing(open_store(str(file))) as store:
        add_word(store)
    assert file.read_bytes() == before


def test_a_store_that_cannot_be_made_says_so(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with ordinary_user(), pytest.raises(ReadOnly):
        open_store(str(open_folder / "new" / "store.db"))


@pytest.mark.parametrize("round_number", range(4))
def test_a_killed_program_leaves_whole_use_cases_only(sqlite_file: Path, round_number: int) -> None:
    writer = start_writer(str(sqlite_file), round_number, 100_000)
    assert writer.stdout is not None
    for _ in range(5 + 7 * round_number):
        told = writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    with closing(open_store(str(sqlite_file))) as store:
        first, second = words(store, "first"), words(store, "second")
        assert first == second
        # Everything it said to have saved is there; it may have saved more.
        assert f"{round_number}-{told.strip()}" in first
        assert check(store) == ()


def test_four_writers_at_once_lose_nothing(store_url: str) -> None:
    writers = [start_writer(store_url, number, 25) for number in range(4)]
    for writer in writers:
        writer.communicate()
    assert [writer.returncode for writer in writers] == [0] * 4
    with closing(open_store(store_url)) as store:
        assert len(words(store, "first")) == len(words(store, "second")) == 100


@pytest.mark.usefixtures("patient")
def test_what_a_use_case_read_is_not_changed_under_it(store: Store) -> None:
    """Each adds one to what it reads: with lost updates the sum would be less."""

    def add_one() -> None:
        for _ in range(10):
            with store.write() as session:
                row = session.get_one(Word, ("count", "a"))
                row.position += 1

    with store.write() as session:
        session.add(Word(kind="count", code="a", nl=""))
    threads = [Thread(target=add_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.write() as session:
        assert session.get_one(Word, ("count", "a")).position == 40


def test_two_desks_that_start_at_once_make_one_store(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    writers = [start_writer(str(file), number, 1) for number in range(3)]
    for writer in writers:
        writer.communicate()
    assert [writer.returncode for writer in writers] == [0] * 3
    with closing(open_store(str(file))) as store:
        assert len(words(store, "first")) == 3
