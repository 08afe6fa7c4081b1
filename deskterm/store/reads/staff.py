"""Staff as signing in needs them."""

from dataclasses import dataclass
from datetime import date

from deskterm.store.light import Reader, Statement, text
from deskterm.store.reads.rows import Parameter, rows, text_of
from deskterm.store.values import as_date

_COLUMNS = """
    SELECT id, actor_id, username, name, born, role, branch_code, language, pin_hash,
           pin_must_change
    FROM staff WHERE active AND
"""
_BY_ACTOR = text(f"{_COLUMNS} actor_id = :actor_id")
_BY_USERNAME = text(f"{_COLUMNS} lower(username) = lower(:username)")
_BY_CARD = text(f"{_COLUMNS} card_number = :card_number")
_TAKEN = {
    "actor_id": text("SELECT 1 FROM staff WHERE actor_id = :value"),
    "username": text("SELECT 1 FROM staff WHERE lower(username) = lower(:value)"),
    "card_number": text("SELECT 1 FROM staff WHERE card_number = :value"),
}


@dataclass(frozen=True, slots=True)
class StaffRow:
    """An employee with what is kept about the PIN; it never leaves the services."""

    id: int
    actor_id: int
    username: str
    name: str
    born: date | None
    role: str
    branch_code: str
    language: str
    pin_hash: str
    pin_must_change: bool


def by_actor_id(connection: Reader, actor_id: int) -> StaffRow | None:
    """Read an active employee by actor-id."""
    return _first(connection, _BY_ACTOR, {"actor_id": actor_id})


def by_username(connection: Reader, username: str) -> StaffRow | None:
    """Read an active employee by user name, in any case of letters."""
    return _first(connection, _BY_USERNAME, {"username": username})


def by_card(connection: Reader, number: str) -> StaffRow | None:
    """Read an active employee by staff card."""
    return _first(connection, _BY_CARD, {"card_number": number})


def is_taken(connection: Reader, column: str, value: str | int) -> bool:
    """Tell whether an employee, active or not, has this actor_id, username or card_number."""
    return connection.execute(_TAKEN[column], {"value": value}).first() is not None


def _first(
    connection: Reader, statement: Statement, values: dict[str, Parameter]
) -> StaffRow | None:
    for row in rows(connection, statement, values):
        return StaffRow(
            id=row["id"],
            actor_id=row["actor_id"],
            username=text_of(row["username"]),
            name=text_of(row["name"]),
            born=as_date(row["born"]),
            role=row["role"],
            branch_code=row["branch_code"],
            language=row["language"],
            pin_hash=row["pin_hash"],
            pin_must_change=bool(row["pin_must_change"]),
        )
    return None
