"""A machine with far too much to do: what is loaded beforehand waits, and nobody at a desk does."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from deskterm import demo, process
from deskterm.app import REST_SECONDS
from deskterm.store.engine import open_store
from tests.screens.headless import Headless, scanned
from tests.screens.playing import DAY, PLAIN

PLAIN_ID = 413701


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Headless]:
    """A desk that is past its start, on a machine that stays swamped."""
    file = tmp_path / "practice.db"
    with closing(open_store(str(file))) as store:
        demo.build(store, DAY, 60)
    monkeypatch.setattr(process, "is_swamped", lambda: True)
    desk = Headless(file)
    desk.rest(REST_SECONDS + 0.5)
    yield desk
    desk.close()


def test_a_scan_on_a_swamped_machine_opens_its_customer_at_once(desk: Headless) -> None:
    desk.press(*scanned(PLAIN, "enter"))
    assert desk.open_customers() == [PLAIN_ID]
