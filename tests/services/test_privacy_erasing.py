"""Erasing a person leaves figures and nothing that tells who it was."""

import sqlite3
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from deskterm.services.privacy import erasing
from deskterm.store import tables
from deskterm.store.check import check
from deskterm.store.tables import metadata
from tests.services.library import SEED_CARD, TODAY, Library

GONE, KEEPER, OTHER = 501, 502, 503


def erase(library: Library, *actor_ids: int) -> None:
    with library.store.write_plain() as connection:
        erasing.erase(connection, library.desk(), actor_ids, TODAY)


def rows(library: Library, table: str) -> list[dict[str, Any]]:
    with library.store.read() as connection:
        return [dict(row) for row in connection.execute(select(metadata.tables[table])).mappings()]


def test_every_table_that_names_a_customer_is_decided_upon() -> None:
    naming = {
        table.name
        for table in metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "customer" and table.name != "customer"
    }
    decided = [*erasing.REMOVED, *erasing.EMPTIED, *erasing.KEPT]
    assert sorted(decided) == sorted(naming)


@pytest.fixture
def person(library: Library) -> Library:
    """Somebody with something in most tables, and somebody else beside."""
    library.customer(
        GONE, surname="Zomerdijk", phone="0592-777", email="zomer@example.org", iban="NL1",
        private_comment="Belt vaak", external_number="99887766", username="zomerdijk",
        loans_total=7,
    )  # fmt: skip
    library.customer(OTHER)
    library.card(actor_id=GONE)
    library.period(GONE)
    library.loan("Turks fruit", GONE, returned_on=TODAY)
    moment = library.clock.now()
    library.add(
        tables.Message(customer_id=GONE, line=1, text="Zomerdijk komt morgen"),
        tables.Relation(customer_id=OTHER, other_id=GONE, kind="parent"),
        tables.Block(customer_id=GONE, kind="general", note="Ruzie met buurman", since=TODAY),
        tables.LoginAccount(
            customer_id=GONE, provider="local", ref="r1", username="zomerdijk", state="active"
        ),
        tables.LocalAccount(
            ref="r1", key="k1", username="zomerdijk", folded="zomerdijk", made_at=moment,
            expires_at=moment,
        ),
        tables.MailJob(
            key="m1", kind="code", customer_id=GONE, recipient="zomer@example.org",
            contents='{"name": "Zomerdijk"}', at=moment, next_at=moment,
        ),
        tables.ChangeLogLine(
            customer_id=GONE, at=moment, day=TODAY, action="edit", field="surname",
            old="Winterdijk", new="Zomerdijk",
        ),
    )  # fmt: skip
    return library


PERSONAL = ("zomer", "winterdijk", "0592-777", "belt vaak", "buurman", "99887766", "kruisakkers")


def test_nothing_in_the_store_tells_who_it_was(person: Library) -> None:
    erase(person, GONE)
    for table in metadata.sorted_tables:
        for row in rows(person, table.name):
            if row.get("customer_id", row.get("actor_id")) not in (OTHER,):
                said = str(list(row.values())).casefold()
                assert not [word for word in PERSONAL if word in said], table.name
    assert check(person.store) == ()


def test_the_figures_stay_and_the_card_is_never_given_out_again(person: Library) -> None:
    charge = person.charge(250, GONE)
    erase(person, GONE)
    (customer,) = [row for row in rows(person, "customer") if row["actor_id"] == GONE]
    assert (customer["loans_total"], customer["sex"], customer["erased_on"]) == (7, "M", TODAY)
    assert (customer["born"], customer["version"], customer["sort_key"]) == (None, 2, "")
    assert [row["number"] for row in rows(person, "card")] == [SEED_CARD]
    assert rows(person, "card")[0]["status"] == "replaced"
    assert [row["price_cents"] for row in rows(person, "membership_period")] == [5800]
    assert [row["id"] for row in rows(person, "ledger_entry")] == [charge]
    assert rows(person, "relation") == rows(person, "loan") == rows(person, "local_account") == []


def test_others_keep_what_is_theirs(person: Library) -> None:
    before = [row for row in rows(person, "address") if row["customer_id"] == OTHER]
    erase(person, GONE)
    assert rows(person, "address") == before
    assert [row["surname"] for row in rows(person, "customer") if row["actor_id"] == OTHER] == [
        "Testabo"
    ]


def test_an_account_that_somebody_else_shares_stays(person: Library) -> None:
    person.add(
        tables.LoginAccount(
            customer_id=OTHER, provider="local", ref="r1", username="zomerdijk", state="active"
        )
    )
    erase(person, GONE)
    assert [row["ref"] for row in rows(person, "local_account")] == ["r1"]


def test_who_was_merged_into_them_goes_too(library: Library) -> None:
    for number, into in ((KEEPER, None), (OTHER, KEEPER), (GONE, OTHER)):
        library.customer(number, merged_into_id=into, surname="Zomerdijk")
    library.customer(9)
    erase(library, KEEPER)
    erased = {row["actor_id"]: row["erased_on"] for row in rows(library, "customer")}
    assert erased == {KEEPER: TODAY, OTHER: TODAY, GONE: TODAY, 9: None}
    assert [row[0] for row in library.log(GONE)] == ["privacy.erase"]
    assert isinstance(erased[GONE], date)


def test_nothing_is_left_in_the_file_either(sqlite_library: Library) -> None:
    for number in range(1, 200):
        sqlite_library.customer(number)
    sqlite_library.customer(GONE, surname="Zomerdijkstra", private_comment="Zomerdijkstra " * 700)
    sqlite_library.add(tables.Message(customer_id=GONE, line=1, text="Zomerdijkstra komt"))
    erase(sqlite_library, GONE)
    file = sqlite_library.store.file
    assert file is not None
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"Zomerdijkstra" not in file.read_bytes()


def test_erasing_nobody_does_nothing(library: Library) -> None:
    erase(library)
    assert library.log(None) == []
