"""`deskterm store`: moving a library to another engine, and what desks may do on a server."""

from argparse import ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from deskterm.cli.endings import Ending, say
from deskterm.cli.opening import telling_what_it_says
from deskterm.cli.parser import Parser, Subjects, place
from deskterm.cli.progress import Progress
from deskterm.text import _, cents_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deskterm.store.rows import TableSum


def add(subjects: Subjects, common: Parser) -> None:
    """Add the commands."""
    parser = subjects.add_parser("store", parents=[common], help=_("verhuis de gegevens"))
    acts = parser.add_subparsers(required=True, metavar=_("WAT"), parser_class=Parser)
    copy = acts.add_parser(
        "copy",
        parents=[common],
        help=_("kopieer een bibliotheek naar een leeg bestand of een lege databank"),
    )
    copy.add_argument("source", metavar=_("VAN"), type=place)
    copy.add_argument("target", metavar=_("NAAR"), type=place)
    copy.set_defaults(run=_copy)
    role = acts.add_parser(
        "role",
        parents=[common],
        help=_("schrijf de SQL voor een rol die in PostgreSQL niet meer mag dan nodig is"),
    )
    role.add_argument("role", metavar=_("ROL"), type=_plain, nargs="?", default="deskterm")
    role.set_defaults(run=_role)


def _copy(given: Namespace) -> int:
    from contextlib import closing

    from deskterm.services.trouble import in_words
    from deskterm.store.engine import open_store
    from deskterm.store.moving import move

    progress = Progress(_("Rijen"))
    with telling_what_it_says(), in_words(_name(given.source)):
        store = open_store(given.source, create=False)
    with telling_what_it_says(), closing(store), in_words(_name(given.target)):
        try:
            sums = move(store, given.target, progress)
        finally:
            progress.close()
    for line in _lines(sums):
        print(line)
    print(
        _("{rows} rijen in {place}: aantallen, bedragen en inhoud zijn aan beide kanten gelijk.")
        .format(rows=sum(one.rows for one in sums), place=_name(given.target))
    )  # fmt: skip
    say(_("De bron is niet veranderd. Zet nu `store` in config.toml op de nieuwe plaats."))
    return Ending.DONE


def _role(given: Namespace) -> int:
    from deskterm.store.role import script

    print(script(given.role), end="")
    return Ending.DONE


def _plain(typed: str) -> str:
    from deskterm.store.role import is_plain

    if not is_plain(typed):
        raise ArgumentTypeError(_("geef een rol van kleine letters, cijfers en _"))
    return typed


def _lines(sums: "Iterable[TableSum]") -> "Iterator[str]":
    """What is equal on both sides, a line for each table that holds something."""
    yield f"{_('tabel'):<24}{_('rijen'):>9}{_('bedragen'):>16}  {_('controlegetal')}"
    for one in sums:
        if one.rows:
            cents = cents_text(one.cents)
            yield f"{one.table:<24}{one.rows:>9}{cents:>16}  {one.digest[:16]}"


def _name(typed: str) -> str:
    """A store as it may be shown: of a server's address not even the host is staff's business."""
    return _("de databank") if "://" in typed else typed
