"""A scan leaves every kind of field as it was, and waits until the form is left."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from deskterm import demo
from deskterm.store.engine import open_store
from tests.screens.headless import Headless, scanned
from tests.screens.playing import CARDS, DAY, PLAIN


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Headless]:
    """A desk that changes the properties of a customer who has failed to log in three times."""
    file = tmp_path / "practice.db"
    with closing(open_store(str(file))) as store:
        demo.build(store, DAY)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE customer SET login_failures = 3")
    desk = Headless(file)
    desk.press(*scanned(PLAIN, "enter"))
    desk.press("6")
    desk.rest()
    desk.press("alt+w")
    yield desk
    desk.close()


@pytest.mark.parametrize(
    ("field", "typed", "value"), [("login_failures", "0", "0"), ("block.general.note", "7", "7")]
)
def test_a_scan_leaves_choice_and_text_as_they_were(
    desk: Headless, field: str, typed: str, value: str
) -> None:
    form = desk.form()
    names = [one.name for one in form.fields if one.kind != "readonly"]
    desk.press(*["tab"] * names.index(field))
    assert form.field is not None
    assert form.field.name == field
    before = form.values[field]
    desk.press(*scanned(CARDS[0], "enter"))
    assert form.values[field] == before
    assert desk.waiting() == [CARDS[0]]
    desk.press(typed)
    assert form.values[field] == value != before
