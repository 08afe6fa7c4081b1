"""`deskterm demo`: the practice library, built once and kept apart from the real one."""

import sys
import time
from argparse import ArgumentTypeError, Namespace
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from deskterm import bootstrap, paths
from deskterm.cli.endings import Ending
from deskterm.cli.opening import options_of
from deskterm.cli.parser import Parser, Subjects
from deskterm.services.errors import DeskError
from deskterm.text import _

LARGEST = 1_000_000
_PART = ".part"


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command."""
    parser = subjects.add_parser(
        "demo", parents=[common], help=_("open de oefenbibliotheek, met verzonnen klanten")
    )
    parser.add_argument(
        "--customers",
        metavar=_("AANTAL"),
        type=_customers,
        help=_("zoveel klanten, elke keer dezelfde; hoogstens een miljoen"),
    )
    parser.add_argument("--fresh", action="store_true", help=_("bouw haar opnieuw"))
    parser.add_argument("--sign-in", action="store_true", help=_("begin met aanmelden"))
    parser.add_argument(
        "--no-screen", action="store_true", help=_("bouw haar alleen, en noem goede passen")
    )
    parser.set_defaults(run=_run)


def _run(given: Namespace) -> int:
    if "://" in getattr(given, "store", ""):
        raise DeskError(
            _("De oefenbibliotheek staat in een bestand, niet op een server."),
            _("Geef achter --store een bestand, of laat het weg."),
        )
    day = given.day if "day" in given else bootstrap.PRACTICE_DAY
    file = Path(given.store) if "store" in given else own_place(day, given.customers)
    if given.fresh or not file.exists():
        _build(file, day, given.customers)
    options = replace(
        options_of(given), store=str(file), day=day, practice=True, sign_in=given.sign_in
    )
    built = bootstrap.build(options)
    if given.no_screen:
        return _show_examples(built)
    from deskterm.cli.start import run_screens

    return run_screens(built)


def own_place(day: date, customers: int | None) -> Path:
    """The file of a practice library: every day and size has its own, so each starts at once."""
    usual = paths.practice_store_file()
    marks = [day.isoformat()] if day != bootstrap.PRACTICE_DAY else []
    marks += [str(customers)] if customers is not None else []
    return usual.with_name("-".join([usual.stem, *marks]) + usual.suffix)


def _build(file: Path, day: date, customers: int | None) -> None:
    """Build beside the place and move it there when it is whole: half a library is never opened."""
    if file.exists():
        _require_practice(file)
    paths.private_folder(file.parent)
    part = file.with_name(file.name + _PART)
    _remove(part)
    began = time.monotonic()
    print(_("De oefenbibliotheek wordt gebouwd; dat hoeft maar een keer."), file=sys.stderr)
    try:
        _fill(part, day, customers)
        _remove(file)
        part.rename(file)
    finally:
        _remove(part)
    seconds = f"{time.monotonic() - began:.0f}"
    print(_("Klaar in {seconds} s.").format(seconds=seconds), file=sys.stderr)


def _fill(file: Path, day: date, customers: int | None) -> None:
    from deskterm import demo
    from deskterm.cli.progress import Progress
    from deskterm.services.trouble import in_words
    from deskterm.store.engine import open_store

    progress = Progress(_("Klanten"))
    with in_words(str(file)), closing(open_store(str(file))) as store:
        try:
            demo.build(store, day, customers, progress)
        finally:
            progress.close()


def _require_practice(file: Path) -> None:
    """Raise DeskError unless this is a practice library: no other file is ever overwritten."""
    from deskterm import demo
    from deskterm.services.trouble import in_words
    from deskterm.store.engine import open_store

    with in_words(str(file)), closing(open_store(str(file), create=False)) as store:
        if demo.practice_day(store) is None:
            raise DeskError(
                _("{file} is geen oefenbibliotheek en wordt niet overschreven.").format(file=file),
                _("Geef achter --store een ander bestand."),
            )


def _remove(file: Path) -> None:
    """Take away a SQLite file and what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _show_examples(built: bootstrap.Bootstrap) -> int:
    from deskterm import demo

    _require_practice(Path(built.store_place))
    print(_("Oefenbibliotheek: {file}").format(file=built.store_place))
    for example in demo.examples():
        number = example.card_number or f"[{example.actor_id}]"
        print(f"{number}  {example.name}: {example.why}")
    return Ending.DONE


def _customers(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit()) or not 1 <= int(typed) <= LARGEST:
        raise ArgumentTypeError(_("geef een aantal van 1 tot en met {most}").format(most=LARGEST))
    return int(typed)
