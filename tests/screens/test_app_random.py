"""Whatever keys and scans come, in whatever order and haste: no crash, no answer nobody gave."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events

from deskterm import bootstrap, demo
from deskterm.app import DesktermApp
from deskterm.store.engine import open_store
from deskterm.store.ledger_check import disorders
from tests.screens.playing import ANSWERS, CARDS, CHARACTERS, DAY, MOVES, OWES, WAYS, seen

Step = tuple[str, ...]
"""Keys that come in one burst."""


def scans(end: str) -> st.SearchStrategy[Step]:
    return st.sampled_from(CARDS).map(lambda card: (*card, end))


def steps(*keys: str) -> st.SearchStrategy[list[Step]]:
    burst = st.lists(st.sampled_from(keys), min_size=1, max_size=4).map(tuple)
    return st.lists(burst | scans("enter") | scans("ctrl+j"), min_size=2, max_size=12)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice library."""
    file = tmp_path_factory.mktemp("random") / "practice.db"
    store = open_store(str(file))
    demo.build(store, DAY, 60)
    store.close()
    return file


async def work(store: Path, played: list[Step], rest: float = 0) -> None:
    """Run the application and play the steps; whatever goes wrong in it is raised.

    With a `rest` after each step, in seconds, the keys come as from someone who reads pop-ups.
    """
    config = store.with_name("config.toml")
    config.touch()
    options = bootstrap.Options(store=str(store), day=DAY, practice=True, config=config)
    app = DesktermApp(bootstrap.build(options))
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.ready:
            await pilot.pause(0.01)
        for number, step in enumerate(played):
            for key in step:
                app.post_message(
                    events.Key(key, CHARACTERS.get(key, key if len(key) == 1 else None))
                )
            if rest or number % 3 == 0:
                await pilot.pause(rest or 0.05)
        # What is typed last is held a third of a second: it may be the beginning of a scan.
        await pilot.pause(0.4)
        await app.work.settled()
        assert app.is_running


def play(template: Path, played: list[Step], rest: float = 0) -> tuple[bool, int]:
    """Play the steps on a fresh library: whether anything was written, how often was answered."""
    store = template.with_name("played.db")
    shutil.copy(template, store)
    before, answers = seen(store)
    asyncio.run(work(store, played, rest))
    after, more = seen(store)
    return before != after, more - answers


def in_order(store: Path) -> bool:
    """Whether every sum of the ledger still follows from its entries."""
    opened = open_store(str(store))
    with closing(opened), opened.read() as connection:
        return not list(disorders(connection))


@settings(max_examples=8)
@given(played=steps(*MOVES))
def test_moving_and_scanning_writes_nothing_and_answers_nothing(
    template: Path, played: list[Step]
) -> None:
    assert play(template, played) == (False, 0)


@settings(max_examples=8)
@given(played=steps(*MOVES, *ANSWERS * 4))
def test_no_order_of_keys_crashes_or_answers_more_than_was_pressed(
    template: Path, played: list[Step]
) -> None:
    _written, answers = play(template, played)
    pressed = sum(key in ANSWERS for step in played if len(step) < 10 for key in step)
    assert answers <= pressed


SETTLING = [(*OWES, "enter"), ("enter",), ("alt+e",), ("enter",), ("enter",)]
"""As far as the pop-up where it is chosen how, when every pop-up is waited for."""


def booked(store: Path) -> int:
    """How many acts of settling are in the ledger."""
    with closing(sqlite3.connect(store)) as connection:
        return int(connection.execute("SELECT count(*) FROM ledger_act").fetchone()[0])


@settings(max_examples=5)
@given(played=steps("enter", "escape", "tab", " ", "8", ","))
def test_no_scan_and_no_number_of_enters_settles_anything(
    template: Path, played: list[Step]
) -> None:
    play(template, [*SETTLING, *played], rest=0.12)
    assert booked(template.with_name("played.db")) == booked(template)


@settings(max_examples=5)
@given(played=steps("down", "up", " ", "enter", "escape", "alt+e", "8", ",", *WAYS * 2))
def test_whatever_is_settled_the_ledger_adds_up(template: Path, played: list[Step]) -> None:
    play(template, [*SETTLING, *played], rest=0.12)
    assert in_order(template.with_name("played.db"))
