"""What holds for every test: no settings, store or language of the one who runs them."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from deskterm import text

pytest_plugins = ["tests.fixtures_store"]

WHOLE_PROGRAMS = frozenset({"journeys", "ssh", "load", "printing", "worker", "mail"})
"""Folders whose tests wait for several programs at once: desks, servers, printers, workers."""

# A shared machine stalls now and then; a slow example says nothing about the code.
settings.register_profile(
    "deskterm", deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("deskterm")


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    home: Path = tmp_path_factory.getbasetemp() / "home"
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    for variable in ("DESKTERM_STORE", "NO_COLOR"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture(autouse=True)
def _in_dutch() -> Iterator[None]:
    text.use("nl")
    yield
    text.use("nl")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a test with whole programs in it once more in CI: others keep that machine busy too.

    The summary names each that was tried twice: it is looked into, and stops nobody meanwhile.
    """
    if "CI" not in os.environ:
        return
    for item in items:
        folders = item.path.relative_to(Path(__file__).parent).parts
        markers = {marker.name for marker in item.iter_markers()}
        if WHOLE_PROGRAMS.intersection(folders) or markers & {"postgresql", "terminal"}:
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_configure() -> None:
    """Let the programs that tests start hear Ctrl+C and a hang-up, however the tests were started.

    A shell has background jobs ignore the one, `nohup` the other, and their children inherit
    that; what has a handler here is as usual in them.
    """
    for number in (signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, _unheard)


def _unheard(_number: int, _frame: object) -> None:
    """The tests themselves go on."""
