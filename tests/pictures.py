"""The pictures of the README, drawn from the running program: `make pictures`."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from tests.terminal import Cell, Terminal

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
CARD = "29401000075868"
WIDTH, HEIGHT, BASELINE = 9, 19, 14
NAMED = {
    "black": "#000000",
    "red": "#cd3131",
    "green": "#0dbc79",
    "brown": "#b5a000",
    "blue": "#2472c8",
    "magenta": "#bc3fbc",
    "cyan": "#11a8cd",
    "white": "#e5e5e5",
}


def colours(cell: Cell) -> tuple[str, str]:
    """Foreground and background of a cell as a browser names them."""

    def named(colour: str, default: str) -> str:
        if re.fullmatch("[0-9a-fA-F]{6}", colour):
            return f"#{colour}"
        return NAMED.get(colour.removeprefix("bright"), default)

    front, back = named(cell.fg, "#d8d8d8"), named(cell.bg, "#101010")
    return (back, front) if cell.reverse else (front, back)


def svg(terminal: Terminal) -> str:
    """The screen as a picture that any browser can draw, with the text still in it."""
    columns, rows = terminal.size
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * WIDTH} {rows * HEIGHT}"'
        f' width="{columns * WIDTH}" height="{rows * HEIGHT}"'
        ' font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="15">',
        '<rect width="100%" height="100%" fill="#101010"/>',
    ]
    for row in range(rows):
        cells = [(column, terminal.cell(column, row)) for column in range(columns)]
        for style, group in groupby(cells, key=lambda at: look(at[1])):
            run = list(group)
            parts += _run(style, run[0][0], row, "".join(cell.data or " " for _, cell in run))
    return "\n".join([*parts, "</svg>", ""])


Look = tuple[tuple[str, str], bool, bool]


def look(cell: Cell) -> Look:
    """What makes two cells look alike: colours, weight and underline."""
    return colours(cell), cell.bold, cell.underline


def _run(style: Look, column: int, row: int, text: str) -> list[str]:
    (front, back), bold, underline = style
    x, y = column * WIDTH, row * HEIGHT
    parts = []
    if back != "#101010":
        # A hair wider than its cells, or browsers show seams between the runs.
        wide = len(text) * WIDTH + 0.5
        parts.append(f'<rect x="{x}" y="{y}" width="{wide}" height="{HEIGHT}.5" fill="{back}"/>')
    if text.strip() or underline:
        # Each letter has its place, so a font of another width keeps the columns.
        places = " ".join(str(x + WIDTH * index) for index in range(len(text)))
        extra = ' font-weight="bold"' if bold else ""
        extra += ' text-decoration="underline"' if underline else ""
        parts.append(
            f'<text x="{places}" y="{y + BASELINE}" fill="{front}" xml:space="preserve"{extra}>'
            f"{escape(text)}</text>"
        )
    return parts


def desk(store: Path, *options: str) -> Terminal:
    """The practice library on the day of the seed."""
    argv = [sys.executable, "-m", "deskterm", "demo", "--store", str(store), "--day", "2024-05-15"]
    terminal = Terminal([*argv, *options])
    terminal.wait("F1")
    terminal.settle(0.5)
    return terminal


def customer(terminal: Terminal) -> None:
    """Open the seed's customer, past its pop-ups."""
    terminal.scan(CARD)
    terminal.wait(CARD)
    terminal.settle(0.3)
    while not re.search(rf"{CARD} \[\d+\]", terminal.text()) or "Doorgaan" in terminal.text():
        terminal.pump(0.4)
        terminal.press("enter")
        terminal.settle(0.3)


def popup(terminal: Terminal) -> None:
    """The first pop-up of the seed's customer."""
    terminal.scan(CARD)
    terminal.wait("Doorgaan")


def edit(terminal: Terminal) -> None:
    """Tab 2 being edited."""
    customer(terminal)
    terminal.press("alt+w")


def search(terminal: Terminal) -> None:
    """The list below the desk line while a name is typed."""
    terminal.type("vries")


def costs(terminal: Terminal) -> None:
    """Re-enrolling: what the membership costs, before it is saved."""
    customer(terminal)
    terminal.press("alt+i")
    terminal.wait("Klant herinschrijven")
    terminal.settle(0.3)
    terminal.press("enter")
    terminal.wait("OK, Vervolg")
    terminal.settle(0.3)
    terminal.press("ctrl+s")
    terminal.wait("Abonnement kiezen")
    terminal.settle(0.3)
    terminal.press("enter")
    terminal.wait("Rechten t/m")


def settle(terminal: Terminal) -> None:
    """How the enrolment is settled; nothing is chosen by itself."""
    costs(terminal)
    terminal.settle(0.3)
    terminal.press("ctrl+s")
    terminal.wait("Ontvangen")
    for _step in range(2):
        terminal.settle(0.4)
        terminal.press("enter")
    terminal.wait("Kwijtschelden")


SCENES: tuple[tuple[str, Callable[[Terminal], None], str], ...] = (
    ("customer", customer, "dark"),
    ("search", search, "dark"),
    ("popup", popup, "dark"),
    ("edit", edit, "dark"),
    ("light", customer, "light"),
    ("costs", costs, "dark"),
    ("settle", settle, "dark"),
)


def main() -> None:
    """Draw them all anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "config.toml"
        for name, scene, theme in SCENES:
            settings.write_text(f'theme = "{theme}"\n', encoding="utf-8")
            with desk(Path(folder) / "practice.db", "--config", str(settings)) as terminal:
                scene(terminal)
                terminal.settle(0.5)
                (FOLDER / f"{name}.svg").write_text(svg(terminal), encoding="utf-8")
            print(f"docs/pictures/{name}.svg")


if __name__ == "__main__":
    main()
