"""What the store has of the customers a batch speaks of: read once per batch, not per line."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, bindparam, text

from deskterm.rules.faults import N_, RuleFault
from deskterm.services.edit.draft import Value
from deskterm.store.bulk import table_of
from deskterm.store.values import as_date
from deskterm.transfer.columns import FLAGS, LISTS, RELATIONS
from deskterm.transfer.parsing import Parsed

Row = dict[str, Value]


@dataclass(slots=True)
class Known:
    """One customer as the store has it."""

    person: Row
    addresses: list[Row] = field(default_factory=list)
    """By position."""
    cards: list[Row] = field(default_factory=list)
    periods: list[Row] = field(default_factory=list)
    """Oldest first."""
    messages: dict[int, str] = field(default_factory=dict)
    has_account: bool = False
    """Whether the user name is that of a login account, and so its provider's."""
    lists: dict[str, list[Row]] = field(default_factory=dict)
    """What the columns with lists hold, by the column's name."""

    @property
    def main_card(self) -> Row | None:
        """The hoofdpas."""
        cards = (c for c in self.cards if c["kind"] == "main" and c["status"] != "replaced")
        return next(cards, None)

    def list_rows(self, name: str) -> list[Row]:
        """The rows that belong in a list column."""
        if name == "more_cards":
            return [card for card in self.cards if card is not self.main_card]
        if name == "more_addresses":
            return self.addresses[1:]
        if name == "more_memberships":
            return self.periods[:-1]
        return self.lists.get(name, [])


class Matcher:
    """Says which customer a line means, by actor-id, card number or external number."""

    def __init__(self, connection: Connection, lines: Sequence[Parsed]) -> None:
        ids = [line.actor_id for line in lines if line.actor_id]
        cards = [line.card_number for line in lines if line.card_number]
        external = [line.external_number for line in lines if line.external_number]
        self._ids = {actor_id for _number, actor_id in _pairs(connection, _BY_ID, ids)}
        self._cards = dict(_pairs(connection, _BY_CARD, cards))
        self._external: defaultdict[str, set[int]] = defaultdict(set)
        for number, actor_id in _pairs(connection, _BY_EXTERNAL, external):
            self._external[number].add(actor_id)

    def actor_id_of(self, line: Parsed) -> int | None:
        """The customer that a line means; None for one the store does not have.

        Raises RuleFault when the numbers of the line mean different customers.
        """
        by_card = self._cards.get(line.card_number)
        if line.actor_id is not None and line.actor_id in self._ids:
            if by_card not in (None, line.actor_id):
                raise RuleFault(
                    N_("Pas {number} is van klant {other}."),
                    number=line.card_number,
                    other=by_card or 0,
                )
            return line.actor_id
        if by_card is not None:
            if line.actor_id is not None:
                raise RuleFault(
                    N_("Pas {number} is van klant {other}."), number=line.card_number, other=by_card
                )
            return by_card
        if line.actor_id is not None:
            return None
        others = self._external.get(line.external_number, set())
        if len(others) > 1:
            raise RuleFault(
                N_("Extern nummer {number} komt bij meer klanten voor."),
                number=line.external_number,
            )
        return next(iter(others), None)


def load(connection: Connection, actor_ids: Sequence[int]) -> dict[int, Known]:
    """Everything an import can change of these customers."""
    if not actor_ids:
        return {}
    people = _table_rows(connection, "customer", "actor_id", actor_ids, "actor_id")
    found = {_id(row["actor_id"]): Known(row) for row in people}
    for row in _table_rows(connection, "address", "customer_id", actor_ids, "position, id"):
        found[_id(row["customer_id"])].addresses.append(row)
    for row in _table_rows(connection, "card", "customer_id", actor_ids, "id"):
        found[_id(row["customer_id"])].cards.append(row)
    order = "begin_on, id"
    for row in _table_rows(connection, "membership_period", "customer_id", actor_ids, order):
        found[_id(row["customer_id"])].periods.append(row)
    for row in _table_rows(connection, "message", "customer_id", actor_ids, "line"):
        found[_id(row["customer_id"])].messages[_id(row["line"])] = str(row["text"])
    for row in _table_rows(connection, "login_account", "customer_id", actor_ids, "ref"):
        found[_id(row["customer_id"])].has_account = True
    for column in (*LISTS, RELATIONS):
        if column.table in ("card", "address", "membership_period"):
            continue
        order = ", ".join(column.fields)
        for row in _table_rows(
            connection, column.table, "customer_id", actor_ids, order, column.where
        ):
            found[_id(row["customer_id"])].lists.setdefault(column.name, []).append(row)
    return found


def cell_text(value: Value) -> str:
    """A value as the export writes it: days as 2026-03-15, flags as 1 or 0."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _table_rows(
    connection: Connection,
    table: str,
    key: str,
    actor_ids: Sequence[int],
    order: str,
    where: str = "",
) -> Iterable[Row]:
    extra = f" AND {where}" if where else ""
    sql = f"SELECT * FROM {table} WHERE {key} IN :ids{extra} ORDER BY {key}, {order}"
    statement = text(sql).bindparams(bindparam("ids", expanding=True))
    days = _day_columns(table)
    for row in connection.execute(statement, {"ids": list(actor_ids)}).mappings():
        yield _typed(dict(row), days)


def _typed(row: Mapping[str, object], days: frozenset[str]) -> Row:
    """Text SQL gives texts for days and numbers for flags on SQLite."""
    values: Row = {}
    for name, value in row.items():
        if name in days:
            values[name] = as_date(value)
        elif name in FLAGS:
            values[name] = bool(value)
        elif isinstance(value, str | int | date) or value is None:
            values[name] = value
    return values


def _day_columns(table: str) -> frozenset[str]:
    return frozenset(
        column.name for column in table_of(table).columns if column.type.python_type is date
    )


def _pairs(
    connection: Connection, sql: str, keys: Sequence[str | int]
) -> Iterable[tuple[str, int]]:
    """Numbers with the actor-ids they lead to."""
    if not keys:
        return []
    statement = text(sql).bindparams(bindparam("keys", expanding=True))
    rows = connection.execute(statement, {"keys": list(keys)})
    return [(str(number), int(actor_id)) for number, actor_id in rows]


def _id(value: Value) -> int:
    assert isinstance(value, int)
    return value


_BY_ID = "SELECT actor_id, actor_id FROM customer WHERE actor_id IN :keys"
_BY_CARD = "SELECT number, customer_id FROM card WHERE number IN :keys"
_BY_EXTERNAL = """
    SELECT external_number, actor_id FROM customer WHERE external_number IN :keys
"""
