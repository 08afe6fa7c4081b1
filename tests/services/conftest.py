"""A library for every test of the services."""

import pytest

from deskterm.store.engine import Store
from tests.services.library import Library, fill
from tests.services.money import Books, books_of


@pytest.fixture
def library(store: Store) -> Library:
    """A small library on either engine."""
    return fill(store)


@pytest.fixture
def sqlite_library(sqlite_store: Store) -> Library:
    """A small library on SQLite, for tables of cases that are no matter of the engine."""
    return fill(sqlite_store)


@pytest.fixture
def books(library: Library) -> Books:
    """The ledger of a small library on either engine."""
    return books_of(library)


@pytest.fixture
def sqlite_books(sqlite_library: Library) -> Books:
    """The ledger of a small library on SQLite."""
    return books_of(sqlite_library)
