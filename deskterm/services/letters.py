"""Letters that are to be written: queued with what gives cause for them, written by the month.

A letter is a text file made from the library's template of its kind. Who has no address where a
letter can go, or an address block, is listed instead, so that staff can ask for it.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from deskterm.paths import only_mine, private_folder, resource
from deskterm.rules.cells import harmless
from deskterm.rules.names import display_name
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.settings import value_of
from deskterm.services.trouble import reading, writing_plain
from deskterm.store.light import text
from deskterm.store.reads import debits, library
from deskterm.store.reads.rows import Parameter, as_day, rows, text_of
from deskterm.store.values import as_date
from deskterm.text import _, cents_text, date_text
from deskterm.views.enrolment import LettersWritten

if TYPE_CHECKING:
    from deskterm.store.light import Reader, Record

CONTRIBUTION, REMINDER, ENDED, NOTICE = "CAJ", "CAH", "CAE", "PFI"
"""Codes of the word list `message_kind`: contributiebrief, herinnering, einde abonnement, and the
announcement of a direct debit."""
KINDS = (CONTRIBUTION, REMINDER, ENDED, NOTICE)
BATCH = 2_000
NO_ADDRESS_FILE = "zonder-adres.csv"

Progress = Callable[[int, int], None]

# A debit is announced on its day; the other letters are written by the run that asked for them.
_DUE = "l.state = 'queued' AND (l.kind <> 'PFI' OR l.day <= :today)"
_QUEUED = text(f"SELECT count(*) FROM letter l WHERE {_DUE}")
_BATCH = text(
    f"""
    SELECT l.id, l.kind, l.day, c.actor_id, c.title, c.initials, c.first_name, c.prefix,
           c.surname, c.no_mail, b.name AS branch_name,
           t.code AS membership_code, t.name AS membership_name, p.begin_on, p.end_on,
           COALESCE((
               SELECT SUM(e.amount_cents) FROM ledger_entry e
               WHERE e.customer_id = c.actor_id AND e.account = 'contribution'
           ), 0) AS open_cents,
           (SELECT a.id FROM address a WHERE a.customer_id = c.actor_id
            AND (a.from_on IS NULL OR a.from_on <= l.day)
            AND (a.until_on IS NULL OR a.until_on >= l.day)
            AND NOT EXISTS (
                SELECT 1 FROM block k WHERE k.customer_id = c.actor_id
                AND k.kind = 'address' AND k.lifted_at IS NULL
            )
            ORDER BY a.position, a.id LIMIT 1) AS address_id,
           NULL AS collection_on, '' AS iban, '' AS mandate, '' AS creditor_id
    FROM letter l
    JOIN customer c ON c.actor_id = l.customer_id
    JOIN branch b ON b.code = c.branch_code
    LEFT JOIN membership_period p ON p.id = l.period_id
    LEFT JOIN membership_type t ON t.code = p.membership_code
    WHERE l.id > :after AND {_DUE} ORDER BY l.id LIMIT :size
    """
)
_ADDRESSES = text(
    "SELECT a.id, a.street, a.house_number, a.house_addition, a.postcode, a.place, a.country,"
    " w.nl AS country_name FROM address a"
    " LEFT JOIN word w ON w.kind = 'country' AND w.code = a.country WHERE a.id IN :ids",
    many=("ids",),
)
_DONE = text("UPDATE letter SET state = :state WHERE id IN :ids", many=("ids",))


def write(desk: Desk, folder: Path, progress: Progress | None = None) -> LettersWritten:
    """Write every queued letter to a folder, and the list of who has no address.

    A letter's file has one name for good, so a run that was broken off and done again writes over
    what it had made. Only then is the letter marked as written.

    Raises:
        NotAllowed: the employee may not set the library up.
        OSError: the folder cannot be written.
    """
    desk.require(Right.LIBRARY_MANAGE)
    private_folder(folder)
    templates = {kind: _template(kind) for kind in KINDS}
    with reading(desk) as connection:
        total = int(connection.execute(_QUEUED, {"today": desk.today}).scalar_one())
    written = without = last = 0
    # Who goes on from the last one does not walk past the written ones for each batch.
    while batch := _next(desk, last):
        homeless = [row for row, address in batch if not address]
        for row, address in batch:
            if address:
                file = folder / _file_name(row)
                with open(file, "w", encoding="utf-8", opener=only_mine) as stream:
                    stream.write(_letter(templates[row["kind"]], row, address))
        _list(folder / NO_ADDRESS_FILE, homeless)
        _mark(desk, batch)
        last = batch[-1][0]["id"]
        written += len(batch) - len(homeless)
        without += len(homeless)
        if progress is not None:
            progress(written + without, max(total, written + without))
    return LettersWritten(written, without, folder)


def _file_name(row: "Record") -> str:
    """Who has two memberships may get two letters of a kind on a day: the last number tells."""
    return f"{row['day']}-{row['kind']}-{row['actor_id']}-{row['id']}.txt"


def _next(desk: Desk, after: int) -> "list[tuple[Record, str]]":
    """The next letters with the address under the name; empty where none can go."""
    with reading(desk) as connection:
        values: dict[str, Parameter] = {"after": after, "size": BATCH, "today": desk.today}
        found = list(rows(connection, _BATCH, values))
        creditor_id = value_of(library.settings(connection), "sepa.creditor_id")
        found = [_with_debit(connection, row, creditor_id) for row in found]
        addresses = dict(_addresses(connection, [row["address_id"] for row in found]))
    return [(row, "" if row["no_mail"] else addresses.get(row["address_id"], "")) for row in found]


def _with_debit(connection: "Reader", row: "Record", creditor_id: str) -> "Record":
    """An announcement says what is collected when and by whom, from which account."""
    if row["kind"] != NOTICE:
        return row
    told = debits.announced(connection, row["actor_id"], as_day(row["day"]))
    return {
        **row,
        "open_cents": told.cents,
        "collection_on": told.collection_on,
        "iban": told.iban,
        "mandate": told.mandate,
        "creditor_id": creditor_id,
    }


def _addresses(connection: "Reader", ids: list[int | None]) -> Iterator[tuple[int, str]]:
    known = [number for number in ids if number is not None]
    if not known:
        return
    for row in connection.execute(_ADDRESSES, {"ids": known}).mappings():
        door = (row["street"], row["house_number"], row["house_addition"])
        street = " ".join(text_of(part) for part in door if part)
        place = f"{text_of(row['postcode'])}  {text_of(row['place']).upper()}".strip()
        lines = [street, place, *_country(row)]
        yield row["id"], "\n".join(lines) if street and place else ""


def _country(row: "Record") -> Iterator[str]:
    """The last line of an address abroad: the country, in capitals, as the post wants it."""
    if row["country"] not in ("", "NL"):
        yield text_of(row["country_name"] or row["country"]).upper()


def _mark(desk: Desk, batch: "list[tuple[Record, str]]") -> None:
    by_state = {
        "written": [row["id"] for row, address in batch if address],
        "no_address": [row["id"] for row, address in batch if not address],
    }
    with writing_plain(desk) as connection:
        for state, ids in by_state.items():
            if ids:
                connection.execute(_DONE, {"state": state, "ids": ids})


def _list(file: Path, homeless: "list[Record]") -> None:
    if not homeless:
        return
    is_new = not file.exists()
    with open(file, "a", newline="", encoding="utf-8", opener=only_mine) as stream:
        lines = csv.writer(stream, delimiter=";")
        if is_new:
            lines.writerow((_("actor-id"), _("naam"), _("soort brief"), _("dag")))
        for row in homeless:
            lines.writerow((row["actor_id"], harmless(_name(row)), row["kind"], row["day"]))


def _template(kind: str) -> Template:
    return Template(resource("letters", f"{kind}.txt").read_text(encoding="utf-8"))


def _letter(template: Template, row: "Record", address: str) -> str:
    values: dict[str, Any] = {
        "name": _name(row),
        "address": address,
        "day": date_text(as_day(row["day"])),
        "branch": text_of(row["branch_name"]),
        "number": row["actor_id"],
        "membership": f"{row['membership_code'] or ''}-{text_of(row['membership_name'])}",
        "begin": date_text(as_date(row["begin_on"])),
        "end": date_text(as_date(row["end_on"])),
        "amount": cents_text(int(row["open_cents"])),
        "collected": date_text(as_date(row["collection_on"])),
        "iban": text_of(row["iban"]),
        "mandate": text_of(row["mandate"]),
        "creditor": text_of(row["creditor_id"]),
    }
    return template.substitute(values)


def _name(row: "Record") -> str:
    return display_name(
        text_of(row["surname"]),
        prefix=text_of(row["prefix"]),
        initials=text_of(row["initials"]),
        first=text_of(row["first_name"]),
        title=text_of(row["title"]),
    )
