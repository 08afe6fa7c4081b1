"""What a terminal shows, remembered, so that only what changes goes over the line to it.

Textual paints whole rows, and a row again for each widget that changed on it: a customer is 27 kB
that way, of which 5 kB is new. Over SSH that is the difference between at once and soon. Pure: it
takes what would be written and gives what has to be. Whatever is no plain painting passes as it
is, and is followed by painting everything anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import split_graphemes

_PAINTING = re.compile(
    r"\x1b\[\d+;\d+H(?:\x1b\[\d+;\d+H|\x1b\[[\d;]*m|\n(?=\x1b)|[^\x00-\x1f\x7f-\x9f]+)*"
)
_PIECES = re.compile(r"\x1b\[([\d;]*)([Hm])([^\x1b\n]*)")
_SYNCHRONISED = ("\x1b[?2026h", "\x1b[?2026l")
"""Begin and end of an update: they change nothing that is remembered."""
_SEEN_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})
"""Lines and reverse video; of bold, dim and italic a blank shows nothing."""
_CHEAPER_THAN_MOVING = 4
"""So many characters that stand there already are shorter than a jump over them."""


class Look(NamedTuple):
    """Colours and marks as a terminal is told them; None where nothing is seen of them."""

    foreground: str | None = "39"
    background: str = "49"
    marks: frozenset[str] | None = frozenset()

    def on_blank(self) -> Look:
        """As much of it as shows on a blank."""
        if self.marks and self.marks & _SEEN_ON_BLANKS:
            return self
        return Look(None, self.background, None)


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """What stands in a column; there is one of each kind, so they are compared by identity."""

    text: str
    """Empty for the right half of a wide character."""
    look: Look


Row = list[Cell | None]
"""None is a column of which it is not known what stands there."""
_PLAIN = Look()


class _CellsOfLook(dict[str, Cell]):
    """The cells of one look by their text, made as they are wanted."""

    def __init__(self, look: Look, blank: Cell) -> None:
        super().__init__({" ": blank})
        self.look = look

    def __missing__(self, text: str) -> Cell:
        cell = self[text] = Cell(text, self.look)
        return cell


class ThinLine:
    """Stands between whoever paints and the terminal."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}
        self._odd: set[int] = set()
        """Rows that may hold a character which is not one column wide."""
        self._cursor = (-1, -1)
        self._stale = False
        self._looks: dict[str, _CellsOfLook] = {}
        self._blanks: dict[Look, Cell] = {}
        self._steps: dict[tuple[Look, Look], tuple[str, Look]] = {}

    def forget(self) -> None:
        """The terminal may show something else by now: paint all that comes. A handler of signals
        may call it."""
        self._stale = True

    def thinned(self, data: str) -> str:
        """What to write in place of this, so that the terminal shows the same."""
        if data in _SYNCHRONISED:
            return data
        if self._stale:
            self._stale = False
            self._rows.clear()
            self._cursor = (-1, -1)
        if not _PAINTING.fullmatch(data):
            self.forget()
            return data
        before: dict[int, Row] = {}
        row = column = 0
        style = ""
        for params, kind, text in _PIECES.findall(data):
            if kind == "H":
                row, column = (int(number) - 1 for number in params.split(";"))
            else:
                style = params
            if text:
                if not text.isascii():
                    self._odd.add(row)
                column = self._put(row, column, self._cells(text, style), before)
        return self._difference(before, (row, column))

    def _put(self, row: int, column: int, cells: Row, before: dict[int, Row]) -> int:
        """Put cells where they go, keeping what the row was; gives the column behind them."""
        there = self._rows.setdefault(row, [])
        if row not in before:
            before[row] = there.copy()
        if len(there) < column:
            there += [None] * (column - len(there))
        end = column + len(cells)
        # A wide character of which half is painted over is gone, as on the terminal.
        if 0 < column < len(there) and _is_right_half(there[column]):
            there[column - 1] = self._blank_like(there[column - 1])
        if end < len(there) and _is_right_half(there[end]):
            there[end] = self._blank_like(there[end])
        there[column:end] = cells
        return end

    def _blank_like(self, cell: Cell | None) -> Cell | None:
        return cell and self._blank(cell.look)

    def _blank(self, look: Look) -> Cell:
        seen = look.on_blank()
        return self._blanks.setdefault(seen, Cell(" ", seen))

    def _cells(self, text: str, style: str) -> Row:
        known = self._looks.get(style)
        if known is None:
            look = _look(style)
            known = self._looks[style] = _CellsOfLook(look, self._blank(look))
        if text.isascii():
            return [known[character] for character in text]
        return [known[part] for part in _columns(text)]

    def _difference(self, before: dict[int, Row], cursor: tuple[int, int]) -> str:
        out: list[str] = []
        look = _PLAIN
        for number in sorted(before):
            odd = number in self._odd and self._is_odd(number, before[number])
            for start, end in _changes(before[number], self._rows[number], whole=odd):
                out.append(_move(number, start))
                look = self._paint(self._rows[number], start, end, look, out)
        if look != _PLAIN:
            out.append("\x1b[m")
        if out or cursor != self._cursor:
            self._cursor = cursor
            out.append(_move(*cursor))
        return "".join(out)

    def _is_odd(self, number: int, old: Row) -> bool:
        """Whether a row has, or had until now, characters of which terminals disagree how wide
        they are: painted whole it comes out right."""
        if _has_odd(self._rows[number]):
            return True
        self._odd.discard(number)
        return _has_odd(old)

    def _paint(self, row: Row, start: int, end: int, look: Look, out: list[str]) -> Look:
        told: Look | None = None
        for cell in row[start:end]:
            # Only cells that are known are ever painted.
            if cell is None or not cell.text:
                continue
            if cell.look is not told:
                told = cell.look
                step = self._steps.get((look, told))
                if step is None:
                    step = self._steps[look, told] = _step(look, told)
                words, look = step
                out.append(words)
            out.append(cell.text)
        return look


