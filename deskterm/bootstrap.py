"""The composition root: options and settings in, an open store and a Desk out.

This is the one module that knows every part. `build` reads the settings file and nothing else, so
that the first screen can be painted; the database library is loaded by `open_store`, which the
screen calls in a worker thread after that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm import config, text
from deskterm.services.desk import Clock, DayClock, Desk, SystemClock
from deskterm.services.errors import DeskError
from deskterm.services.settings import PRACTICE_MARK
from deskterm.text import _
from deskterm.views.desk import DeskView, StaffView

if TYPE_CHECKING:
    from deskterm.store.engine import Store

PRACTICE_DAY = date(2026, 3, 15)
"""The day on which the practice library runs unless `--day` says otherwise."""
PRACTICE_EMPLOYEE = 9001
"""Actor-id of the employee who is signed in when the practice library starts."""
PRACTICE_DESK = "9401/balie1"
"""Where that employee works; the desk in the settings is one of the real library."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; None leaves a choice to the settings file."""

    store: str | None = None
    config: Path | None = None
    day: date | None = None
    desk: str | None = None
    """A desk's name, or `branch/desk` where several branches have a desk of that name."""
    practice: bool = False
    """The store is the practice library: it has its own day, and its employee is signed in."""
    sign_in: bool | None = None


class EmptyLibrary(DeskError):
    """The store has no branch or desk yet: the library has to be set up first."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _("In {place} staat nog geen bibliotheek.").format(place=place),
            _("Richt er een in met `deskterm init`, of kijk rond met `deskterm demo`."),
        )


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Everything that is known before the store is opened."""

    options: Options
    reading: config.Reading
    """The settings, what is wrong with them, and the text the keys section stands in."""
    store_place: str
    """The file or address of the store that `open_store` opens."""
    clock: Clock

    @property
    def settings(self) -> config.Settings:
        return self.reading.settings

    @property
    def store_name(self) -> str:
        """The store as it may be shown: an address holds a password, so it is not."""
        return _("de databank") if "://" in self.store_place else self.store_place

    @property
    def practice(self) -> bool:
        """Whether this is the practice library, which the screen says in its title."""
        return self.options.practice

    @property
    def sign_in(self) -> bool:
        """Whether staff sign in before the desk line is shown."""
        if self.options.sign_in is not None:
            return self.options.sign_in
        return not self.practice and self.settings.sign_in

    def open_store(self, *, create: bool = True) -> Store:
        """Open the store, made or migrated as needed. Slow: call it in a worker thread.

        Raises:
            StoreTrouble: it cannot be opened; the sentence says why and what to do.
        """
        from deskterm.services.trouble import in_words
        from deskterm.store.engine import open_store

        with in_words(self.store_name):
            store = open_store(self.store_place, create=create)
        if self.practice:
            self._require_practice(store)
        return store

    def _require_practice(self, store: Store) -> None:
        """Raise DeskError for a real library: nobody gets into that without a PIN."""
        from deskterm.services.trouble import in_words
        from deskterm.store.reads import library

        with in_words(self.store_name), store.look() as connection:
            is_practice = PRACTICE_MARK in library.settings(connection)
        if not is_practice:
            store.close()
            raise DeskError(
                _("{place} is geen oefenbibliotheek.").format(place=self.store_name),
                _("Een echte bibliotheek opent met `deskterm --store BESTAND`."),
            )

    def make_desk(self, store: Store, staff: StaffView | None = None) -> Desk:
        """The desk of the options, else the practice desk or that of the settings, else the first.

        Raises:
            EmptyLibrary: the store has no desk at all.
            DeskError: it has none of that name; the hint names those there are.
        """
        from deskterm.services.trouble import in_words
        from deskterm.store.reads import library

        with in_words(self.store_name), store.look() as connection:
            places = library.desks(connection)
        if not places:
            raise EmptyLibrary(self.store_name)
        usual = PRACTICE_DESK if self.practice else self.settings.desk
        place = _chosen(places, self.options.desk or usual, self.settings.branch)
        return Desk(store, self.clock, place, staff)

    def first_staff(self, desk: Desk) -> StaffView | None:
        """Who is signed in at the start: the practice employee, or nobody yet."""
        if not self.practice or self.sign_in:
            return None
        from deskterm.services.staff import by_actor_id

        return by_actor_id(desk, PRACTICE_EMPLOYEE)


def build(options: Options | None = None) -> Bootstrap:
    """Read the settings, choose the language, the store and the clock; open nothing."""
    options = options or Options()
    reading = config.load(options.config)
    text.use(reading.settings.language)
    day = options.day or (PRACTICE_DAY if options.practice else None)
    return Bootstrap(
        options=options,
        reading=reading,
        store_place=config.choose_store(options.store, reading.settings),
        clock=DayClock(day) if day else SystemClock(),
    )


def _chosen(places: tuple[DeskView, ...], wanted: str, branch: str) -> DeskView:
    """The desk that is meant by its name, by its branch, or by nothing at all."""
    before, slash, name = wanted.rpartition("/")
    branch = before if slash else branch
    fitting = [
        place
        for place in places
        if (not branch or place.branch.code == branch) and (not name or place.name == name)
    ]
    if fitting:
        return fitting[0]
    known = ", ".join(f"{place.branch.code}/{place.name}" for place in places[:20])
    said = f"{branch}/{name}" if branch else name
    raise DeskError(
        _("Deze bibliotheek heeft geen balie {desk}.").format(desk=said),
        _("Wel: {desks}. Zet de juiste in config.toml of achter --desk.").format(desks=known),
    )
