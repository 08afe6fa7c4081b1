"""Two records of one person, with something of every kind, for the tests of merging."""

from datetime import date
from typing import Any

from sqlalchemy import select

from deskterm.services import merging
from deskterm.services.deeds.recording import UNRECORDED
from deskterm.store import tables
from deskterm.store.engine import Store
from deskterm.store.tables import metadata
from deskterm.views.merging import Merged
from tests.services.library import TODAY, Library

KEEPER, LOSER, CHILD = 413700, 413701, 413702
LOSER_CARD = "29401000075876"
PASSING = ("version", "changed_at", "changed_by")
KEY = "merge-1"


def add_two(library: Library, **columns: Any) -> None:
    """A keeper, a loser who moved here, and a child of the loser."""
    library.customer(KEEPER)
    other = {"first_name": "Teun", "phone": "0592-123456", "external_number": "EXT-12345678"}
    library.customer(LOSER, **{**other, **columns})
    library.customer(CHILD, initials="K.", born=date(2015, 5, 5))


def add_rows(library: Library) -> None:
    """Something of every kind that hangs on a customer."""
    library.card(actor_id=KEEPER)
    library.card(LOSER_CARD, actor_id=LOSER)
    library.period(KEEPER, end_on=date(2025, 7, 31), begin_on=date(2024, 7, 6))
    library.period(LOSER)
    library.charge(500, KEEPER)
    library.charge(750, LOSER)
    library.loan("Thuis", LOSER)
    library.loan("Terug", LOSER, returned_on=TODAY)
    library.add(
        tables.Message(customer_id=KEEPER, line=2, text="Belt terug"),
        tables.Message(customer_id=LOSER, line=1, text="Sleutel vergeten"),
        tables.Block(customer_id=KEEPER, kind="general", note="Zoek op", since=TODAY),
        tables.Block(customer_id=LOSER, kind="general", note="Vraag na", since=TODAY),
        tables.Block(customer_id=LOSER, kind="address", since=TODAY),
        tables.NotificationPreference(customer_id=KEEPER, message_kind="HR1", delivery="M"),
        tables.NotificationPreference(customer_id=LOSER, message_kind="HR1", delivery="F"),
        tables.NotificationPreference(customer_id=LOSER, message_kind="ATT", delivery="M"),
        tables.CustomerLabel(customer_id=LOSER, kind="label", code="VRI"),
        tables.CustomerRole(customer_id=LOSER, code="ABO", begin_on=TODAY),
        tables.CustomerProfile(customer_id=LOSER, kind="interest", code="THR"),
        tables.CustomerBadge(customer_id=LOSER, code="OPN", given_on=TODAY),
        tables.Relation(customer_id=CHILD, other_id=LOSER, kind="parent"),
        tables.Relation(customer_id=LOSER, other_id=KEEPER, kind="partner"),
        tables.Hold(
            number="2026-03-15.00001", customer_id=LOSER, title_id=1, pickup_branch="9401",
            placed_on=TODAY,
        ),
        tables.Letter(customer_id=LOSER, kind="CAJ", day=TODAY, at=library.clock.now()),
        tables.LoginAccount(
            customer_id=LOSER, provider="local", ref="ref-1", username="ttestabo", state="active"
        ),
    )  # fmt: skip


def merge_two(library: Library, **given: Any) -> Merged:
    """Merge them, sure of it, with the answers that are suggested unless others are given."""
    desk = library.desk()
    shown = merging.compare(desk, KEEPER, LOSER)
    asked: dict[str, Any] = {
        "versions": shown.versions,
        "key": KEY,
        "chosen": {one.name: one.suggested for one in shown.fields if one.choosable},
        "decisions": {one.name: "keeper" for one in shown.decisions},
        "sure": True,
    }
    return merging.merge(desk, KEEPER, LOSER, **(asked | given))


def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but for what only grows and what tells of the last save."""
    found = {}
    with store.read() as connection:
        for table in metadata.sorted_tables:
            if table.name in UNRECORDED:
                continue
            rows = [dict(row) for row in connection.execute(select(table)).mappings()]
            for row in rows:
                for name in PASSING if table.name == "customer" else ():
                    del row[name]
            found[table.name] = sorted(rows, key=repr)
    return found
