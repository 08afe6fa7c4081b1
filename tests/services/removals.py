"""A customer with something of every kind, finished, so that it can be removed."""

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from deskterm.store import tables
from deskterm.store.engine import Store
from tests.services.library import Library

ACTOR = 413700
PARENT = 500
NAME = "Testabo"
SECRETS = ("Testabo", "Kruisakkers", "geheim", "0592", "NL91ABNA", "1985")
"""Parts of what is personal of the customer below: none may be found after an erasure."""
PASSING = {"version", "changed_at", "changed_by"}


def somebody(library: Library) -> None:
    """Add them, and a parent they are tied to; nothing stands in the way of removing them."""
    library.customer(PARENT, surname="Ouder")
    library.customer(
        phone="0592 271234",
        email="geheim@voorbeeld.nl",
        iban="NL91ABNA0417164300",
        private_comment="geheim",
        external_number="geheim99",
    )
    library.card()
    library.period(begin_on=date(2024, 1, 1), end_on=date(2024, 12, 31), status=9)
    library.loan("Oorlogswinter", returned_on=date(2024, 5, 1))
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    library.add(
        tables.Message(customer_id=ACTOR, line=1, text="geheim"),
        tables.Block(customer_id=ACTOR, kind="general", note="geheim", since=date(2024, 1, 1)),
        tables.NotificationPreference(customer_id=ACTOR, message_kind="HR1", delivery="M"),
        tables.CustomerLabel(customer_id=ACTOR, kind="label", code="VRI"),
        tables.CustomerRole(customer_id=ACTOR, code="ABO", begin_on=date(2024, 1, 1)),
        tables.CustomerProfile(customer_id=ACTOR, kind="interest", code="THR"),
        tables.CustomerBadge(customer_id=ACTOR, code="OPN", given_on=date(2024, 1, 1)),
        tables.Relation(customer_id=ACTOR, other_id=PARENT, kind="parent"),
        tables.Acknowledgement(
            customer_id=ACTOR, staff_id=1, at=moment, kind="block", answer="continue"
        ),
        tables.Letter(customer_id=ACTOR, kind="CAE", day=date(2024, 12, 31), at=moment),
        tables.ChangeLogLine(
            customer_id=ACTOR, at=moment, day=date(2024, 1, 1), action="edit", field="phone",
            old="0592 000000", new="0592 271234",
        ),
    )  # fmt: skip


def rows_of(store: Store, *, without: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Every row of every table, but for columns of the last save and tables left out."""
    found = {}
    with store.read() as connection:
        for table in tables.metadata.sorted_tables:
            if table.name not in without:
                rows: list[dict[str, Any]] = [
                    {name: value for name, value in row.items() if name not in PASSING}
                    for row in connection.execute(select(table)).mappings()
                ]
                found[table.name] = sorted(json.dumps(row, default=str) for row in rows)
    return found


def text_of_store(store: Store, *, without: tuple[str, ...] = ()) -> str:
    """Everything in the store as one text, to look for what may not be there."""
    return json.dumps(rows_of(store, without=without), ensure_ascii=False)
