"""From the options of a command to a store or a desk."""

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from deskterm import bootstrap, config
from deskterm.cli.endings import say
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, StoreTrouble
from deskterm.store.errors import Unreachable, WrongAddress
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.store.engine import Store


def options_of(given: Namespace) -> bootstrap.Options:
    """The options that every command takes."""
    return bootstrap.Options(
        store=getattr(given, "store", None),
        config=getattr(given, "config", None),
        day=getattr(given, "day", None),
        desk=getattr(given, "desk", None),
    )


def settings_of(given: Namespace) -> bootstrap.Bootstrap:
    """The settings in force; what is wrong in the file is said, and does not stop a command."""
    from deskterm.logs import keep_off_terminal

    keep_off_terminal()
    built = bootstrap.build(options_of(given))
    say_faults(built.reading.faults)
    return built


def say_faults(faults: Iterable[config.SettingFault]) -> None:
    """Say what is wrong in the settings file, a line for each."""
    for fault in faults:
        say(
            _("config.toml, regel {line}: {field}: {sentence}").format(
                line=fault.line, field=fault.field or "-", sentence=fault.sentence
            )
        )


def require_store(built: bootstrap.Bootstrap) -> None:
    """Raise DeskError when a file that --config names does not tell which store is meant.

    The usual one is another library: staff would work in that, or be asked to set it up.
    """
    options = built.options
    named = options.practice or options.store or os.environ.get(config.STORE_VARIABLE)
    if options.config is None or named:
        return
    if any(fault.field in ("", "store") for fault in built.reading.faults):
        raise DeskError(
            _("In {file} is niet te lezen waar de bibliotheek staat.").format(file=options.config),
            _("`deskterm config` noemt wat er niet klopt; er is niets geopend."),
        )


@contextmanager
def open_store(built: bootstrap.Bootstrap, *, create: bool = False) -> "Iterator[Store]":
    """The store while a command works. A mistyped name makes no new store unless told to."""
    require_store(built)
    store = built.open_store(create=create)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def telling_what_it_says() -> Iterator[None]:
    """Of a store that cannot be reached, tell the manager in its own words why not, if it said so.

    Only for commands of who sets up the store: a server names hosts, databases and roles.
    """
    try:
        yield
    except StoreTrouble as trouble:
        if isinstance(trouble.__cause__, Unreachable | WrongAddress):
            say(str(trouble.__cause__))
        raise


@contextmanager
def open_desk(given: Namespace) -> Iterator[Desk]:
    """A desk for a command: who may read the store's file has no PIN to give."""
    from deskterm.services.staff import MACHINE

    built = settings_of(given)
    with open_store(built) as store:
        desk = _on_its_day(built.make_desk(store, MACHINE), given)
        try:
            yield desk
        finally:
            if desk.accounts is not None:
                desk.accounts.close()


def _on_its_day(desk: Desk, given: Namespace) -> Desk:
    """The desk on the day a practice library was built for, as its screens are; `--day` wins."""
    from deskterm.services.desk import DayClock
    from deskterm.services.settings import PRACTICE_MARK
    from deskterm.store.reads import library

    if getattr(given, "day", None):
        return desk
    with desk.store.look() as connection:
        day = library.settings(connection).get(PRACTICE_MARK)
    return replace(desk, clock=DayClock(date.fromisoformat(day))) if day else desk
