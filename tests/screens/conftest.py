"""A practice library for every test of the screens that opens one."""

from pathlib import Path

import pytest

from deskterm import demo
from deskterm.store.engine import open_store
from tests.screens.apps import DAY


@pytest.fixture(scope="session")
def small_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice library of sixty; each test works in a copy of it."""
    file = tmp_path_factory.mktemp("screens") / "practice.db"
    store = open_store(str(file))
    demo.build(store, DAY, 60)
    store.close()
    return file
