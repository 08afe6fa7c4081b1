"""Wie keek: who opened a customer, where and when."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.question import Question
from deskterm.screens.wording import moment_text
from deskterm.text import _
from deskterm.views.privacy import Viewer
from deskterm.widgets.sheet import BLANK, Column, Row, line, table_header, table_row

if TYPE_CHECKING:
    from deskterm.app import DesktermApp


class Viewers(Question[None]):
    """A list to look at, the latest first; Esc or Enter goes back."""

    help_page = "privacy"

    def __init__(self, name: str, found: Sequence[Viewer]) -> None:
        super().__init__()
        self.heading = _("Wie keek: {name}").format(name=name)
        self.found = found

    def content(self, width: int) -> Sequence[Row]:
        columns = (Column(_("Wanneer"), 16), Column(_("Medewerker"), 20, grow=1),
                   Column(_("Balie"), 12, grow=1))  # fmt: skip
        rows = [table_header(columns, width, gap=2)]
        for index, one in enumerate(self.found):
            cells = (moment_text(one.at), one.staff, one.desk)
            rows.append(table_row(columns, cells, width, gap=2, key=str(index)))
        if not self.found:
            rows.append(line(_("Niemand, voor zover dat bewaard is."), width, "dim"))
        return [*rows, BLANK, line(_(" Esc: terug"), width, "hint")]

    async def take_key(self, key: str, character: str | None) -> None:
        await super().take_key("escape" if key == "enter" else key, character)


async def show(app: "DesktermApp", actor_id: int, name: str) -> None:
    """Show who opened a customer."""
    found = await app.work.call(lambda: services.viewings.viewers(app.desk, actor_id))
    await app.ask(Viewers(name, found))
