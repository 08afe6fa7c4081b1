"""The pop-up of the day overview: what passed through each journal, by desk and employee."""

from collections.abc import Sequence

from deskterm.screens.question import Question
from deskterm.text import _, cents_text, date_text
from deskterm.views.money import DayOverview
from deskterm.widgets.sheet import BLANK, Column, Row, line, table_header, table_row

PREVIOUS, NEXT, EXPORT = "previous", "next", "export"


class DayTable(Question[str]):
    """A day to look at; left and right ask for another one, Alt+C for its CSV."""

    help_page = "till"

    def __init__(self, overview: DayOverview, *, is_today: bool) -> None:
        super().__init__()
        self.overview = overview
        self.is_today = is_today
        self.heading = _("Dagoverzicht {branch}, {day}").format(
            branch=overview.branch_code, day=date_text(overview.day)
        )

    def content(self, width: int) -> Sequence[Row]:
        columns = _columns()
        rows = [table_header(columns, width, gap=1)]
        for one in self.overview.lines:
            cells = (one.desk, one.journal, one.staff, str(one.count),
                     cents_text(one.received_cents), cents_text(one.returned_cents))  # fmt: skip
            rows.append(table_row(columns, cells, width, gap=1))
        if not self.overview.lines:
            rows.append(line(f" {_('Niets')}", width, "dim"))
        return [*rows, BLANK, *self._totals(width), BLANK, self._hint(width)]

    def _totals(self, width: int) -> list[Row]:
        totals: dict[str, int] = {}
        for one in self.overview.lines:
            sum_so_far = totals.get(one.journal, 0)
            totals[one.journal] = sum_so_far + one.received_cents - one.returned_cents
        return [
            line(_(" {journal} samen {amount}").format(journal=journal, amount=cents_text(cents)),
                 width, "title")
            for journal, cents in sorted(totals.items())
        ]  # fmt: skip

    @staticmethod
    def _hint(width: int) -> Row:
        return line(_(" Links en rechts: andere dag   Alt+C: naar CSV   Esc: terug"), width, "hint")

    async def take_key(self, key: str, character: str | None) -> None:
        if key == "left":
            await self.answer(PREVIOUS)
        elif key == "right" and not self.is_today:
            await self.answer(NEXT)
        elif key == "alt+c":
            await self.answer(EXPORT)
        elif key == "enter":
            await self.answer(None)
        else:
            await super().take_key(key, character)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Balie"), 10, grow=1),
        Column(_("Dagboek"), 7),
        Column(_("Medewerker"), 12, grow=1),
        Column(_("Aantal"), 6, right=True),
        Column(_("Ontvangen"), 9, right=True),
        Column(_("Terug"), 9, right=True),
    )
