"""Libraries for the tests of what is kept from whom."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.store.engine import Store, open_store
from tests.services.library import Library, fill


@pytest.fixture
def library(store: Store) -> Library:
    """A small library on either engine."""
    return fill(store)


@pytest.fixture
def sqlite_library(sqlite_store: Store) -> Library:
    """A small library on SQLite, for what is no matter of the engine."""
    return fill(sqlite_store)


@pytest.fixture(scope="module")
def shared_library(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """A small library with customer 1, for tables of cases that may find what others left."""
    file = tmp_path_factory.mktemp("shared") / "store.db"
    shutil.copyfile(sqlite_template, file)
    store = open_store(str(file))
    library = fill(store)
    library.customer(1)
    yield library
    store.close()


@pytest.fixture
def log_handlers() -> Iterator[None]:
    """The log of the program as it is, whatever a test adds to it."""
    logger = logging.getLogger("deskterm")
    before, propagates = list(logger.handlers), logger.propagate
    yield
    for handler in [one for one in logger.handlers if one not in before]:
        logger.removeHandler(handler)
        handler.close()
    logger.propagate = propagates
