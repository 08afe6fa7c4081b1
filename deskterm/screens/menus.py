"""An open menu: of the menu bar, or one of the submenus Klant and Afsluiten."""

from collections.abc import Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING

from deskterm.screens.asks import Choice, Choose
from deskterm.screens.modules import Entry, Menu
from deskterm.text import N_, _

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

LATER = N_("Komt in een volgende versie.")


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
        key = self.owner.keymap.shown_key(entry.action)
        return Choice(entry.action, _(entry.label), why_not=why_not, note=key)

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
