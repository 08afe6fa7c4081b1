"""The composition root: options and settings in, an open store and a Desk out.

This is the one module that knows every part. `build` reads the settings file and nothing else, so
that the first screen can be painted; the database library is loaded by `open_store`, which the
screen calls in a worker thread after that.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm import config, desk_choice, desk_memory, paths, process, text
from deskterm.config.settings import SSH_USER
from deskterm.services.desk import Clock, DayClock, Desk, SystemClock
from deskterm.services.errors import DeskError
from deskterm.services.settings import PRACTICE_MARK
from deskterm.start_options import Options as Options  # noqa: PLC0414 - callers name it here
from deskterm.text import _
from deskterm.views.desk import DeskView, StaffView

if TYPE_CHECKING:
    from deskterm.accounts.model import AccountProvider
    from deskterm.accounts.options import AccountOptions
    from deskterm.addresses.model import AddressRegister
    from deskterm.addresses.options import AddressOptions
    from deskterm.config import Section
    from deskterm.mail.options import MailOptions
    from deskterm.printing.options import PrintingOptions
    from deskterm.store.engine import Store
    from deskterm.worker.loop import Worker
    from deskterm.worker.model import Lane

DESK_VARIABLE = "DESKTERM_DESK"
PRACTICE_DAY = date(2026, 3, 15)
"""The day on which the practice library runs unless `--day` says otherwise."""
PRACTICE_EMPLOYEE = 9001
"""Actor-id of the employee who is signed in when the practice library starts."""
PRACTICE_DESK = "9401/balie1"
"""Where that employee works; the desk in the settings is one of the real library."""
STAFF_SHARE = 0.9
"""What an account server gets of the time that staff wait: the rest is for writing down and showing
what came of it."""


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
        return not self.practice and bool(self.settings.sign_in)

    @property
    def signs_in_by_login(self) -> bool:
        """Whether the server has told who is at the desk already."""
        by_login = self.settings.sign_in == SSH_USER
        return by_login and not self.practice and not self.options.sign_in

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
        if not self._is_practice(store):
            store.close()
            raise DeskError(
                _("{place} is geen oefenbibliotheek.").format(place=self.store_name),
                _("Een echte bibliotheek opent met `deskterm --store BESTAND`."),
            )

    def _is_practice(self, store: Store) -> bool:
        from deskterm.services.trouble import in_words
        from deskterm.store.reads import library

        with in_words(self.store_name), store.look() as connection:
            return PRACTICE_MARK in library.settings(connection)

    def make_desk(self, store: Store, staff: StaffView | None = None) -> Desk:
        """The desk of the options, else the practice desk or that of the settings, else what was
        said on this machine, else the first.

        Raises:
            EmptyLibrary: the store has no desk at all.
            DeskError: it has none of that name; the hint names those there are.
        """
        places = self._desks(store)
        named = self._named_desk() or self._remembered_desk(places)
        place = desk_choice.chosen(places, named, self.settings.branch)
        accounts = self.account_section(store)
        provider = self.provider(
            store, accounts, STAFF_SHARE * accounts.options.interactive_budget_s
        )
        return Desk(
            store, self.clock, place, staff, provider, accounts.options,
            self._printing_reader(store, place), self.address_register(store),
        )  # fmt: skip

    def _desks(self, store: Store) -> tuple[DeskView, ...]:
        from deskterm.services.trouble import in_words
        from deskterm.store.reads import library

        with in_words(self.store_name), store.look() as connection:
            places = library.desks(connection)
        if not places:
            raise EmptyLibrary(self.store_name)
        return places

    def _printing_reader(
        self, store: Store, place: DeskView
    ) -> Callable[[], PrintingOptions | None]:
        @cache
        def printing() -> PrintingOptions | None:
            section = self.printing_section(store, place)
            return None if section.faults else section.options

        return printing

    def other_desks(self, store: Store) -> tuple[DeskView, ...]:
        """The desks that this one may be said to be; none when the settings or the machine tell."""
        if self._named_desk():
            return ()
        branch = self.settings.branch
        return tuple(one for one in self._desks(store) if branch in ("", one.branch.code))

    def possible_desks(self, store: Store) -> tuple[DeskView, ...]:
        """As `other_desks`, and none either when somebody said before which it is."""
        return () if self._remembered_desk(self._desks(store)) else self.other_desks(store)

    def at_desk(self, desk: Desk, place: DeskView) -> Desk:
        """The same desk at another place."""
        return replace(desk, place=place, read_printing=self._printing_reader(desk.store, place))

    def remember_desk(self, place: DeskView) -> None:
        """Keep that this machine is this desk; raises OSError when that cannot be written."""
        desk_memory.remember(f"{place.branch.code}/{place.name}")

    def _remembered_desk(self, places: tuple[DeskView, ...]) -> str:
        """What was said before, as long as this library has such a desk."""
        said = desk_memory.recall()
        known = {f"{one.branch.code}/{one.name}" for one in places}
        return said if said in known and not self.practice else ""

    def _named_desk(self) -> str:
        """The desk that somebody or something names; empty when nothing does."""
        if self.options.desk:
            return self.options.desk
        if self.practice:
            return PRACTICE_DESK
        if self.reading.leaves_out("printing"):
            return os.environ.get(DESK_VARIABLE) or self.settings.desk
        from deskterm.printing import which_desk

        # Also with a faulty printer somewhere it is known which desk this is.
        options = self._written_printing().options
        return (
            which_desk.named_desk(options, os.environ.get(DESK_VARIABLE, ""))
            or self.settings.desk
            or which_desk.recognised_desk(options, os.environ, socket.gethostname())
        )

    def _written_printing(self) -> Section[PrintingOptions]:
        if self.reading.leaves_out("printing") and self.reading.leaves_out("printer"):
            from deskterm.printing.options import PrintingOptions

            return config.Section(PrintingOptions())
        from deskterm import sections

        return sections.printing(self.reading)

    def printing_section(self, store: Store, place: DeskView) -> Section[PrintingOptions]:
        """What the settings say of printers, and what is wrong in it.

        Whoever opens a practice library prints to files, as a card of somebody invented is a card
        lost, unless the printers stand in a file that --config names.
        """
        says_nothing = self.reading.leaves_out("printing") and self.reading.leaves_out("printer")
        is_meant = self.options.config is not None and not says_nothing
        if is_meant or not self._is_practice(store):
            return self._written_printing()
        from deskterm.printing.options import PDF_PRINTER, DeskOptions, PrintingOptions

        desk = DeskOptions(place.name, receipt=PDF_PRINTER.name, card=PDF_PRINTER.name)
        return config.Section(PrintingOptions(desks={place.name: desk}))

    def printing_folder(self, store: Store) -> Path:
        """Where printers that are files write, when the settings do not say where."""
        if store.file is not None and self._is_practice(store):
            return store.file.with_name(f"{store.file.name}-printed")
        return paths.printed_folder()

    def account_section(self, store: Store) -> Section[AccountOptions]:
        """What the settings say of login accounts, and what is wrong in it.

        The invented customers of a practice library never get an account at a real server,
        whatever the settings say and whoever opens its store.
        """
        from deskterm.accounts.options import AccountOptions

        if self.reading.leaves_out("accounts") or self._is_practice(store):
            return config.Section(AccountOptions())
        from deskterm import sections

        return sections.accounts(self.reading)

    def address_section(self, store: Store) -> Section[AddressOptions]:
        """What the settings say of looking addresses up, and what is wrong in it.

        A practice library asks nobody, unless in a file that --config names.
        """
        from deskterm import sections
        from deskterm.addresses.options import AddressOptions

        if self.options.config is None and self._is_practice(store):
            return config.Section(AddressOptions())
        return sections.address(self.reading)

    def address_register(self, store: Store) -> AddressRegister | None:
        """Who is asked for an address; None for nobody, and with a fault in the settings."""
        if self.reading.leaves_out("address"):
            return None
        from deskterm.addresses.choosing import choose

        section = self.address_section(store)
        return None if section.faults else choose(section.options)

    def mail_section(self, store: Store) -> Section[MailOptions]:
        """What the settings say of mail; that of a practice library stays in a folder beside it."""
        from deskterm.mail.options import MailOptions

        if self._is_practice(store):
            beside = store.file.with_name(f"{store.file.name}-mail") if store.file else None
            return config.Section(MailOptions(maildir=str(beside or "")))
        if self.reading.leaves_out("mail"):
            return config.Section(MailOptions())
        from deskterm import sections

        return sections.mail(self.reading)

    def provider(
        self, store: Store, section: Section[AccountOptions], budget_s: float | None = None
    ) -> AccountProvider | None:
        """Where login accounts live, connected to when it is first asked something.

        `budget_s` is how long it may take over an answer; without it as long as the settings of
        its server allow.

        With a fault in the settings it answers as a server that is down: an account must not be
        made at another place than the library meant.
        """
        from deskterm.accounts.choosing import choose_by
        from deskterm.accounts.later import LaterProvider

        name = section.options.provider
        if name == "none" and not section.faults:
            return None
        return LaterProvider(name, lambda: choose_by(section, store, self.clock, budget_s))

    @contextmanager
    def worker(self, store: Store, *, until_idle: bool) -> Iterator[Worker]:
        """A worker that does what waits beside the desks of this store, yet to be run.

        Raises:
            DeskError: a section of the settings is faulty, or there is no desk of that name.
        """
        from deskterm.mail.senders import choose
        from deskterm.worker import tasks
        from deskterm.worker.loop import Worker, new_name

        accounts, mail = self.account_section(store), self.mail_section(store)
        if accounts.faults or mail.faults:
            raise DeskError(
                _("Zo kan er niets gedaan worden: config.toml heeft fouten."),
                _("`deskterm config` noemt ze alle."),
            )
        name, options = new_name(), accounts.options
        lanes = [tasks.mail_lane(store, choose(mail.options, os.environ), self.clock, name)]
        provider = self.provider(store, accounts)
        if provider is not None:
            lanes.append(tasks.accounts_lane(store, provider, self.clock, options, name))
        place = self._served_desk(store)
        lanes += self._printing_lanes(store, place, name)
        desk_id = None if place is None else place.id
        try:
            yield Worker(store, lanes, name=name, desk_id=desk_id, until_idle=until_idle)
        finally:
            if provider is not None:
                provider.close()

    def _served_desk(self, store: Store) -> DeskView | None:
        """The desk whose printers a worker serves: one that was named, not just the first."""
        try:
            named = self._named_desk() or self._remembered_desk(self._desks(store))
        except EmptyLibrary:
            # What is still being set up has no printers; its mail is sent all the same.
            return None
        return self.make_desk(store).place if named else None

    def _printing_lanes(self, store: Store, place: DeskView | None, worker: str) -> list[Lane]:
        """What a worker does of printing. With a fault in the settings nothing is printed, and
        the rest of its work goes on."""
        from deskterm.worker import printing

        section = self._written_printing() if place is None else self.printing_section(store, place)
        lanes = [printing.sweep_lane(store, section.options.keep_payload_days)]
        if place is None or section.faults:
            return lanes
        desk = section.options.desk(place.name, place.branch.code)
        folder = self.printing_folder(store)
        return lanes + printing.printing_lanes(
            store, section.options, desk, place.id, worker, folder
        )

    def first_staff(self, desk: Desk) -> StaffView | None:
        """Who is signed in at the start: who logged in to the server, the practice employee, or
        nobody yet."""
        if self.signs_in_by_login:
            from deskterm.services import logins

            return logins.known(desk, self.options.login or process.user_name())
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
