"""The menu bar with Wise's eleven modules, and the submenus Klant and Afsluiten.

Each entry is an action; a module that is not there yet is greyed and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING

from deskterm.screens.asks import Choice, Choose
from deskterm.text import N_, _

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

LATER = N_("Komt in een volgende versie.")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a menu: its words and the action it stands for; no action is for later."""

    label: str
    action: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu by its name in the bar."""

    label: str
    entries: tuple[Entry, ...] = ()
    short: str = ""
    """The name in a bar that is too narrow for all eleven."""


MODULES = (
    Menu(N_("Balie"), (
        Entry(N_("Balie (zoekregel)"), "desk.line"),
        Entry(N_("Uitlenen"), "desk.lend"),
        Entry(N_("Innemen"), "desk.take_back"),
        Entry(N_("Wissel klant"), "customer.switch"),
    )),
    Menu(N_("Klanten"), (
        Entry(N_("Klantenadministratie"), "desk.line"),
        Entry(N_("Zoek klant"), "customer.search"),
        Entry(N_("Overzichten")),
    )),
    Menu(N_("Financieel"), (Entry(N_("Kassa")), Entry(N_("Overzichten"))), N_("Fin.")),
    Menu(N_("Catalogus"), (Entry(N_("Zoeken in de catalogus"), "catalogue.search"),), N_("Cat.")),
    Menu(N_("Exemplaren"), (), N_("Ex.")),
    Menu(N_("Titels")),
    Menu(N_("Reserveringen"), (Entry(N_("Reserveren"), "hold.place"),), N_("Reserv.")),
    Menu(N_("Statistieken en selecties"), (), N_("Stat.")),
    Menu(N_("Berichten"), (), N_("Ber.")),
    Menu(N_("KSM")),
    Menu(N_("Vestigingsbeheer"), (
        Entry(N_("Wissel gebruiker"), "user.switch"),
        Entry(N_("Scherm vergrendelen"), "privacy.lock"),
        Entry(N_("Pincode wijzigen"), "user.pin"),
        Entry(N_("Donkere of lichte kleuren"), "theme.toggle"),
        Entry(N_("Nederlands of Engels"), "language.toggle"),
        Entry(N_("Programma afsluiten"), "app.quit"),
    ), N_("Vest.")),
)  # fmt: skip

CUSTOMER = Menu(N_("Klant"), (
    Entry(N_("Zoek klant"), "customer.search"),
    Entry(N_("Zoek klant (via vorige lijst)"), "list.previous"),
    Entry(N_("Zoek klant (op exemplaarnummer)"), "customer.search_item"),
    Entry(N_("Vorige klant"), "customer.previous"),
    Entry(N_("Wissel klant"), "customer.switch"),
    Entry(N_("Nieuwe klant toevoegen"), "customer.add"),
    Entry(N_("Gezin en adresgenoten"), "customer.family"),
    Entry(N_("Geleende exemplaren"), "customer.loans"),
    Entry(N_("Reserveringen"), "customer.holds"),
    Entry(N_("Leenhistorie"), "customer.history"),
    Entry(N_("Financieel"), "customer.financial"),
    Entry(N_("Meldingen"), "tab.5"),
    Entry(N_("Afrekenen"), "customer.settle"),
    Entry(N_("Print klantgegevens: ledenpas"), "card.print"),
))  # fmt: skip

CLOSE = Menu(N_("Afsluiten"), (Entry(N_("Einde sessie"), "session.end"),))


class MenuBar(Choose):
    """An open menu; left and right go to the neighbours in the bar, letters to an entry."""

    answers = ascii_lowercase

    def __init__(self, app: "DesktermApp", menus: Sequence[Menu], at: int = 0) -> None:
        self.menus = menus
        self.at = at
        self.owner = app
        super().__init__(_(menus[at].label), (), ())
        self._open()

    def _open(self) -> None:
        menu = self.menus[self.at]
        self.heading = _(menu.label)
        self.choices = [self._choice(entry) for entry in menu.entries] or [
            Choice("", _("Nog niet beschikbaar"), why_not=_(LATER))
        ]

    def _jump(self, letter: str) -> None:
        """Put the cursor on the next entry that begins with a letter; Enter still chooses."""
        codes = [
            choice.code
            for choice in self.choices
            if not choice.why_not and choice.label[:1].lower() == letter.lower()
        ]
        here = codes.index(self.canvas.cursor_key) if self.canvas.cursor_key in codes else -1
        if codes:
            self.canvas.put_cursor(codes[(here + 1) % len(codes)])

    def _choice(self, entry: Entry) -> Choice:
        why_not = self.owner.main.why_not(entry.action) if entry.action else _(LATER)
        return Choice(entry.action, _(entry.label), why_not=why_not)

    async def take_key(self, key: str, character: str | None) -> None:
        if key in ("left", "right") and len(self.menus) > 1:
            self.at = (self.at + (1 if key == "right" else -1)) % len(self.menus)
            self._open()
            self.canvas.cursor = -1
            self.draw()
            return
        if character and character.isalpha() and not key.startswith("alt+"):
            self._jump(character)
            return
        await super().take_key(key, character)


async def open_menu(app: "DesktermApp", menus: Sequence[Menu], at: int = 0) -> None:
    """Open a menu and perform what is chosen."""
    action = await app.ask(MenuBar(app, menus, at))
    if action:
        await app.main.perform(action)
