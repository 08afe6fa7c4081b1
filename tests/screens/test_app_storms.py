"""Storms of keys, scans, edits and resizes: never a crash, a polluted field, a write or an answer
that no key asked for.

DESKTERM_STORM_STEPS says how many steps; `make load` takes ten thousand.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from deskterm import demo
from deskterm.store.engine import open_store
from tests.screens.headless import Headless, scanned
from tests.screens.playing import ANSWERS, CARDS, DAY, MOVES, OWES, PLAIN, WAYS, seen

STEPS = int(os.environ.get("DESKTERM_STORM_STEPS", "120"))
STEPS_OF_ONE = min(STEPS, 40)
"""Of one desk, before a fresh one is opened."""
SAVING = {*ANSWERS, *WAYS}
SHARE_OF_STEPS = 1.25
"""A desk has fewer steps than it may have, now and then."""
PATIENT_STEPS = 3
"""After so many steps without one, what a key asked for has been done."""
SIZES = ((80, 24), (20, 5), (40, 12), (132, 43), (200, 60), (60, 100), (1, 1))
TYPED = ("x", "Zoë", "[b]", "0612345678", "é" * 3, "0")


class Storm(RuleBasedStateMachine):
    """One desk with everything coming at it."""

    template: Path
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.store = self.template.with_name("storm.db")
        for leftover in self.store.parent.glob("storm.db*"):
            leftover.unlink()
        shutil.copy(self.template, self.store)
        self.written, self.answers = seen(self.store)
        self.pressed = 0
        self.told: list[tuple[str, ...]] = []
        self.since_saving = 0
        self.typing = False
        self.desk = Headless(self.store)

    @initialize()
    def open_somebody(self) -> None:
        self.desk.press(*scanned(CARDS[0], "enter"))

    @rule(keys=st.lists(st.sampled_from(MOVES), min_size=1, max_size=4))
    def move(self, keys: list[str]) -> None:
        self._press(*keys)

    @rule(card=st.sampled_from((*CARDS, OWES)), end=st.sampled_from(("enter", "ctrl+j")))
    def scan(self, card: str, end: str) -> None:
        self._press(*scanned(card, end), is_scan=True)

    @rule(cards=st.lists(st.sampled_from((*CARDS, OWES)), min_size=2, max_size=5))
    def scan_many(self, cards: list[str]) -> None:
        self._press(*(key for card in cards for key in scanned(card, "enter")), is_scan=True)

    @rule(keys=st.lists(st.sampled_from((*ANSWERS, *WAYS)), min_size=1, max_size=2))
    def answer(self, keys: list[str]) -> None:
        self._press(*keys)

    @rule(key=st.sampled_from(ANSWERS))
    def read_and_answer(self, key: str) -> None:
        self.desk.rest()
        self._press(key)
        self.desk.rest()

    @rule(text=st.sampled_from(TYPED), fields=st.integers(0, 6), saves=st.booleans())
    def edit(self, text: str, fields: int, saves: bool) -> None:
        """With a pop-up or a form open, or on another tab: then these keys are as odd as any."""
        self._press("alt+w")
        self._press(*["tab"] * fields, *text, *(["ctrl+s"] if saves else []))

    @rule(text=st.sampled_from(TYPED), fields=st.integers(0, 6))
    def edit_from_the_desk_line(self, text: str, fields: int) -> None:
        for way_out in ("escape", "escape", "f12"):
            self._press(way_out)
        self._press(*scanned(PLAIN, "enter"), is_scan=True)
        self.desk.rest()
        self.edit(text, fields, saves=False)

    @rule(size=st.sampled_from(SIZES))
    def resize(self, size: tuple[int, int]) -> None:
        self.since_saving += 1
        self.desk.resize(*size)

    @invariant()
    def nothing_was_written_that_no_key_asked_for(self) -> None:
        Storm.steps += 1
        written, answers = seen(self.store)
        assert answers - self.answers <= self.pressed
        if self.since_saving > PATIENT_STEPS:
            assert written == self.written
        self.written = written

    @invariant()
    def no_scan_is_in_a_field(self) -> None:
        parts = [card[4:12] for card in (*CARDS, OWES)]
        polluted = [
            (name, value)
            for name, value in self.desk.typed_over()
            if any(part in value for part in parts)
        ]
        assert polluted == [], self.told

    def teardown(self) -> None:
        self.desk.close()

    def _press(self, *keys: str, is_scan: bool = False) -> None:
        if is_scan and self.typing:
            # Nobody types and scans within a third of a second.
            self.desk.rest()
        self.told.append(keys)
        self.typing = not is_scan and len(keys[-1]) == 1
        saving = 0 if is_scan else sum(key in SAVING for key in keys)
        self.pressed += saving
        self.since_saving = 0 if saving else self.since_saving + 1
        self.desk.press(*keys)


@pytest.fixture(scope="module", autouse=True)
def _template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    file = tmp_path_factory.mktemp("storm") / "practice.db"
    store = open_store(str(file))
    demo.build(store, DAY, 60)
    store.close()
    Storm.template = file
    yield
    print(f"\n{Storm.steps} steps")


TestStorm = Storm.TestCase
TestStorm.settings = settings(
    max_examples=max(1, round(STEPS * SHARE_OF_STEPS / STEPS_OF_ONE)),
    stateful_step_count=STEPS_OF_ONE,
    # Shrinking would play for hours, and times are never the same twice.
    phases=(Phase.generate,),
)
