"""The wide row of a customer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from deskterm.store.light import Reader, text
from deskterm.store.reads import accounts
from deskterm.store.reads.rows import rows, text_of
from deskterm.store.values import as_date, as_moment
from deskterm.views.customer import Person

_AS: Mapping[object, Callable[[Any], object]] = {
    str: text_of,
    bool: bool,
    int: int,
    date: as_date,
    date | None: as_date,
}
_PERSON = tuple((field.name, _AS[field.type]) for field in fields(Person))

_READ = text(
    f"""
    SELECT {", ".join(f"c.{name}" for name, _as in _PERSON)},
           c.version, c.changed_at, c.changed_by, c.last_activity_on, c.merged_into_id,
           CASE WHEN c.merged_into_id IS NULL THEN c.erased_on END AS erased_on,
           b.name AS branch_name, b.institution_code, {accounts.COLUMNS}
    FROM customer c JOIN branch b ON b.code = c.branch_code {accounts.JOINS}
    WHERE c.actor_id = :actor_id
    """
)


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer without what hangs on it, but for the login account."""

    actor_id: int
    version: int
    changed_at: datetime
    changed_by: int | None
    last_activity_on: date | None
    merged_into: int | None
    """The keeper, when this one was merged."""
    erased_on: date | None
    """The day its personal data went; none for one that was merged, whose keeper lives on."""
    branch_name: str
    institution_code: str
    person: Person
    account: accounts.AccountRow


def customer_row(connection: Reader, actor_id: int) -> CustomerRow | None:
    """Read a customer by actor-id; None when there is none."""
    for row in rows(connection, _READ, {"actor_id": actor_id}):
        values: dict[str, Any] = {name: read_as(row[name]) for name, read_as in _PERSON}
        return CustomerRow(
            actor_id=actor_id,
            version=row["version"],
            changed_at=as_moment(row["changed_at"]),
            changed_by=row["changed_by"],
            last_activity_on=as_date(row["last_activity_on"]),
            merged_into=row["merged_into_id"],
            erased_on=as_date(row["erased_on"]),
            branch_name=text_of(row["branch_name"]),
            institution_code=text_of(row["institution_code"]),
            person=Person(**values),
            account=accounts.account_row(row),
        )
    return None
