"""What one batch does to the store: rows to add, columns to change, rows to replace."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from deskterm.services.edit.draft import Value
from deskterm.store.bulk import advance_sequences, new_row, plain, write_rows
from deskterm.transfer.known import Row


@dataclass(frozen=True, slots=True)
class Maker:
    """Who imports what: it goes into the change log, one line per customer."""

    at: str
    """The moment, as the store keeps it: every line of a run has the same."""
    day: date
    staff_actor_id: int | None
    desk: str
    branch_code: str
    file: str


@dataclass(slots=True)
class Changes:
    """Collects what is to be written, and writes it with few statements."""

    maker: Maker
    _added: dict[str, list[Mapping[str, object]]] = field(default_factory=lambda: defaultdict(list))
    _updated: dict[tuple[str, tuple[str, ...]], list[tuple[object, ...]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _removed: dict[str, list[tuple[object, ...]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, **values: object) -> None:
        """A new row; the database numbers it, except customers."""
        row = new_row(table, values)
        if table != "customer":
            row.pop("id", None)
        self._added[table].append(row)

    def update(self, table: str, key: str, number: Value, values: Mapping[str, object]) -> None:
        """New values for the row with that key."""
        if values:
            names = tuple(values)
            row = (*(plain(values[name]) for name in names), number)
            self._updated[f"{table}.{key}", names].append(row)

    def replace(self, table: str, customer_id: int, rows: Sequence[Row], where: str = "") -> None:
        """Other rows in the place of all that a customer has in a table."""
        self._removed[f"{table} {where}".strip()].append((customer_id,))
        for row in rows:
            self.add(table, customer_id=customer_id, **row)

    def log(self, customer_id: int, line: int, old: str, new: str) -> None:
        """The change log's line: where it came from, and which fields it changed."""
        self.add(
            "change_log",
            customer_id=customer_id,
            at=self.maker.at,
            day=self.maker.day,
            staff_actor_id=self.maker.staff_actor_id,
            desk=self.maker.desk,
            branch_code=self.maker.branch_code,
            action="import",
            field=new,
            old=old,
            new=f"{self.maker.file}:{line}",
        )

    def write(self, connection: Connection) -> None:
        """Write all of it."""
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        for target, rows in self._removed.items():
            table, _blank, where = target.partition(" ")
            extra = f" AND {where}" if where else ""
            sql = f"DELETE FROM {table} WHERE customer_id = {mark}{extra}"
            connection.exec_driver_sql(sql, rows)
        for (target, names), rows in self._updated.items():
            table, _point, key = target.partition(".")
            columns = ", ".join(f"{name} = {mark}" for name in names)
            sql = f"UPDATE {table} SET {columns} WHERE {key} = {mark}"
            connection.exec_driver_sql(sql, rows)
        write_rows(connection, self._added)
        people = [int(str(row["actor_id"])) for row in self._added.get("customer", ())]
        if people:
            _go_on_numbering(connection)


def _go_on_numbering(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        highest = connection.exec_driver_sql("SELECT max(actor_id) FROM customer").scalar_one()
        advance_sequences(connection, {"customer": int(highest) + 1})
