"""The main screens at 80x24 as text files: `python -m tests.frames` writes them anew."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from deskterm import demo
from deskterm.store.engine import open_store
from tests.journeys.steps import (
    MESSAGES,
    PLAIN,
    SEED_DAY,
    block_of,
    open_plain,
    open_testabo,
    start_editing,
)
from tests.terminal import Terminal

FOLDER = Path(__file__).parent / "journeys" / "frames"


def _desk_line(terminal: Terminal) -> None:
    terminal.wait("klantnummer of naam")


def _pop_up(terminal: Terminal) -> None:
    terminal.scan(MESSAGES)
    terminal.wait("Einde sessie +│")


def _tab(key: str) -> Callable[[Terminal], None]:
    def show(terminal: Terminal) -> None:
        open_testabo(terminal)
        terminal.wait("F12 Einde sessie")
        terminal.press(key)

    return show


def _search(terminal: Terminal) -> None:
    terminal.press("f2")
    terminal.wait("Voornaam/-letters")
    terminal.type("vries")
    terminal.press("enter")
    terminal.wait("klanten gevonden")


def _editing(terminal: Terminal) -> None:
    open_plain(terminal)
    start_editing(terminal)


def _menu(terminal: Terminal) -> None:
    open_plain(terminal)
    terminal.press("alt+k")
    terminal.wait("Print klantgegevens")


def _loans(terminal: Terminal) -> None:
    open_plain(terminal)
    terminal.press("f9")
    terminal.wait("Geleend +Inleveren")


def _help(terminal: Terminal) -> None:
    terminal.scan(PLAIN)
    terminal.wait(block_of(PLAIN))
    terminal.press("f1")
    terminal.wait("─ Hulp")


SCENES: dict[str, Callable[[Terminal], None]] = {
    "desk-line": _desk_line,
    "pop-up": _pop_up,
    "search": _search,
    "editing": _editing,
    "menu-klant": _menu,
    "loans": _loans,
    "help": _help,
    **{f"tab-{key}": _tab(key) for key in "12356789ab"},
}
"""What is shown and how one gets there; tab 4 holds moments of building, so it is left out."""


def frame(name: str, store: Path) -> str:
    """The screen of a scene, in a practice library of its own."""
    argv = [sys.executable, "-m", "deskterm", "demo", "--store", str(store)]
    with Terminal([*argv, "--day", SEED_DAY.isoformat()]) as terminal:
        terminal.wait("OEFENEN")
        SCENES[name](terminal)
        terminal.settle(0.3)
        return terminal.text() + "\n"


def stored(name: str) -> Path:
    """The file that holds the frame as it should be."""
    return FOLDER / f"{name}.txt"


def build(store: Path) -> None:
    """The practice library on the day of the seed."""
    library = open_store(str(store))
    demo.build(library, SEED_DAY)
    library.close()


def main() -> None:
    """Write every frame anew; look at the difference before it is committed."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        build(template)
        for name in SCENES:
            store = Path(shutil.copy(template, Path(folder) / f"{name}.db"))
            stored(name).write_text(frame(name, store), encoding="utf-8")
            print(stored(name).name)


if __name__ == "__main__":
    main()
