"""A server of desks for each process that runs tests, and a library for each test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from deskterm import demo
from deskterm.store.engine import open_store
from tests.journeys.steps import SEED_DAY
from tests.ssh.server import Server
from tests.terminal import Terminal

OpenSsh = Callable[..., Terminal]
"""Opens a desk as `Server.terminal` does; all are closed after the test."""


@pytest.fixture(scope="session")
def practice_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice library, built once."""
    file = tmp_path_factory.mktemp("practice") / "practice.db"
    store = open_store(str(file))
    demo.build(store, SEED_DAY)
    store.close()
    return file


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("sshd"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def practice(practice_template: Path, tmp_path: Path) -> Path:
    """A practice library of this test's own, as any library."""
    return Path(shutil.copy(practice_template, tmp_path / "library.db"))


@pytest.fixture
def server(running: Server, practice: Path) -> Iterator[Server]:
    """The server, whose desks use this test's library; nothing of a session may stay behind."""
    running.use(practice)
    yield running
    running.wait_for_no_desk()


@pytest.fixture
def over_ssh(server: Server) -> Iterator[OpenSsh]:
    with ExitStack() as open_ones:

        def start(*options: str, **given: object) -> Terminal:
            return open_ones.enter_context(server.terminal(*options, **given))  # type: ignore[arg-type]

        yield start
