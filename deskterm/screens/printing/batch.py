"""Cards of a class: choose who of a list gets one, and follow them in one list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from deskterm import services
from deskterm.screens import flows
from deskterm.screens.printing.dialog import HELP
from deskterm.screens.printing.table import JobTable
from deskterm.screens.question import Question
from deskterm.text import _, ngettext
from deskterm.widgets.sheet import BLANK, Column, Row, line, table_row

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.found import FoundList


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody of the list."""

    actor_id: int
    number: str
    name: str


class PickCards(Question[tuple[int, ...]]):
    """A list of customers, all ticked; Enter takes a tick away or puts it back, Alt+P prints."""

    help_page = HELP

    def __init__(self, listed: Sequence[Wanted]) -> None:
        super().__init__()
        self.heading = _("Ledenpassen van een lijst")
        self.listed = listed
        self.ticked = {one.actor_id for one in listed if one.number}

    def content(self, width: int) -> Sequence[Row]:
        count = len(self.ticked)
        words = ngettext("{count} pas wordt geprint.", "{count} passen worden geprint.", count)
        keys = _("Enter: wel of niet   Alt+P: printen   Esc: terug")
        columns = (Column("", 3), Column("", 14), Column("", 20, grow=1))
        rows = [
            line(words.format(count=count), width, "title"),
            line(keys, width, "hint"),
            BLANK,
        ]
        for one in self.listed:
            mark = "[x]" if one.actor_id in self.ticked else "[ ]"
            number = one.number or _("geen pas")
            cells = (mark, number, one.name)
            rows.append(table_row(columns, cells, width, key=str(one.actor_id), gap=1))
        return rows

    async def take_key(self, key: str, character: str | None) -> None:
        chosen = self.canvas.cursor_key
        if key == "enter" and chosen is not None:
            self.ticked ^= {int(chosen)}
            self.draw()
        elif key == "alt+p" and self.ticked:
            ticked = (one.actor_id for one in self.listed if one.actor_id in self.ticked)
            await self.answer(tuple(ticked))
        else:
            await super().take_key(key, character)


async def print_list(app: "DesktermApp") -> None:
    """Print the cards of the customers in the list on the screen, or of those that are open."""
    choice = (await app.work.call(lambda: services.printing.what(app.desk))).of("card")
    if not choice.possible:
        app.bell()
        app.say(choice.reason, bad=True)
        return
    found = listed(app)
    if not found:
        app.say(_("Zoek eerst de klanten van de groep, of open ze."), bad=True)
        return
    picked = await app.ask(PickCards(found))
    if not picked:
        return
    key = uuid4().hex
    made = await app.work.call(lambda: services.printing.print_batch(app.desk, picked, key))
    app.prints.begin()
    table = JobTable(
        _("Ledenpassen, een voor een in de printer"),
        lambda desk: services.printing.batch(desk, made.batch),
        made.refused,
        is_class=True,
    )
    chosen = await app.ask(table)
    if chosen is not None and chosen.actor_id is not None:
        await flows.open_customer(app, chosen.actor_id)


def listed(app: "DesktermApp") -> list[Wanted]:
    """Give those in the result list, else those of the list before, else the open customers."""
    main = app.main
    shown: FoundList | None = None
    if main.place is main.desk_place:
        shown = main.desk_place.found
    elif main.search_place is not None and main.place is main.search_place:
        shown = main.search_place.found
    customers = shown.customers if shown else []
    if not customers and app.last_list is not None and main.place is main.customer_place:
        customers = list(app.last_list.page.rows)
    if customers:
        return [Wanted(one.actor_id, one.card_number, one.name) for one in customers]
    blocks = [session.view.block for session in app.sessions]
    return [Wanted(one.actor_id, one.card_number or "", one.display_name) for one in blocks]
