"""A machine with far too much to do: what is loaded beforehand waits, and nobody at a desk does."""

import os
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


@pytest.mark.parametrize(("running", "is_swamped"), [(1, False), (8, False), (9, True)])
def test_a_machine_is_swamped_by_what_wants_to_run_at_this_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, running: int, is_swamped: bool
) -> None:
    told = tmp_path / "loadavg"
    told.write_text(f"37.06 23.68 12.88 {running}/175 8845\n", encoding="ascii")
    monkeypatch.setattr(process, "_LOAD", told)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert process.is_swamped() is is_swamped


@pytest.mark.parametrize("told", [None, "", "no numbers here at all"])
def test_where_the_system_does_not_tell_the_moment_the_last_minute_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str | None
) -> None:
    file = tmp_path / "loadavg"
    if told is not None:
        file.write_text(told, encoding="ascii")
    monkeypatch.setattr(process, "_LOAD", file)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(os, "getloadavg", lambda: (8.1, 0.0, 0.0))
    assert process.is_swamped()
    monkeypatch.setattr(os, "getloadavg", lambda: (8.0, 9.0, 9.0))
    assert not process.is_swamped()
