"""What holds for every test: no settings, store or language of the one who runs them."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from deskterm import text

pytest_plugins = ["tests.fixtures_store"]

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


def pytest_configure() -> None:
    """Let the programs that tests start hear Ctrl+C, also when the tests run in the background.

    A shell has its background jobs ignore it, and what they start inherits that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
