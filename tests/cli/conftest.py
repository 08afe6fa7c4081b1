"""Running `deskterm` in tests: in this process, and as the program that people start."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from deskterm import demo
from deskterm.bootstrap import PRACTICE_DAY
from deskterm.cli import main
from deskterm.store.engine import open_store
from tests.terminal import Terminal


@dataclass(frozen=True, slots=True)
class Ran:
    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def interrupt(terminal: Terminal) -> int:
    """Press Ctrl+C until the program has ended; the answer is its exit status.

    Python only looks at a signal between two steps: one that arrives just before it starts to
    wait for a line is seen with the next key.
    """
    for _press in range(10):
        terminal.send("\x03")
        with suppress(TimeoutError):
            return terminal.wait_ended(1.0)
    raise TimeoutError(f"ten times Ctrl+C did not end it\n{terminal.text()}")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Carry a command out in this process."""

    def carry_out(*argv: str | Path) -> Ran:
        capsys.readouterr()
        status = main([str(word) for word in argv])
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return carry_out


@pytest.fixture
def started() -> Run:
    """Start the program itself."""

    def carry_out(*argv: str | Path, typed: str = "") -> Ran:
        command = [sys.executable, "-m", "deskterm", *map(str, argv)]
        done = subprocess.run(command, capture_output=True, text=True, input=typed, check=False)
        return Ran(done.returncode, done.stdout, done.stderr)

    return carry_out


@pytest.fixture(scope="session")
def practice_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small practice library: the cases worth looking up and a few invented customers."""
    file = tmp_path_factory.mktemp("practice") / "practice.db"
    with closing(open_store(str(file))) as store:
        demo.build(store, PRACTICE_DAY, 60)
    return file


@pytest.fixture
def practice(practice_template: Path, tmp_path: Path) -> Path:
    """A practice library of this test's own."""
    return Path(shutil.copy(practice_template, tmp_path / "practice.db"))