def _changes(old: Row, new: Row, *, whole: bool) -> list[tuple[int, int]]:
    """The parts of a row to paint, from a column up to another; `whole` is all or nothing."""
    old += [None] * (len(new) - len(old))
    changed = [place for place, cell in enumerate(new) if cell is not old[place]]
    if changed and whole:
        changed = [place for place, cell in enumerate(new) if cell is not None]
    parts: list[tuple[int, int]] = []
    for place in changed:
        end = parts[-1][1] if parts else -_CHEAPER_THAN_MOVING - 1
        if place - end <= _CHEAPER_THAN_MOVING and None not in new[end:place]:
            parts[-1] = (parts[-1][0], place + 1)
        else:
            parts.append((place, place + 1))
    return parts


def _has_odd(row: Row) -> bool:
    return any(cell is not None and len(cell.text) != 1 for cell in row)


def _is_right_half(cell: Cell | None) -> bool:
    return cell is not None and not cell.text


def _columns(text: str) -> list[str]:
    """The text of each column; nothing for the columns that a wide character takes as well."""
    columns: list[str] = []
    for start, end, width in split_graphemes(text)[0]:
        if width:
            columns += [text[start:end], *[""] * (width - 1)]
        elif columns:
            columns[-1] += text[start:end]
    return columns


def _look(style: str) -> Look:
    foreground, background = "39", "49"
    marks = set()
    numbers = iter(style.split(";"))
    for number in numbers:
        if number in ("38", "48"):
            kind = next(numbers)
            colour = [number, kind, *(next(numbers) for _ in range(3 if kind == "2" else 1))]
            if number == "38":
                foreground = ";".join(colour)
            else:
                background = ";".join(colour)
        elif number[:1] in ("3", "9") and len(number) == 2:
            foreground = number
        elif (number[:1] == "4" and len(number) == 2) or len(number) == 3:
            background = number
        elif number not in ("", "0"):
            marks.add(number)
    return Look(foreground, background, frozenset(marks))


def _step(old: Look, new: Look) -> tuple[str, Look]:
    """What tells a terminal to go on in another look, and the look it has then."""
    has, wants = old.marks or frozenset(), new.marks
    if wants is None:
        wants = has - _SEEN_ON_BLANKS
    words = []
    now = old
    if has - wants:
        words.append("")
        now = _PLAIN
    words += sorted(wants - (now.marks or frozenset()))
    foreground = now.foreground if new.foreground is None else new.foreground
    if foreground and foreground != now.foreground:
        words.append(foreground)
    if new.background != now.background:
        words.append(new.background)
    code = f"\x1b[{';'.join(words)}m" if words else ""
    return code, Look(foreground, new.background, wants)


def _move(row: int, column: int) -> str:
    return f"\x1b[{row + 1};{column + 1}H"
