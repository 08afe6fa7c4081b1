"""A practice library to put under load, built once."""

from pathlib import Path

import pytest

from bench.load.clerks import DAY
from deskterm import demo
from deskterm.store.engine import open_store


@pytest.fixture(scope="session")
def busy_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with enough customers for many desks."""
    file = tmp_path_factory.mktemp("busy") / "library.db"
    store = open_store(str(file))
    demo.build(store, DAY, 600)
    store.close()
    return file
