"""Writing every customer to a CSV file that the import reads back without loss."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection, text

from deskterm.paths import only_mine
from deskterm.rules.cells import harmless
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.text import _, cents_text, reason_text
from deskterm.transfer.columns import EXPORTED, LISTS, MESSAGES, PERSON, RELATIONS
from deskterm.transfer.errors import CannotImport
from deskterm.transfer.importing import Progress
from deskterm.transfer.known import Known, Row, cell_text, load
from deskterm.transfer.lists import write_list

_BATCH = 1_000
_PART = ".part"
_LIVES = "merged_into_id IS NULL AND erased_on IS NULL"
_ADDRESS_NAMES = {
    "kind": "address_kind",
    "from_on": "address_from_on",
    "until_on": "address_until_on",
}
_MEMBERSHIP_NAMES = {
    "membership_code": "membership", "begin_on": "membership_begin", "end_on": "membership_end",
    "status": "membership_status", "end_reason": "membership_end_reason",
    "price_cents": "membership_price", "sector": "membership_sector",
    "branch_code": "membership_branch",
}  # fmt: skip


def export_customers(desk: Desk, file: Path, progress: Progress | None = None) -> int:
    """Write all customers as they stand at one moment; the answer is how many.

    The file is UTF-8 with a mark that spreadsheets recognise it by, parted by semicolons. It
    appears under its name only when it is whole.

    Raises:
        NotAllowed: the employee may not export.
        CannotImport: the file cannot be written.
    """
    desk.require(Right.EXPORT)
    part = file.with_name(file.name + _PART)
    try:
        with (
            desk.store.read() as connection,
            open(part, "w", encoding="utf-8-sig", newline="", opener=only_mine) as stream,
        ):
            total = int(
                connection.scalar(text(f"SELECT count(*) FROM customer WHERE {_LIVES}")) or 0
            )
            writer = csv.writer(stream, delimiter=";")
            writer.writerow(EXPORTED)
            done = 0
            for customers in _batches(connection):
                writer.writerows(map(_cells, customers))
                done += len(customers)
                if progress is not None:
                    progress(done, total)
        part.replace(file)
    except OSError as error:
        raise CannotImport(
            _("{file} kan niet geschreven worden: {reason}.").format(
                file=file, reason=reason_text(error)
            )
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return done


def _batches(connection: Connection) -> Iterator[Sequence[Known]]:
    statement = text(
        f"SELECT actor_id FROM customer WHERE actor_id > :after AND {_LIVES}"
        " ORDER BY actor_id LIMIT :most"
    )
    after = 0
    while ids := list(connection.scalars(statement, {"after": after, "most": _BATCH})):
        known = load(connection, ids)
        yield [known[actor_id] for actor_id in ids]
        after = ids[-1]


def _cells(customer: Known) -> list[str]:
    texts = {"actor_id": str(customer.person["actor_id"])}
    for name in PERSON:
        texts[name] = cell_text(customer.person[name])
    if card := customer.main_card:
        texts["card_number"] = str(card["number"])
        for name in ("status", "issued_on", "last_used_on"):
            texts[f"card_{name}"] = cell_text(card[name])
    if customer.addresses:
        _take(texts, customer.addresses[0], _ADDRESS_NAMES)
    if customer.periods:
        _take(texts, customer.periods[-1], _MEMBERSHIP_NAMES)
        texts["membership_price"] = cents_text(int(str(customer.periods[-1]["price_cents"])))
    for line, name in enumerate(MESSAGES, start=1):
        texts[name] = customer.messages.get(line, "")
    for column in (*LISTS, RELATIONS):
        rows = [
            {name: row[name] for name in column.fields} for row in customer.list_rows(column.name)
        ]
        texts[column.name] = write_list(rows)
    return [harmless(texts.get(name, "")) for name in EXPORTED]


def _take(texts: dict[str, str], row: Row, names: dict[str, str]) -> None:
    for name, value in row.items():
        column = names.get(name, name)
        if column in EXPORTED and column not in texts:
            texts[column] = cell_text(value)
