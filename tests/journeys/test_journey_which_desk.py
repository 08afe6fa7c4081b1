"""A pc that nothing tells which desk it is: asked once, shown in the title line, and remembered."""

import sys
from pathlib import Path

import pytest

from deskterm.services.settings import PRACTICE_MARK
from tests.journeys.account_steps import run_sql
from tests.journeys.steps import SEED_DAY, choose, sign_in
from tests.terminal import Terminal


@pytest.fixture
def pc(practice: Path, tmp_path: Path) -> "Pc":
    """A machine with the practice library made real, whose settings name no desk."""
    run_sql(practice, "DELETE FROM library_setting WHERE key = ?", PRACTICE_MARK)
    return Pc(practice, tmp_path)


class Pc:
    """One machine with its own memory."""

    def __init__(self, store: Path, folder: Path) -> None:
        self.store = store
        self.env = {"XDG_DATA_HOME": str(folder / "data"), "DESKTERM_DESK": "", "SSH_CLIENT": ""}
        self.env["SSH_CONNECTION"] = ""

    def open(self) -> Terminal:
        """Start the program without saying which desk it is."""
        argv = [sys.executable, "-m", "deskterm", "--store", str(self.store)]
        return Terminal([*argv, "--day", SEED_DAY.isoformat()], env=self.env)


def take_a_seat(terminal: Terminal) -> None:
    sign_in(terminal)
    terminal.wait("J\\. Prins")


def test_it_is_asked_once_and_shown_from_then_on(pc: Pc) -> None:
    with pc.open() as terminal:
        take_a_seat(terminal)
        terminal.wait("Aan welke balie zit u")
        choose(terminal, "9401 Annen  balie2")
        terminal.wait("9401 Annen  balie2  J\\. Prins")
    with pc.open() as terminal:
        take_a_seat(terminal)
        terminal.wait("9401 Annen  balie2  J\\. Prins")
        terminal.settle(0.2)
        assert "Aan welke balie" not in terminal.text()


def test_a_wrong_answer_can_be_put_right(pc: Pc) -> None:
    with pc.open() as terminal:
        take_a_seat(terminal)
        choose(terminal, "9401 Annen  balie2")
        terminal.wait("9401 Annen  balie2  J\\. Prins")
        terminal.settle(0.1)
        terminal.press("f10", "left")
        terminal.wait("─ Balie ─|─ Vestigingsbeheer ─")
        for _step in range(11):
            terminal.settle(0.1)
            if "Aan welke balie zit ik" in terminal.text():
                break
            terminal.press("left")
        choose(terminal, "Aan welke balie zit ik")
        choose(terminal, "9401 Annen  balie1")
        terminal.wait("9401 Annen  balie1  J\\. Prins")
