"""What a check of the store finds."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from deskterm.store import check as checking
from deskterm.store.check import Trouble, check, file_system
from deskterm.store.engine import Store
from tests.rows_store import add_customer, charge, customer_row, payment


def troubles(store: Store) -> list[Trouble]:
    return [finding.trouble for finding in check(store)]


def behind_its_back(store: Store, *statements: str) -> None:
    assert store.file is not None
    with closing(sqlite3.connect(store.file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_sound_store_has_no_findings(store: Store) -> None:
    add_customer(store)
    with store.write() as session:
        owed = charge(1, 500)
        session.add(owed)
        session.flush()
        session.add(payment(owed, 500))
    assert check(store) == ()


def test_a_charge_that_is_settled_twice_is_found(store: Store) -> None:
    add_customer(store)
    with store.write() as session:
        owed = charge(1, 500)
        session.add(owed)
        session.flush()
        session.add(payment(owed, 500))
        session.add(payment(owed, 1))
    assert troubles(store) == [Trouble.LEDGER]


def test_a_payment_of_somebody_elses_charge_is_found(store: Store) -> None:
    add_customer(store)
    with store.write() as session:
        session.add(customer_row(2))
        owed = charge(1, 500)
        session.add(owed)
        session.flush()
        paid = payment(owed, 100)
        paid.customer_id = 2
        session.add(paid)
    assert troubles(store) == [Trouble.LEDGER]


def test_a_row_that_refers_to_nothing_is_found(sqlite_store: Store) -> None:
    add_customer(sqlite_store)
    behind_its_back(sqlite_store, "UPDATE customer SET branch_code = 'gone'")
    assert troubles(sqlite_store) == [Trouble.DANGLING]


def test_a_name_the_search_index_does_not_know_is_found(sqlite_store: Store) -> None:
    add_customer(sqlite_store)
    behind_its_back(
        sqlite_store,
        "DROP TRIGGER customer_name_text_update",
        "UPDATE customer SET name_text = ' other '",
    )
    assert troubles(sqlite_store) == [Trouble.SEARCH]


def test_little_room_on_the_disk_is_found(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_LEAST_FREE", 2**70)
    assert troubles(sqlite_store) == [Trouble.LITTLE_SPACE]
    assert not Trouble.LITTLE_SPACE.serious


@pytest.mark.parametrize(
    ("file", "system"),
    [
        ("/srv/library/store.db", "nfs4"),
        ("/srv/store.db", "ext4"),
        ("/home/desk/my share/store.db", "cifs"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(
    tmp_path: Path, file: str, system: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/a / ext4 rw 0 0\n"
        "server:/lib /srv/library nfs4 rw 0 0\n"
        "//server/share /home/desk/my\\040share cifs rw 0 0\n",
        encoding="utf-8",
    )
    assert file_system(Path(file), mounts) == system


def test_a_network_share_is_found(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "file_system", lambda _file: "nfs4")
    assert troubles(sqlite_store) == [Trouble.NETWORK_SHARE]
