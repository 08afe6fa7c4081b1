"""A desk whose disk is full says so, keeps what was typed, and saves it once there is room."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from deskterm import demo
from deskterm.store.check import check
from deskterm.store.engine import open_store
from tests.screens.headless import Headless, scanned
from tests.screens.playing import DAY, PLAIN, seen
from tests.services.test_out_of_room import no_room


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A practice library."""
    file = tmp_path / "practice.db"
    with closing(open_store(str(file))) as store:
        demo.build(store, DAY)
    return file


@pytest.fixture
def desk(file: Path) -> Iterator[Headless]:
    desk = Headless(file)
    yield desk
    desk.close()


def test_on_a_full_disk_a_form_is_kept_and_saved_later(desk: Headless, file: Path) -> None:
    desk.press(*scanned(PLAIN, "enter"))
    desk.press("alt+w")
    desk.press("tab", *"X.Y.")
    before = seen(file)
    with no_room():
        desk.press("ctrl+s")
        assert "is vol of doet het niet; er is niets opgeslagen" in desk.notice()
        assert desk.form().values["initials"] == "X.Y."
        desk.press("ctrl+s")
    assert seen(file) == before
    desk.press("ctrl+s")
    assert "niets opgeslagen" not in desk.notice()
    assert seen(file) != before
    with closing(open_store(str(file))) as store:
        assert [one for one in check(store) if one.trouble.serious] == []
