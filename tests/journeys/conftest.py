"""The practice library on the day of the seed, and desks in real terminals that work in it."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from deskterm import demo
from deskterm.store.engine import open_store
from tests.journeys.steps import SEED_DAY, OpenDesk
from tests.terminal import Terminal


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("terminal")


@pytest.fixture(scope="session")
def practice_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice library, built once."""
    file = tmp_path_factory.mktemp("practice") / "practice.db"
    store = open_store(str(file))
    demo.build(store, SEED_DAY)
    store.close()
    return file


@pytest.fixture
def practice(practice_template: Path, tmp_path: Path) -> Path:
    """A practice library of this test's own."""
    return Path(shutil.copy(practice_template, tmp_path / "practice.db"))


@pytest.fixture
def desk(practice: Path) -> Iterator[OpenDesk]:
    """Open desks, which are closed after the test."""
    with ExitStack() as desks:

        def start(
            *options: str,
            size: tuple[int, int] = (80, 24),
            env: Mapping[str, str] | None = None,
            term: str = "xterm-256color",
            wait: bool = True,
        ) -> Terminal:
            argv = [sys.executable, "-m", "deskterm", "demo", "--store", str(practice)]
            argv += ["--day", SEED_DAY.isoformat(), *options]
            terminal = desks.enter_context(Terminal(argv, size, env, term))
            if wait:
                terminal.wait("Aanmelden" if "--sign-in" in options else "OEFENEN")
            return terminal

        yield start
