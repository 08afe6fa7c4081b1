"""Stores for tests: a fresh one per test, on SQLite and on PostgreSQL.

Making a store costs half a second, so each engine makes one and every test gets a copy.
"""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psycopg
import pytest

from deskterm.store import engine
from deskterm.store.engine import Store, open_store

if TYPE_CHECKING:
    from tests.server import Server

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]

_numbers = count(1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file without any data."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    open_store(str(file)).close()
    return file


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a running server with a database `template` that is a store without data."""
    # Not in pytest's own folder: started as root the server runs as another user, who is shut out
    # of that one whenever another pytest starts.
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(prefix="deskterm-") as folder:
        # It keeps its lock there, and looks for the folder when it is imported.
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        from tests.server import started

        server = started(Path(folder, "data"))
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE template")
        open_store(server.get_uri("template")).close()
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Server"]:
    """A PostgreSQL server that this test may stop and start."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(prefix="deskterm-") as folder:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        Path(folder).chmod(0o711)
        from tests.server import Server

        server = Server(Path(folder))
        yield server
        server.close()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """The URL of a store of this test's own on the server."""
    return new_database(postgresql_server, "template")


def new_database(server_url: str, template: str = "template0") -> str:
    """Make a database on the server: empty, or a store without data (`template`)."""
    name = f"test{next(_numbers)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return server_url.replace("/postgres?", f"/{name}?")


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes waits for a turn as long as it takes, for tests of many who write at once.

    On a swamped machine the five seconds of a desk may pass with others' turns.
    """
    monkeypatch.setattr(engine, "WAIT_SECONDS", 300)


@pytest.fixture
def sqlite_file(sqlite_template: Path, tmp_path: Path) -> Path:
    """A store file of this test's own."""
    file = tmp_path / "store.db"
    shutil.copyfile(sqlite_template, file)
    return file


@pytest.fixture(params=ENGINES)
def store_url(request: pytest.FixtureRequest) -> str:
    """Where a store of this test's own is, on either engine."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_file"))
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A store of this test's own, without data, on either engine."""
    store = open_store(store_url)
    yield store
    store.close()


@pytest.fixture
def sqlite_store(sqlite_file: Path) -> Iterator[Store]:
    """A SQLite store of this test's own, without data."""
    store = open_store(str(sqlite_file))
    yield store
    store.close()
