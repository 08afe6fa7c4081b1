"""`deskterm duplicates`: every pair of records that may be of one person (dubbele klanten)."""

import csv
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.cli.endings import Ending
from deskterm.cli.opening import open_desk
from deskterm.cli.parser import Parser, Subjects
from deskterm.paths import only_mine
from deskterm.rules.cells import harmless
from deskterm.text import _, date_text, ngettext

if TYPE_CHECKING:
    from deskterm.services.desk import Desk
    from deskterm.views.merging import Candidate, FoundPair, Pair

_PAGE = 500
_COLUMNS = (
    "score", "why",
    "actor_id", "card_number", "name", "born", "address", "place", "branch",
    "other_actor_id", "other_card_number", "other_name", "other_born", "other_address",
    "other_place", "other_branch",
)  # fmt: skip


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command."""
    parser = subjects.add_parser(
        "duplicates", parents=[common], help=_("wie dubbel in het bestand kan staan")
    )
    parser.add_argument("--branch", metavar=_("VESTIGING"), help=_("alleen van deze vestiging"))
    parser.add_argument(
        "--csv", metavar=_("BESTAND.csv"), type=Path, help=_("schrijf ze naar dit bestand")
    )
    parser.set_defaults(run=_run)


def _run(given: Namespace) -> int:
    from deskterm.cli.progress import Progress
    from deskterm.services import merging

    with open_desk(given) as desk:
        with closing(Progress(_("dubbelen"))) as shown:
            found = merging.pairs(
                desk, everywhere=not given.branch, branch=given.branch or "", progress=shown
            )
        rows = _rows(desk, found)
        if given.csv is not None:
            _write(given.csv, rows)
        else:
            for pair in rows:
                print(_line(pair))
    words = ngettext("{count} paar.", "{count} paren.", len(found)).format(count=len(found))
    print(words if given.csv is None else f"{given.csv}: {words}")
    return Ending.DONE


def _rows(desk: "Desk", found: "Sequence[FoundPair]") -> "Iterator[Pair]":
    from deskterm.services import merging

    for start in range(0, len(found), _PAGE):
        yield from merging.pair_rows(desk, found[start : start + _PAGE])


def _line(pair: "Pair") -> str:
    people = " = ".join(
        f"{one.name} {date_text(one.born)} [{one.actor_id}]" for one in (pair.one, pair.other)
    )
    return f"{pair.score:3}  {people}  ({', '.join(pair.why)})"


def _write(file: Path, pairs: "Iterator[Pair]") -> None:
    """Write the pairs as a spreadsheet reads them; the file is its owner's alone."""
    with open(file, "w", encoding="utf-8-sig", newline="", opener=only_mine) as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(_COLUMNS)
        for pair in pairs:
            cells = (", ".join(pair.why), *_cells(pair.one), *_cells(pair.other))
            writer.writerow([pair.score, *map(harmless, cells)])


def _cells(one: "Candidate") -> tuple[str, ...]:
    born = one.born.isoformat() if one.born else ""
    number = str(one.actor_id)
    return number, one.card_number, one.name, born, one.address, one.place, one.branch_code
