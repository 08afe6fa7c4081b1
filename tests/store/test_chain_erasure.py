"""Lines that lost their values with their person keep their place; a forged loss is found."""

from datetime import date

import pytest

from deskterm.services.privacy import erasing
from deskterm.store.chain import broken_links
from deskterm.store.check import Finding, Trouble, check
from deskterm.store.engine import Store
from tests.services.library import Library, fill
from tests.store.test_chain import behind_its_back, line, write

GONE, STAYS = 501, 502
ERASED = date(2026, 3, 15)


@pytest.fixture
def library(store: Store) -> Library:
    """Two customers with lines by turns, of whom one was erased; and a line after that."""
    library = fill(store)
    for number in (GONE, STAYS):
        library.customer(number)
    for turn in range(3):
        write(store, line(customer_id=GONE, new=f"06-{turn}"), line(customer_id=STAYS, new="x"))
    write(store, line(customer_id=GONE))
    erase(library)
    write(store, line(customer_id=STAYS, new="later"))
    return library


def erase(library: Library, actor_id: int = GONE) -> None:
    with library.store.write_plain() as connection:
        erasing.erase(connection, library.desk(), [actor_id], ERASED)


def broken(store: Store) -> list[int]:
    with store.look() as reader:
        return list(broken_links(reader))


def test_the_lines_of_an_erased_person_keep_their_place_in_the_chain(library: Library) -> None:
    assert check(library.store) == ()
    assert [(old, new) for _action, field, old, new in library.log(GONE) if field != "log"] == [
        ("", "")
    ] * 4
    assert library.log(STAYS)[0][3] == "x"


def test_a_second_person_is_erased_after_the_first(library: Library) -> None:
    erase(library, STAYS)
    write(library.store, line(new="after"))
    assert check(library.store) == ()


BLANK = "old = '', new = '', erased = true"


@pytest.mark.parametrize(
    ("forgery", "first"),
    [
        # Somebody who was never erased.
        (f"UPDATE change_log SET {BLANK} WHERE id = 2", 2),
        # A line of the erased one that was written after the erasure.
        (f"INSERTED; UPDATE change_log SET {BLANK} WHERE id = 10", 10),
        # What was left of a line: who did it, when, what.
        ("UPDATE change_log SET staff_actor_id = 9001 WHERE id = 1", 1),
        ("UPDATE change_log SET action = 'import' WHERE id = 3", 1),
        # Another line of the same person that still had its values' hash.
        (f"UPDATE change_log SET {BLANK} WHERE id = 7", 1),
        # New words in a line that had lost its own.
        ("UPDATE change_log SET new = '06-9' WHERE id = 5", 5),
        # A line taken out from under the seal.
        ("DELETE FROM change_log WHERE id = 3", 4),
        # The seal itself.
        ("UPDATE change_log SET new = 'abc' WHERE action = 'privacy.erase'", 8),
        # The person stands there again, as if nothing had been erased.
        ("UPDATE customer SET erased_on = NULL WHERE actor_id = 501", 1),
        # The hash of an erased line, which no value can prove any more.
        (f"UPDATE change_log SET hash = '{'0' * 64}' WHERE id = 1", 2),
    ],
)
def test_a_forged_erasure_is_named(library: Library, forgery: str, first: int) -> None:
    inserted, _semicolon, change = forgery.rpartition("; ")
    if inserted:
        write(library.store, line(customer_id=GONE, new="after"))
    behind_its_back(library.store, change)
    assert broken(library.store) == [first]
    assert Finding(Trouble.LOG, str(first)) in check(library.store)


def test_an_erasure_whose_seal_is_cut_off_is_named(library: Library) -> None:
    behind_its_back(library.store, "DELETE FROM change_log WHERE id >= 8")
    assert broken(library.store) == [1]
