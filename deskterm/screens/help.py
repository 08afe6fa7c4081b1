"""F1: what this screen is for, in the reader's language, and the keys that work in it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm import text
from deskterm.keys import table_rows
from deskterm.screens.question import Question
from deskterm.text import _
from deskterm.widgets.sheet import BLANK, Row, Span, pad, wrap

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

PAGES = Path(__file__).parent.parent / "help"
FOLLOWED_BY = {"desk": "scanner"}
"""Pages that go on with another one: at the desk line the scanner is what matters next."""


def page(name: str) -> str:
    """The help page of a screen in the current language, as Markdown."""
    more = FOLLOWED_BY.get(name)
    return "\n".join([_page(name), *([_page(more)] if more else [])])


def _page(name: str) -> str:
    for language in (text.language(), text.SOURCE_LANGUAGE):
        file = PAGES / language / f"{name}.md"
        if file.exists():
            return file.read_text(encoding="utf-8")
    return ""


class Help(Question[str]):
    """The page of the screen that is open, scrolled with arrows, closed with Esc, Enter or F1."""

    def __init__(self, app: "DesktermApp") -> None:
        super().__init__()
        self.heading = _("Hulp (Esc sluit)")
        self.page = page(app.help_page())
        self.where = app.main.place.where
        self.keymap = app.keymap

    def content(self, width: int) -> Sequence[Row]:
        rows = markdown_rows(self.page, width)
        rows += [BLANK, Row((Span(_("Toetsen in dit scherm"), "title"),)), BLANK]
        for known in table_rows(self.keymap, self.where):
            keys = pad(known.keys, 20)
            explained = wrap(_(known.help), width - 21, "value")
            for index, row in enumerate(explained):
                lead = keys if index == 0 else " " * 20
                rows.append(Row((Span(lead + " ", "label"), *row.spans)))
        return rows

    async def take_key(self, key: str, character: str | None) -> None:
        if key == "enter":
            await self.answer(None)
        else:
            await super().take_key(key, character)


def markdown_rows(source: str, width: int) -> list[Row]:
    """Headings, lists and paragraphs of a simple Markdown page as rows."""
    rows: list[Row] = []
    paragraph: list[str] = []

    def close() -> None:
        if paragraph:
            rows.extend(wrap(" ".join(paragraph), width, "value"))
            rows.append(BLANK)
            paragraph.clear()

    for source_line in source.replace("`", "").replace("**", "").splitlines():
        stripped = source_line.strip()
        if stripped.startswith("#"):
            close()
            rows.append(Row((Span(stripped.lstrip("# "), "title"),)))
        elif stripped.startswith(("- ", "* ", "|")) or stripped[:2].rstrip(".").isdigit():
            if paragraph:
                rows.extend(wrap(" ".join(paragraph), width, "value"))
                paragraph.clear()
            paragraph.append(stripped)
        elif not stripped:
            close()
        else:
            paragraph.append(stripped)
    close()
    return rows
